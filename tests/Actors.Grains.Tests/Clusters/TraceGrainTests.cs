using System.Globalization;
using Actors.Testing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Clusters;

/// <summary>
/// The actor of a stream on real silos against a log that waits, fails and is written by others. Every test asserts at the
/// end that what was acknowledged is in the log exactly once.
/// </summary>
public abstract class TraceGrainTests(ActorCluster cluster)
{
    private readonly ProjectId _project = ActorCluster.NewProject();

    [Fact]
    public async Task Concurrent_appends_join_rows_and_none_is_lost()
    {
        // No order of messages is promised: the appends of one round may all come when the first one is stored already.
        var sent = 0;
        for (var round = 0; round < 20 && cluster.Log.Rows(_project).Count == sent; round++)
        {
            cluster.Log.Hold(_project);
            var first = AppendAsync(Span(sent));
            await AttemptsAsync(cluster.Log.Rows(_project).Count + 1);
            var others = Enumerable.Range(sent + 1, 50).Select(i => AppendAsync(Span(i))).ToList();
            await cluster.Trace(_project).ReadAsync().Bounded();
            cluster.Log.Release(_project);
            var acks = await Task.WhenAll(others.Append(first)).Bounded();
            sent += acks.Length;
            Assert.All(acks, a => Assert.Equal(a.Position, cluster.Log.Rows(_project)[(int)a.Version - 1].Position));
        }

        Assert.InRange(cluster.Log.Rows(_project).Count, 2, sent - 1);
        await AssertStoredOnceAsync(sent);
    }

    [Fact]
    public async Task An_append_that_lost_the_race_is_put_on_top_of_the_winner()
    {
        await AppendAsync(Span(0));
        cluster.Log.AppendForeign(_project, LogSamples.Trace(), Span(1).Events);

        var ack = await AppendAsync(Span(2));

        Assert.Equal(3, ack.Version);
        await AssertStoredOnceAsync(3);
    }

    [Fact]
    public async Task The_tokens_of_a_call_without_usage_are_stored_with_it()
    {
        const string Text = "\"hello world\"";
        await AppendAsync(new EventScript().Generation("g", o => o with { Model = "model-a", Input = Text }));
        await AppendAsync(new EventScript().At(1).WithId("second").Update("g", o => o with { Output = Text }));

        var stored = cluster.Log.Rows(_project).SelectMany(r => r.Events).Cast<ObservationEvent>().ToList();
        Assert.Equal([new("o200k", 2)], stored[0].InputTokens);
        Assert.Equal([new("o200k", 2)], stored[1].OutputTokens);
        var document = await cluster.Trace(_project).ReadAsync().Bounded();
        Assert.Equal([new("input", 2), new("output", 2), new("total", 4)], document!.Observations.Single().Usage);
    }

    [Fact]
    public async Task A_new_activation_continues_the_stream()
    {
        await AppendAsync(Span(0));
        await DeactivateAsync();

        Assert.Equal(2, (await AppendAsync(Span(1))).Version);
        await AssertStoredOnceAsync(2);
    }

    [Fact]
    public async Task Deactivation_waits_for_the_append_in_flight()
    {
        cluster.Log.Hold(_project);
        var pending = AppendAsync(Span(0));
        await AttemptsAsync(1);
        var deactivated = DeactivateAsync();
        var later = AppendAsync(Span(1));
        cluster.Log.Release(_project);

        await Task.WhenAll(pending, later, deactivated).Bounded();
        await AssertStoredOnceAsync(2);
    }

    [Theory]
    [InlineData(AppendFault.UnknownAndLost)]
    [InlineData(AppendFault.UnknownButStored)]
    public async Task An_unknown_outcome_is_tried_again_as_the_same_append(AppendFault fault)
    {
        cluster.Log.FailNext(_project, fault, fault);

        Assert.Equal(1, (await AppendAsync(Span(0))).Version);

        var attempts = cluster.Log.Attempts(_project);
        Assert.Equal(3, attempts.Count);
        Assert.Single(attempts.Select(a => (a.AppendId, a.Version)).Distinct());
        await AssertStoredOnceAsync(1);
    }

    [Fact]
    public async Task An_overloaded_log_is_told_to_the_caller_and_stores_nothing()
    {
        cluster.Log.FailNext(_project, AppendFault.Overloaded);

        await Assert.ThrowsAsync<EventLogOverloadedException>(() => AppendAsync(Span(0)));
        Assert.Empty(cluster.Log.Rows(_project));
        await AppendAsync(Span(1));
        await AssertStoredOnceAsync(1);
    }

    [Fact]
    public async Task Overload_after_an_unknown_outcome_is_not_called_nothing_stored()
    {
        cluster.Log.FailNext(_project, AppendFault.UnknownButStored, AppendFault.Overloaded);

        await AppendAsync(Span(0));
        await AssertStoredOnceAsync(1);
    }

    [Fact]
    public async Task A_log_that_does_not_answer_is_told_to_the_caller_and_the_next_append_finds_out()
    {
        cluster.Log.FailNext(_project, [.. Enumerable.Repeat(AppendFault.UnknownButStored, 5)]);

        await Assert.ThrowsAsync<EventLogUnavailableException>(() => AppendAsync(Span(0)));
        Assert.Equal(2, (await AppendAsync(Span(1))).Version);
        await AssertStoredOnceAsync(2);
    }

    [Fact]
    public async Task A_failure_in_the_middle_of_a_burst_is_told_to_those_it_hit_and_to_no_other()
    {
        cluster.Log.Hold(_project);
        cluster.Log.FailNext(_project, AppendFault.Overloaded);
        var failing = AppendAsync(Span(0));
        await AttemptsAsync(1);
        var others = Enumerable.Range(1, 20).Select(i => AppendAsync(Span(i))).ToList();
        await cluster.Trace(_project).SubscribeAsync(NewObserver(out _)).Bounded();
        cluster.Log.Release(_project);

        await Assert.ThrowsAsync<EventLogOverloadedException>(() => failing);
        await Task.WhenAll(others).Bounded();
        await AssertStoredOnceAsync(20);
    }

    [Fact]
    public async Task A_read_sees_every_acknowledged_append_while_others_are_in_flight()
    {
        await AppendAsync(Span(0));
        cluster.Log.Hold(_project);
        var pending = AppendAsync(Span(1));
        await AttemptsAsync(2);

        Assert.Equal(1, (await cluster.Trace(_project).ReadAsync().Bounded())!.Version);
        cluster.Log.Release(_project);
        var ack = await pending;
        Assert.Equal(ack.Version, (await cluster.Trace(_project).ReadAsync().Bounded())!.Version);
    }

    [Fact]
    public async Task A_read_notices_that_the_activation_is_stale()
    {
        await AppendAsync(Span(0));
        cluster.Log.AppendForeign(_project, LogSamples.Trace(), Span(1).Events);

        Assert.Equal(2, (await cluster.Trace(_project).ReadAsync().Bounded())!.Version);
        Assert.Equal(2, await cluster.Trace(_project).SubscribeAsync(NewObserver(out _)).Bounded());
    }

    [Fact]
    public async Task A_read_of_what_does_not_exist_is_null() =>
        Assert.Null(await cluster.Trace(_project, "nobody").ReadAsync().Bounded());

    [Fact]
    public async Task Observers_are_told_of_every_version_until_they_leave()
    {
        var observer = NewObserver(out var told);
        Assert.Equal(0, await cluster.Trace(_project).SubscribeAsync(observer).Bounded());
        await AppendAsync(Span(0));
        Assert.Equal(1, await told.NextAsync());

        var second = NewObserver(out var stays);
        Assert.Equal(1, await cluster.Trace(_project).SubscribeAsync(second).Bounded());
        await cluster.Trace(_project).UnsubscribeAsync(observer).Bounded();
        await AppendAsync(Span(1));
        Assert.Equal(2, await stays.NextAsync());
    }

    [Fact]
    public async Task A_subscription_during_the_first_append_gets_its_version_one_way_or_the_other()
    {
        cluster.Log.Hold(_project);
        var pending = AppendAsync(Span(0));
        await AttemptsAsync(1);
        Assert.Equal(0, await cluster.Trace(_project).SubscribeAsync(NewObserver(out var told)).Bounded());
        cluster.Log.Release(_project);
        await pending;

        Assert.Equal(1, await told.NextAsync());
    }

    [Fact]
    public async Task A_deleted_trace_is_gone_and_begins_anew_with_the_next_append()
    {
        var observer = NewObserver(out var told);
        await cluster.Trace(_project).SubscribeAsync(observer).Bounded();
        await AppendAsync(Span(0));
        Assert.Equal(1, await told.NextAsync());

        Assert.True(await cluster.Trace(_project).DeleteAsync().Bounded());

        Assert.Equal(2, await told.NextAsync());
        Assert.Null(await cluster.Trace(_project).ReadAsync().Bounded());
        Assert.False(await cluster.Trace(_project).DeleteAsync().Bounded());
        Assert.Equal(3, (await AppendAsync(Span(1))).Version);
        await AssertStoredOnceAsync(1);
    }

    [Fact]
    public async Task Deleting_what_does_not_exist_writes_nothing()
    {
        Assert.False(await cluster.Trace(_project).DeleteAsync().Bounded());
        Assert.False(await cluster.Trace(_project).DeleteScoreAsync("s").Bounded());
        Assert.Empty(cluster.Log.Rows(_project));
    }

    [Fact]
    public async Task A_deletion_waits_for_the_append_in_flight_and_takes_it_along()
    {
        cluster.Log.Hold(_project);
        var inFlight = AppendAsync(Span(0));
        await AttemptsAsync(1);
        var deletion = cluster.Trace(_project).DeleteAsync();
        cluster.Log.Release(_project);
        await Task.WhenAll(inFlight, deletion).Bounded();

        Assert.True(await deletion);
        Assert.Null(await cluster.Trace(_project).ReadAsync().Bounded());
        Assert.Equal([(1, true), (2, true)], cluster.Log.Rows(_project).Select(r => ((int)r.Version, r.IsDeletion)));
    }

    [Fact]
    public async Task Of_appends_and_deletions_at_once_each_is_wholly_before_or_after_every_other()
    {
        var appends = Enumerable.Range(0, 40).Select(i => AppendAsync(Span(i))).ToList();
        var deletions = Enumerable.Range(0, 4).Select(_ => cluster.Trace(_project).DeleteAsync()).ToList();
        var acks = await Task.WhenAll(appends).Bounded();
        await Task.WhenAll(deletions).Bounded();

        var rows = cluster.Log.Rows(_project);
        var lastDeletion = rows.Where(r => r is { IsDeletion: true, Version: > 1 }).Select(r => r.Version).LastOrDefault();
        var kept = Enumerable.Range(0, 40).Where(i => acks[i].Version > lastDeletion).Select(i => $"e-{i}").Order();
        Assert.Equal(kept, rows.SelectMany(r => r.Events).Select(e => e.EventId).Order());
        Assert.Equal(kept.Count(), (await cluster.Trace(_project).ReadAsync().Bounded())?.Observations.Count ?? 0);
    }

    [Theory]
    [InlineData(AppendFault.UnknownAndLost)]
    [InlineData(AppendFault.UnknownButStored)]
    public async Task A_deletion_with_unknown_outcome_is_tried_again_as_the_same(AppendFault fault)
    {
        await AppendAsync(Span(0));
        cluster.Log.FailNext(_project, fault, fault);

        Assert.True(await cluster.Trace(_project).DeleteAsync().Bounded());

        Assert.Equal([1, 2], cluster.Log.Rows(_project).Select(r => r.Version));
        Assert.Null(await cluster.Trace(_project).ReadAsync().Bounded());
    }

    [Fact]
    public async Task An_overloaded_log_is_told_to_who_deletes_and_deletes_nothing()
    {
        await AppendAsync(Span(0));
        cluster.Log.FailNext(_project, AppendFault.Overloaded);

        await Assert.ThrowsAsync<EventLogOverloadedException>(() => cluster.Trace(_project).DeleteAsync().Bounded());
        await AssertStoredOnceAsync(1);
    }

    [Fact]
    public async Task A_deletion_that_lost_the_race_deletes_the_winner_too()
    {
        await AppendAsync(Span(0));
        cluster.Log.AppendForeign(_project, LogSamples.Trace(), Span(1).Events);

        Assert.True(await cluster.Trace(_project).DeleteAsync().Bounded());

        Assert.All(cluster.Log.Rows(_project), r => Assert.True(r.IsDeletion));
    }

    [Fact]
    public async Task An_append_whose_trace_was_deleted_by_another_activation_is_put_behind_the_deletion()
    {
        await AppendAsync(Span(0));
        cluster.Log.DeleteForeign(_project, LogSamples.Trace());

        Assert.Equal(3, (await AppendAsync(Span(1))).Version);
        await AssertStoredOnceAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_under_way_for_long_does_not_bring_back_what_was_deleted_since(bool byAnotherActivation)
    {
        var script = new EventScript("trace-1").At(1).Trace();
        var receivedAt = LogSamples.Noon.AddSeconds(-1);
        await cluster.AppendAsync(_project, script);
        if (byAnotherActivation)
        {
            cluster.Log.DeleteForeign(_project, script.Stream);
        }
        else
        {
            await cluster.Trace(_project).DeleteAsync().Bounded();
        }

        await Assert.ThrowsAsync<EventLogUnavailableException>(
            () => cluster.Trace(_project).AppendAsync(new StreamAppend(script.Events, receivedAt)).Bounded());
        Assert.Null(await cluster.Trace(_project).ReadAsync().Bounded());

        await cluster.AppendAsync(_project, script);
        Assert.NotNull(await cluster.Trace(_project).ReadAsync().Bounded());
    }

    [Fact]
    public async Task A_stored_append_without_answer_stays_deleted_when_it_is_tried_again()
    {
        await AppendAsync(Span(0));
        cluster.Log.FailNext(_project, AppendFault.UnknownButStored);
        cluster.Log.WhenFailed(_project, () => cluster.Log.DeleteForeign(_project, LogSamples.Trace()));

        var ack = await AppendAsync(Span(1));

        Assert.Equal(3, ack.Version);
        Assert.Null(await cluster.Trace(_project).ReadAsync().Bounded());
        Assert.Equal(4, (await AppendAsync(Span(2))).Version);
        await AssertStoredOnceAsync(1);
    }

    [Fact]
    public async Task A_deleted_score_stays_deleted_when_it_is_sent_again_and_comes_back_when_it_is_said_anew()
    {
        var score = new EventScript().At(1).WithId("first").Score("s", 1);
        await AppendAsync(new EventScript().At(0).Trace());
        await AppendAsync(score);

        Assert.True(await cluster.Trace(_project).DeleteScoreAsync("s").Bounded());
        Assert.Empty((await cluster.Trace(_project).ReadAsync().Bounded())!.Scores);
        Assert.False(await cluster.Trace(_project).DeleteScoreAsync("s").Bounded());

        await AppendAsync(score);
        Assert.Empty((await cluster.Trace(_project).ReadAsync().Bounded())!.Scores);

        await AppendAsync(new EventScript().At(2).WithId("second").Score("s", 3));
        Assert.Equal(3, Assert.Single((await cluster.Trace(_project).ReadAsync().Bounded())!.Scores).Value);
    }

    private static EventScript Span(int i) =>
        new EventScript().At(i / 10.0).WithId($"e-{i}").Span(string.Create(CultureInfo.InvariantCulture, $"o-{i:000}"));

    private Task<AppendAck> AppendAsync(EventScript script) => cluster.AppendAsync(_project, script);

    private Task AttemptsAsync(int attempts) => cluster.Log.WhenAttemptedAsync(_project, attempts).Bounded();

    private Task DeactivateAsync() => cluster.Cluster.DeactivateAsync((IAddressable)cluster.Trace(_project)).Bounded();

    // A reference does not keep its observer alive; the test holds it by what it is told.
    private ITraceObserver NewObserver(out TraceObserver observer) =>
        cluster.Cluster.Client.CreateObjectReference<ITraceObserver>(observer = new TraceObserver());

    private async Task AssertStoredOnceAsync(int expected)
    {
        var ids = cluster.Log.Rows(_project).SelectMany(r => r.Events).Select(e => e.EventId).ToList();
        Assert.Equal(expected, ids.Count);
        Assert.Equal(expected, ids.Distinct().Count());
        var document = await cluster.Trace(_project).ReadAsync().Bounded();
        Assert.Equal(expected, document!.Observations.Count);
    }
}

/// <inheritdoc/>
public class TraceGrainOnOneSiloTests(OneSilo cluster) : TraceGrainTests(cluster), IClassFixture<OneSilo>;

/// <inheritdoc/>
public class TraceGrainOnTwoSilosTests(TwoSilos cluster) : TraceGrainTests(cluster), IClassFixture<TwoSilos>;
