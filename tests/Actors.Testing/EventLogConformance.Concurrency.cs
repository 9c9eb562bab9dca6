using System.Collections.Concurrent;
using Actors.Tracing;
using Xunit;
using static Actors.Testing.LogSamples;

namespace Actors.Testing;

/// <summary>What the log promises when many write, read and wait at the same time.</summary>
public abstract partial class EventLogConformance
{
    [Fact]
    public async Task Of_many_writers_of_one_stream_exactly_one_wins_each_version()
    {
        const int Writers = 16;
        const int Versions = 25;
        var winners = new ConcurrentBag<(long Version, Guid AppendId)>();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (long version = 1; version <= Versions;)
            {
                var append = Append(Trace(), version);
                var outcome = await AppendAsync(append);
                if (!outcome.IsConflict)
                {
                    winners.Add((version, append.AppendId));
                }
                else
                {
                    Assert.True(outcome.CurrentVersion >= version, $"Version {version} conflicts with {outcome.CurrentVersion}.");
                }

                version = outcome.CurrentVersion + 1;
            }
        })));

        Assert.Equal(Enumerable.Range(1, Versions).Select(v => (long)v), winners.Select(w => w.Version).Order());
        Assert.Equal(Enumerable.Range(1, Versions).Select(v => (long)v), (await ReadAsync(Trace())).Select(r => r.Version));
    }

    [Fact]
    public async Task The_change_feed_never_skips_and_never_repeats_while_many_write()
    {
        const int Writers = 8;
        const int RowsPerWriter = 60;
        const int Total = Writers * RowsPerWriter;
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() => FollowAsync(Total, maxRows: 1 + (reader * 20)))).ToList();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var version = 1; version <= RowsPerWriter; version++)
            {
                await AppendAsync(Append(Trace($"trace-{writer}"), version));
            }
        })));

        var expected = Enumerable.Range(0, Writers)
            .SelectMany(writer => Enumerable.Range(1, RowsPerWriter).Select(version => ($"t:trace-{writer}", (long)version)))
            .Order()
            .ToList();
        foreach (var seen in await Task.WhenAll(readers))
        {
            Assert.Equal(seen.Select(r => r.Position).Order().Distinct(), seen.Select(r => r.Position));
            Assert.Equal(expected, seen.Select(r => (r.Stream.Value, r.Version)).Order());
        }
    }

    [Fact]
    public async Task The_change_feed_starts_after_the_watermark_and_holds_only_its_project()
    {
        var positions = new List<long>();
        for (var version = 1; version <= 6; version++)
        {
            positions.Add((await AppendAsync(Append(Trace(), version))).Position);
            await AppendAsync(Append(Trace(), version) with { Project = new ProjectId("other") });
        }

        Assert.Equal(positions[..2], (await Log.ReadChangesAsync(Project, 0, 2, Ct)).Select(r => r.Position));
        Assert.Equal(positions[3..], (await Log.ReadChangesAsync(Project, positions[2], 100, Ct)).Select(r => r.Position));
        Assert.Empty(await Log.ReadChangesAsync(Project, positions[^1], 100, Ct));
        Assert.NotNull(Assert.IsType<ObservationEvent>((await Log.ReadChangesAsync(Project, 0, 1, Ct))[0].Events[0]).Input);
    }

    [Fact]
    public async Task The_head_is_the_newest_position_as_soon_as_the_append_returns()
    {
        Assert.Equal(0, await Log.GetHeadAsync(Project, Ct));
        for (var version = 1; version <= 5; version++)
        {
            var outcome = await AppendAsync(Append(Trace(), version));
            Assert.Equal(outcome.Position, await Log.GetHeadAsync(Project, Ct));
            Assert.Equal(outcome.Position, (await Log.ReadChangesAsync(Project, outcome.Position - 1, 10, Ct)).Single().Position);
        }

        Assert.Equal(0, await Log.GetHeadAsync(new ProjectId("other"), Ct));
    }

    [Fact]
    public async Task Who_waits_for_a_change_is_woken_by_its_own_project_only()
    {
        var other = new ProjectId("other");
        var mine = Log.WaitForChangeAsync(Project, 0, Ct);
        var theirs = Log.WaitForChangeAsync(other, 0, Ct);

        var outcome = await AppendAsync(Append(Trace(), 1));
        await mine.WaitAsync(Patience, Ct);
        Assert.False(theirs.IsCompleted);

        await Log.WaitForChangeAsync(Project, outcome.Position - 1, Ct).WaitAsync(Patience, Ct);
        var next = Log.WaitForChangeAsync(Project, outcome.Position, Ct);
        Assert.False(next.IsCompleted);

        await AppendAsync(Append(Trace(), 1) with { Project = other });
        await theirs.WaitAsync(Patience, Ct);
        Assert.False(next.IsCompleted);

        await AppendAsync(Append(Trace(), 2));
        await next.WaitAsync(Patience, Ct);
    }

    [Fact]
    public async Task Waiting_ends_with_its_token()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var wait = Log.WaitForChangeAsync(Project, 0, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Patience, Ct));
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_what_it_took_is_stored()
    {
        await ReopenAsync(maxQueuedRows: 1);
        var stored = new ConcurrentBag<StreamId>();
        var refused = new ConcurrentBag<StreamId>();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var append = Append(Trace($"{writer}-{i}"), 1);
                try
                {
                    await AppendAsync(append);
                    stored.Add(append.Stream);
                }
                catch (EventLogOverloadedException)
                {
                    refused.Add(append.Stream);
                }
            }
        })));

        Assert.NotEmpty(stored);
        Assert.NotEmpty(refused);
        foreach (var stream in stored)
        {
            Assert.Single(await ReadAsync(stream));
        }

        foreach (var stream in refused)
        {
            Assert.Empty(await ReadAsync(stream));
        }
    }

    [Fact]
    public async Task Closing_writes_what_was_taken()
    {
        var appends = Enumerable.Range(0, 300).Select(i => Append(Trace($"trace-{i}"), 1)).ToList();
        var outcomes = appends.Select(a => Log.AppendAsync(a, Ct).AsTask()).ToList();

        await ReopenAsync();

        Assert.All(await Task.WhenAll(outcomes), o => Assert.False(o.IsConflict));
        Assert.Equal(300, (await Log.ReadChangesAsync(Project, 0, 1000, Ct)).Count);
    }

    [Fact]
    public async Task A_closed_log_lets_nobody_wait_and_takes_nothing()
    {
        var log = Log;
        var wait = log.WaitForChangeAsync(Project, 0, Ct);

        await ReopenAsync();

        await Assert.ThrowsAsync<EventLogUnavailableException>(() => wait.WaitAsync(Patience, Ct));
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.WaitForChangeAsync(Project, 0, Ct));
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.AppendAsync(Append(Trace(), 1), Ct).AsTask());
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.ReadStreamAsync(Project, Trace(), LogText.With, Ct));
    }

    // Reads the feed as the read model does: read, remember the position, wait.
    private async Task<List<LogRow>> FollowAsync(int total, int maxRows)
    {
        var seen = new List<LogRow>();
        while (seen.Count < total)
        {
            var watermark = seen.Count > 0 ? seen[^1].Position : 0;
            var rows = await Log.ReadChangesAsync(Project, watermark, maxRows, Ct);
            Assert.True(rows.Count <= maxRows);
            seen.AddRange(rows);
            if (rows.Count == 0)
            {
                await Log.WaitForChangeAsync(Project, watermark, Ct).WaitAsync(Patience, Ct);
            }
        }

        return seen;
    }
}
