using System.Text;
using System.Text.Json.Nodes;
using Actors.Storage.Moving;
using Actors.Testing.Postgres;
using Actors.Testing.Processes;
using Actors.Views;
using Actors.Web.Api.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests.Fuzzing;

/// <summary>An organization with one of everything looks the same over the API after it has moved to PostgreSQL.</summary>
public sealed class MovedServerTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    // Rows that live for a moment only.
    private static readonly string[] MayBeEmpty = ["control.project_erasures"];

    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Everything_that_people_defined_is_told_as_before()
    {
        string backup;
        string before;
        FuzzWorld world;
        await using (var embedded = await ApiServer.StartWithStoresAsync(
            ("ADMIN_API_KEY", FuzzWorld.AdminKey), ("Actors:BackupDirectory", _scratch.Combine("backups"))))
        {
            world = await FuzzWorld.CreateAsync(embedded, "moved");
            await AddMoreAsync(world);
            // Only pages make these.
            var view = await embedded.Services.GetRequiredService<ISavedViewStore>().AddAsync(
                new ProjectId(world.Project), new NewSavedView("traces", "errors", "f=level%3AERROR"), Ct);
            Assert.NotNull(view.Value);
            before = await world.ReadAsync();
            var (status, taken) = await world.SendAsync("POST", "/api/admin/actors/backups", null, ApiAccess.Administrator);
            Assert.True(status == 201, taken);
            backup = (string)JsonNode.Parse(taken)!["path"]!;
        }

        var database = await server.CreateDatabaseAsync(Ct);
        var compared = await ClusterMigration.RunAsync(backup, database, null, new Silent(), Ct);
        Assert.Empty(compared.Where(t => t.Rows == 0 && t.Name.StartsWith("control.", StringComparison.Ordinal)).Select(t => t.Name).Except(MayBeEmpty));

        await using var cluster = await ApiServer.StartWithStoresAsync(
            ("ADMIN_API_KEY", FuzzWorld.AdminKey), ("Actors:Storage", "postgres"), ("Actors:Postgres:ConnectionString", database), ("Actors:SharedDirectory", backup));
        Assert.Equal(before, await world.At(cluster).ReadAsync());
    }

    // A valid body of every route that makes or changes something, with whichever key opens it.
    private static async Task AddMoreAsync(FuzzWorld world)
    {
        var parent = """{"name":"parent","prompt":"@@@langfusePrompt:name=prompt|version=1@@@"}""";
        var (made, answer) = await world.SendAsync(
            "POST", "/api/public/v2/prompts", new FuzzInput(Encoding.UTF8.GetBytes(parent), "application/json"), ApiAccess.Project);
        Assert.True(made == 201, answer);
        foreach (var (route, body) in FuzzSeeds.Bodies.Where(b => !b.Key.StartsWith("DELETE ", StringComparison.Ordinal)))
        {
            var (method, path) = (route.Split(' ')[0], world.Fill(route.Split(' ')[1], 1));
            var input = new FuzzInput(Encoding.UTF8.GetBytes(world.Fill(body, 1)), "application/json");
            foreach (var access in new[] { ApiAccess.Project, ApiAccess.Organization, ApiAccess.Administrator })
            {
                if ((await world.SendAsync(method, path, input, access)).Status is not (401 or 403))
                {
                    break;
                }
            }
        }
    }

    private sealed class Silent : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
