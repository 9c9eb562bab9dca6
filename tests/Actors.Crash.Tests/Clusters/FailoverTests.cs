using System.Diagnostics;
using System.Net;
using Actors.Testing.Postgres;

namespace Actors.Crash.Clusters;

/// <summary>
/// How long a cluster is hindered by what happens to its silos, as its clients feel it: each request is sent once, and its web node
/// tries again behind it. What <c>docs/cluster.md</c> says of it is held here.
/// </summary>
public sealed class FailoverTests(ITestOutputHelper output, PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const int Traces = 40;

    private static readonly TimeSpan SiloPromise = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ClusterPromise = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly string[] _traces = [.. Enumerable.Range(0, Traces).Select(_ => $"trace-{Guid.NewGuid():N}")];
    private ProcessCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SiloClient Web => _cluster.Webs[0].Client;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ProcessCluster.StartAsync(server, new ClusterStart { Silos = 2, Webs = 1 }, Cancel);
        await WriteAllAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task The_actors_of_a_killed_silo_answer_again_within_8_seconds()
    {
        await _cluster.Silos[0].KillAsync();
        var read = await TimeAsync(ReadAllAsync);
        output.WriteLine($"killed silo: all actors are read again after {read.TotalSeconds:0.0} s");

        await _cluster.Silos[0].StartAsync(Cancel);
        await WriteAllAsync();
        await _cluster.Silos[1].KillAsync();
        var written = await TimeAsync(WriteAllAsync);
        output.WriteLine($"killed silo: all actors are written again after {written.TotalSeconds:0.0} s");

        Assert.InRange(read, TimeSpan.Zero, SiloPromise);
        Assert.InRange(written, TimeSpan.Zero, SiloPromise);
    }

    [Fact]
    public async Task A_killed_cluster_answers_at_new_addresses_within_20_seconds()
    {
        await _cluster.KillAllAsync();
        var started = await TimeAsync(() => _cluster.StartAllAsync(Cancel));
        var answered = started + await TimeAsync(ReadAllAsync);
        output.WriteLine($"killed cluster: ready after {started.TotalSeconds:0.0} s, all actors are read after {answered.TotalSeconds:0.0} s");

        Assert.InRange(answered, TimeSpan.Zero, ClusterPromise);
    }

    [Fact]
    public async Task A_silo_that_pauses_for_3_seconds_is_not_declared_dead()
    {
        foreach (var silo in _cluster.Silos)
        {
            silo.Pause();
            await Task.Delay(Pause, TimeProvider.System, Cancel);
            silo.Resume();
            var read = await TimeAsync(ReadAllAsync);
            output.WriteLine($"{silo.Name} paused: all actors are read {read.TotalSeconds:0.0} s after it went on");
        }

        // Votes that were cast meanwhile must have had their time.
        await Task.Delay(SiloPromise, TimeProvider.System, Cancel);
        await ReadAllAsync();
        Assert.All(_cluster.Silos, s => Assert.True(s.IsRunning, s.Process.Transcript));
        Assert.Equal(0, await _cluster.CountDeadAsync(Cancel));
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed;
    }

    private Task ReadAllAsync() => Task.WhenAll(_traces.Select(async trace =>
    {
        var answer = await Web.GetAsync($"/api/public/traces/{trace}", Cancel);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
    }));

    private Task WriteAllAsync() => Task.WhenAll(_traces.Select(async trace =>
    {
        var answer = await Web.PostBatchAsync([Wire.Trace(trace, TimeProvider.System.GetUtcNow())], Cancel);
        Assert.True(answer.Status == HttpStatusCode.MultiStatus && answer.Errors.Count == 0, answer.ToString());
    }));
}
