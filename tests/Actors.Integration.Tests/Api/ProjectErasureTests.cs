using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Actors.Integration.Api;

/// <summary>What a deleted project sent is nowhere in the data directory any more.</summary>
public sealed class ProjectErasureTests : IDisposable
{
    private const string AdminKey = "the-key-of-whoever-runs-this-server";
    private const string Secret = "a-sentence-that-nobody-else-says";

    private readonly ScratchDirectory _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_data_of_a_deleted_project_goes_and_that_of_others_stays()
    {
        await using var silo = await SiloProcess.StartAsync(
            new SiloStart
            {
                DataDirectory = _data.Path,
                Keys = ProjectKeys.New(),
                Environment = new Dictionary<string, string?> { ["ADMIN_API_KEY"] = AdminKey },
            },
            Cancel);
        await SendAsync(silo.Client, "kept", "what stays");

        using var admin = new SiloClient(silo.Address, null);
        admin.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        var organizations = await admin.GetAsync("/api/admin/organizations", Cancel);
        var organization = organizations.Json["organizations"]![0]!["id"]!;
        using var owner = await KeyedAsync(admin, $"/api/admin/organizations/{organization}/apiKeys", silo.Address);
        var project = (string)(await PostAsync(owner, "/api/public/projects", """{"name":"Doomed"}""")).Json["id"]!;
        using var doomed = await KeyedAsync(owner, $"/api/public/projects/{project}/apiKeys", silo.Address);
        await SendAsync(doomed, "doomed", Secret);
        Assert.Contains(Secret, (await doomed.GetAsync("/api/public/traces", Cancel)).Text, StringComparison.Ordinal);
        var columns = Assert.Single(Directory.GetFiles(_data.Path, $"{project}.duckdb", SearchOption.AllDirectories));

        Assert.Equal(202, (int)(await owner.DeleteAsync($"/api/public/projects/{project}", cancellationToken: Cancel)).Status);

        await Eventually.GetAsync(
            "the erasure", TimeSpan.FromSeconds(30), () => Task.FromResult(File.Exists(columns) || IsAnywhere(Secret)), isThere => !isThere, Cancel);
        Assert.Contains("what stays", (await silo.Client.GetAsync("/api/public/traces/kept", Cancel)).Text, StringComparison.Ordinal);
    }

    // The files are open in the server, so what they hold is read as it is.
    private bool IsAnywhere(string text) =>
        Directory.EnumerateFiles(_data.Path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        });

    private static async Task<SiloClient> KeyedAsync(SiloClient manager, string path, Uri address)
    {
        var key = (await PostAsync(manager, path, "{}")).Json;
        return new SiloClient(address, new ProjectKeys("", (string)key["publicKey"]!, (string)key["secretKey"]!));
    }

    private static async Task<Answer> PostAsync(SiloClient client, string path, string json)
    {
        var answer = await client.PostAsync(path, Encoding.UTF8.GetBytes(json), cancellationToken: Cancel);
        Assert.True((int)answer.Status == 201, answer.ToString());
        return answer;
    }

    private static Task<Answer> SendAsync(SiloClient client, string id, string name) => client.PostBatchAsync(
        [Wire.Event("trace-create", TimeProvider.System.GetUtcNow(), new JsonObject { ["id"] = id, ["name"] = name })], Cancel);
}
