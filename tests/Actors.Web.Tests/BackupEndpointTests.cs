using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Actors.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

public sealed class BackupEndpointTests
{
    private const string Path = "/api/admin/actors/backups";
    private const string AdminKey = "an-admin-key-of-these-tests";

    [Fact]
    public async Task Whoever_runs_the_server_takes_a_backup_and_nobody_else()
    {
        await using var server = await ApiServer.StartWithStoresAsync(("ADMIN_API_KEY", AdminKey));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Post, Path)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Get, Path)).Status);

        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        var (status, body) = await server.SendAsync(HttpMethod.Post, Path);
        Assert.Equal(HttpStatusCode.Created, status);
        var taken = JsonNode.Parse(body)!;
        Assert.True(File.Exists(System.IO.Path.Combine((string)taken["path"]!, "SHA256SUMS")));
        Assert.Equal(2, (int)taken["files"]!);

        var list = JsonNode.Parse((await server.SendAsync(HttpMethod.Get, Path)).Body)!["backups"]!.AsArray();
        Assert.Equal(body, Assert.Single(list)!.ToJsonString());
    }

    [Theory]
    [InlineData(409, "A backup is being taken")]
    [InlineData(400, "pg_dump")]
    [InlineData(503, "No space left")]
    public async Task Why_there_is_none_is_answered(int status, string message)
    {
        await using var server = await ApiServer.StartWithStoresAsync(
            services => services.AddSingleton<IBackups>(new Refusing(status, message)), ("ADMIN_API_KEY", AdminKey));
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);

        var (answered, body) = await server.SendAsync(HttpMethod.Post, Path);

        Assert.Equal(status, (int)answered);
        Assert.Equal(message, (string)JsonNode.Parse(body)!["message"]!);
    }

    private sealed class Refusing(int status, string message) : IBackups
    {
        public Task<Outcome<BackupRecord>> TakeAsync(CancellationToken cancellationToken) => status switch
        {
            409 => Task.FromResult<Outcome<BackupRecord>>(Refusal.Conflict(message)),
            400 => Task.FromResult<Outcome<BackupRecord>>(Refusal.Invalid(message)),
            _ => throw new BackupFailedException(message, new IOException(message)),
        };

        public Task<IReadOnlyList<BackupRecord>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<BackupRecord>>([]);
    }
}
