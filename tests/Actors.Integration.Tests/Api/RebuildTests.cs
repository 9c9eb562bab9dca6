using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Integration.Api;

/// <summary>The read model is a fold of the log: it may be lost or damaged, and comes back equal.</summary>
public sealed class RebuildTests : IDisposable
{
    private static readonly TimeSpan RebuildLimit = TimeSpan.FromSeconds(30);

    private static readonly string[] Lists =
    [
        "/api/public/traces?limit=100",
        "/api/public/traces?limit=7&page=2&orderBy=name.asc",
        "/api/public/observations?limit=100",
        "/api/public/sessions?limit=100",
    ];

    private readonly ScratchDirectory _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public Task A_deleted_read_model_is_rebuilt() => RebuiltAsync(file => File.Delete(file));

    [Fact]
    public Task A_damaged_read_model_is_rebuilt() => RebuiltAsync(file =>
    {
        using var stream = File.OpenWrite(file);
        stream.Write(new byte[Math.Min(64 * 1024, (int)stream.Length)]);
    });

    [Fact]
    public Task A_read_model_that_is_no_database_is_rebuilt() => RebuiltAsync(file => File.WriteAllText(file, "not a database"));

    [Fact]
    public Task A_truncated_read_model_is_rebuilt() => RebuiltAsync(file =>
    {
        using var stream = File.OpenWrite(file);
        stream.SetLength(stream.Length / 2);
    });

    private async Task RebuiltAsync(Action<string> harm)
    {
        var start = new SiloStart { DataDirectory = _data.Path, Keys = ProjectKeys.New() };
        List<string> before;
        await using (var silo = await SiloProcess.StartAsync(start, Cancel))
        {
            await FillAsync(silo.Client);
            before = await ReadAsync(silo.Client);
            Assert.Equal(0, await silo.StopAsync());
        }

        var files = Directory.GetFiles(_data.Path, "*.duckdb", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            File.Delete(file + ".wal");
            harm(file);
        }

        await using var again = await SiloProcess.StartAsync(start, Cancel);
        var after = await Eventually.GetAsync(
            "the rebuilt lists", RebuildLimit, () => ReadAsync(again.Client), lists => lists.SequenceEqual(before), Cancel);
        Assert.Equal(before, after);
    }

    private static async Task FillAsync(SiloClient client)
    {
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        for (var i = 0; i < 30; i++)
        {
            var (id, at) = ($"trace-{i:00}", now.AddSeconds(i));
            var trace = Wire.Trace(id, at, $"name-{i % 4}");
            trace["body"]!["sessionId"] = $"session-{i % 5}";
            trace["body"]!["tags"] = new JsonArray("a", $"t{i % 3}");
            trace["body"]!["metadata"] = new JsonObject { ["i"] = i };
            var late = Wire.Event("generation-update", at.AddSeconds(2), new JsonObject { ["id"] = $"generation-{i}", ["traceId"] = id, ["level"] = i % 6 == 0 ? "ERROR" : "DEFAULT", ["output"] = $"again {i}" });
            await client.PostBatchAsync([trace, Wire.Generation($"generation-{i}", id, at.AddSeconds(1)), Wire.Score($"score-{i}", id, at, i)], Cancel);
            await client.PostBatchAsync([late], Cancel);
        }

        await Eventually.GetAsync(
            "the list before the harm",
            TimeSpan.FromSeconds(1),
            () => client.GetAsync(Lists[0], Cancel),
            a => a.Json["data"]!.AsArray() is { Count: 30 } rows && rows.All(r => r!["scores"]!.AsArray().Count == 1),
            Cancel);
    }

    private static async Task<List<string>> ReadAsync(SiloClient client)
    {
        var texts = new List<string>();
        foreach (var path in Lists)
        {
            var answer = await client.GetAsync(path, Cancel);
            texts.Add(answer.Status == HttpStatusCode.OK ? answer.Text : answer.ToString());
        }

        return texts;
    }
}
