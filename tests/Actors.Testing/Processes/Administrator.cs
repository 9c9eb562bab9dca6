using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Actors.Testing.Processes;

/// <summary>Whoever runs a server: makes and deletes further projects of its first organization, over the API.</summary>
public sealed class Administrator : IDisposable
{
    /// <summary>The key of whoever runs the server.</summary>
    public const string AdminKey = "the-key-of-whoever-runs-this-server";

    private readonly SiloClient _owner;

    private Administrator(SiloClient owner) => _owner = owner;

    /// <summary>What a server must be started with to have one.</summary>
    public static IReadOnlyDictionary<string, string?> Variables { get; } = new Dictionary<string, string?> { ["ADMIN_API_KEY"] = AdminKey };

    /// <summary>Takes over a server that was started with <see cref="Variables"/>.</summary>
    public static async Task<Administrator> EnterAsync(Uri address, CancellationToken cancellationToken)
    {
        using var admin = new SiloClient(address, null);
        admin.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        var organizations = await admin.GetAsync("/api/admin/organizations", cancellationToken);
        var organization = organizations.Json["organizations"]![0]!["id"]!;
        return new Administrator(new SiloClient(
            address, await NewKeysAsync(admin, "", $"/api/admin/organizations/{organization}/apiKeys", cancellationToken)));
    }

    /// <summary>Makes a project and keys for it.</summary>
    public async Task<ProjectKeys> AddProjectAsync(string name, CancellationToken cancellationToken)
    {
        var project = (string)(await CreateAsync(_owner, "/api/public/projects", $$"""{"name":"{{name}}"}""", cancellationToken)).Json["id"]!;
        return await NewKeysAsync(_owner, project, $"/api/public/projects/{project}/apiKeys", cancellationToken);
    }

    /// <summary>Deletes a project.</summary>
    public Task<Answer> DeleteProjectAsync(string project, CancellationToken cancellationToken) =>
        _owner.DeleteAsync($"/api/public/projects/{project}", cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _owner.Dispose();

    private static async Task<ProjectKeys> NewKeysAsync(SiloClient manager, string project, string path, CancellationToken cancellationToken)
    {
        var key = (await CreateAsync(manager, path, "{}", cancellationToken)).Json;
        return new ProjectKeys(project, (string)key["publicKey"]!, (string)key["secretKey"]!);
    }

    private static async Task<Answer> CreateAsync(SiloClient client, string path, string json, CancellationToken cancellationToken)
    {
        var answer = await client.PostAsync(path, Encoding.UTF8.GetBytes(json), cancellationToken: cancellationToken);
        Assert.True(answer.Code == 201, answer.ToString());
        return answer;
    }
}
