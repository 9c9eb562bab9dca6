using System.Text;
using Actors.Testing.Postgres;

namespace Actors.Crash.Clusters;

/// <summary>
/// The backup of a cluster that is written to all the time, taken and restored by the very commands of <c>docs/backup.md</c>, becomes a
/// cluster with all that was acknowledged before; and the log alone one with all that was traced.
/// </summary>
public sealed class RestoreTests(ITestOutputHelper output, PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private const string Prompts = "/api/public/v2/prompts";
    private const string Items = "/api/public/dataset-items";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ScratchDirectory _scratch = new();
    private readonly ProjectKeys _keys = ProjectKeys.New("restored");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_dump_of_a_database_under_load_becomes_a_cluster_with_all_that_was_acknowledged_before()
    {
        var load = new Load(round: 1, []);
        Dictionary<Story, int> before;
        ProjectKeys other;
        string prompt, item;
        await using (var cluster = await ProcessCluster.StartAsync(server, Start(), Cancel))
        {
            var client = cluster.Wholes[0].Client;
            using (var administrator = await Administrator.EnterAsync(cluster.Wholes[0].Process.Address, Cancel))
            {
                other = await administrator.AddProjectAsync("other", Cancel);
            }

            await PostAsync(client, Prompts, """{"name":"greeting","prompt":"Hello {{name}}","labels":["production"]}""");
            await PostAsync(client, "/api/public/v2/datasets", """{"name":"questions"}""");
            await PostAsync(client, Items, """{"id":"item-1","datasetName":"questions","input":"Where is my order?"}""");
            (prompt, item) = (await GetAsync(client, $"{Prompts}/greeting"), await GetAsync(client, $"{Items}/item-1"));

            using var over = new CancellationTokenSource();
            var running = load.RunAsync(_ => new OneServer(new SiloClient(cluster.Wholes[0].Process.Address, _keys)), over.Token);
            await Eventually.GetAsync("a load", Limit, () => Task.FromResult(load.Stories.Sum(s => s.Acknowledged)), told => told >= 60, Cancel);
            before = load.Stories.ToDictionary(s => s, s => s.Acknowledged);
            await RunAsync(Documented("pg_dump"), cluster.Database, cluster.SharedDirectory);
            await RunAsync(Documented("pg_dump").Replace("--exclude-table-data=orleans.silos", "--schema=log", StringComparison.Ordinal).Replace("actors.dump", "log.dump", StringComparison.Ordinal), cluster.Database, "");
            await RunAsync(Documented("tar"), "", cluster.SharedDirectory);
            await over.CancelAsync();
            await running.WaitAsync(Limit, Cancel);
        }

        var (whole, log) = (await server.CreateDatabaseAsync(Cancel), await server.CreateDatabaseAsync(Cancel));
        await RunAsync(Documented("pg_restore"), whole, "");
        await RunAsync(Documented("pg_restore").Replace("actors.dump", "log.dump", StringComparison.Ordinal), log, "");
        var shared = Directory.CreateDirectory(_scratch.Combine("shared-of-whole")).FullName;
        await RunAsync("tar -C /shared -xf shared.tar", "", shared);
        var starts = await Task.WhenAll(StartOnAsync(whole, "whole"), StartOnAsync(log, "log"));
        await using var restored = starts[0];
        await using var traced = starts[1];

        var found = await AssertTracesAsync(restored.Client, load, before);
        var audit = new Audit(restored.Client, Cancel);
        await audit.ScoresAsync(found);
        await audit.MetricsAsync(found);
        await audit.LiveAsync(LiveQuestion.Everything, found);
        Assert.Equal(prompt, await GetAsync(restored.Client, $"{Prompts}/greeting"));
        Assert.Equal(item, await GetAsync(restored.Client, $"{Items}/item-1"));
        using (var elsewhere = new SiloClient(restored.Address, other))
        {
            Assert.Equal(200, (await elsewhere.GetAsync("/api/public/projects", Cancel)).Code);
        }

        // The project is there because the settings name it; what people defined is not.
        await AssertTracesAsync(traced.Client, load, before);
        Assert.Equal(404, (await traced.Client.GetAsync($"{Prompts}/greeting", Cancel)).Code);
        using (var elsewhere = new SiloClient(traced.Address, other))
        {
            Assert.Equal(401, (await elsewhere.GetAsync("/api/public/projects", Cancel)).Code);
        }

        output.WriteLine($"seed {Seed.OfThisRun}: {before.Values.Sum()} requests acknowledged before the dump, {load.Stories.Sum(s => s.Acknowledged)} in the end");
    }

    private ClusterStart Start() => new()
    {
        Wholes = 1,
        Keys = _keys,
        Environment = new Dictionary<string, string?>(Administrator.Variables) { ["Actors__Cluster__DrainDelay"] = "00:00:00" },
    };

    private Task<SiloProcess> StartOnAsync(string database, string name) => SiloProcess.StartAsync(
        new SiloStart
        {
            DataDirectory = _scratch.Combine("data-of-" + name),
            Keys = _keys,
            Environment = new Dictionary<string, string?>(Start().Environment)
            {
                ["Actors__Storage"] = "postgres",
                ["Actors__Postgres__ConnectionString"] = database,
                ["Actors__SharedDirectory"] = _scratch.Combine("shared-of-" + name),
                ["Actors__Cluster__AdvertisedAddress"] = "127.0.0.1",
                ["Actors__Cluster__SiloPort"] = "0",
                ["Actors__Cluster__GatewayPort"] = "0",
            },
        },
        Cancel);

    private static async Task<IReadOnlyList<Told>> AssertTracesAsync(SiloClient client, Load load, Dictionary<Story, int> before)
    {
        var found = await Restored.FindAllAsync(client, load, before, Cancel);
        var audit = new Audit(client, Cancel);
        await audit.TracesAsync(Load.NameOf(1), found);
        await audit.SessionsAsync(found);
        return found;
    }

    // The commands are what operators copy, so those are what is tested.
    private static string Documented(string program) =>
        File.ReadLines(RepositoryRoot.Combine("docs", "backup.md")).Single(line => line.StartsWith(program + " ", StringComparison.Ordinal));

    private async Task RunAsync(string command, string database, string shared)
    {
        var here = command
            .Replace("postgresql://actors@db/actors", database.Length > 0 ? PostgresServer.UrlOf(database) : "", StringComparison.Ordinal)
            .Replace("/shared ", shared + " ", StringComparison.Ordinal);
        await using var shell = ChildProcess.Start(
            "sh", ["-c", here], _scratch.Path, new Dictionary<string, string?> { ["PATH"] = $"{PostgresServer.Programs}:{Environment.GetEnvironmentVariable("PATH")}" });
        Assert.True(await shell.WaitForExitAsync(Limit, Cancel) == 0, $"{here}\n{shell.Transcript}");
    }

    private static async Task PostAsync(SiloClient client, string path, string json)
    {
        var answer = await client.PostAsync(path, Encoding.UTF8.GetBytes(json), cancellationToken: Cancel);
        Assert.True(answer.Code is 200 or 201, answer.ToString());
    }

    private static async Task<string> GetAsync(SiloClient client, string path)
    {
        var answer = await client.GetAsync(path, Cancel);
        Assert.True(answer.Code == 200, answer.ToString());
        return answer.Text;
    }
}
