using System.Collections.Concurrent;
using Actors.Testing.Postgres;
using Actors.Tracing;
using static Actors.Testing.LogSamples;

namespace Actors.Storage.Postgres;

/// <summary>What the log promises when connections break and when the server goes away.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresServer _server = new();
    private LogDatabase _database = null!;
    private PostgresEventLog _log = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _database = new LogDatabase(_server);
        await _database.InitializeAsync();
        _log = _database.Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _database.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>
    /// Goal: whatever breaks, an append that was acknowledged is there once, and one whose outcome was unknown can be repeated.
    /// Method: writers that repeat what they are not told, while connections are ended and the server is killed under them.
    /// </summary>
    [Fact]
    public async Task Every_acknowledged_append_is_there_once_whatever_breaks()
    {
        const int Writers = 8;
        var acknowledged = new ConcurrentDictionary<(string, long), long>();
        var unknown = 0;
        using var stop = new CancellationTokenSource();
        var writing = Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(Trace($"{w}")), Ct)).ToList();

        for (var round = 0; round < 3; round++)
        {
            await MoreAsync(50);
            await _database.EndConnectionsAsync();
            await MoreAsync(50);
            await (round % 2 == 0 ? _server.StopAsync() : _server.KillAsync());
            await Assert.ThrowsAsync<EventLogUnavailableException>(() => _log.ReadStreamAsync(Project, Trace("0"), LogText.With, Ct));
            await _server.StartAsync(Ct);
        }

        await MoreAsync(50);
        await stop.CancelAsync();
        await Task.WhenAll(writing).WaitAsync(Patience, Ct);

        var rows = await _log.ReadChangesAsync(Project, 0, int.MaxValue, Ct);
        Assert.Equal(
            acknowledged.Select(a => (a.Value, a.Key.Item1, a.Key.Item2)).Order(),
            rows.Select(r => (r.Position, r.Stream.Value, r.Version)).Order());
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(p => (long)p), rows.Select(r => r.Position));
        Assert.NotEqual(0, unknown);

        async Task MoreAsync(int count)
        {
            // The head moves when others than the failed ones are answered.
            var from = acknowledged.Count;
            while (acknowledged.Count < from + count)
            {
                var seen = acknowledged.Values.DefaultIfEmpty(0).Max();
                await _log.WaitForChangeAsync(Project, seen, Ct).WaitAsync(Patience, Ct);
            }
        }

        async Task WriteAsync(StreamId stream)
        {
            for (var version = 1; !stop.IsCancellationRequested; version++)
            {
                var append = Append(stream, version);
                while (true)
                {
                    try
                    {
                        var outcome = await _log.AppendAsync(append, Ct);
                        Assert.False(outcome.IsConflict);
                        Assert.True(acknowledged.TryAdd((stream.Value, version), outcome.Position));
                        break;
                    }
                    catch (EventLogUnavailableException)
                    {
                        Interlocked.Increment(ref unknown);
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Who_waits_for_a_change_is_woken_after_the_server_was_away()
    {
        await using var other = _database.Open();
        var wait = _log.WaitForChangeAsync(Project, 0, Ct);
        await _server.StopAsync();
        await _server.StartAsync(Ct);

        await other.AppendAsync(Append(Trace(), 1), Ct);

        await wait.WaitAsync(Patience, Ct);
        Assert.Equal(1, await _log.GetHeadAsync(Project, Ct));
    }

    [Fact]
    public async Task A_log_whose_server_is_away_closes_and_tells_who_waits()
    {
        await _server.StopAsync();
        var appends = Enumerable.Range(0, 5).Select(i => _log.AppendAsync(Append(Trace($"{i}"), 1), Ct).AsTask()).ToList();

        await _log.DisposeAsync().AsTask().WaitAsync(Patience, Ct);

        foreach (var append in appends)
        {
            await Assert.ThrowsAsync<EventLogUnavailableException>(() => append.WaitAsync(Patience, Ct));
        }
    }
}
