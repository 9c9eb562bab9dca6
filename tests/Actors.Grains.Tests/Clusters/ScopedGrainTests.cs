using Actors.Grains.Live;
using Actors.Live;
using Actors.Testing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Clusters;

/// <summary>Sessions, users, prompts and filters are counted on their own while somebody looks, and always rightly.</summary>
public abstract class ScopedGrainTests(ActorCluster cluster)
{
    private readonly ProjectId _project = ActorCluster.NewProject();
    private readonly LiveChecks _live = new(cluster);

    private LiveScope Session(string id) => new(_project, LiveScopeKind.Session, id);

    private LiveScope Filter(string text) => LiveFilter.TryParse(text, out var filter) is { } problem
        ? throw new InvalidOperationException(problem.Message)
        : LiveScope.Of(_project, filter);

    [Fact]
    public async Task A_session_counts_its_traces_from_before_it_was_looked_at_and_after()
    {
        await AppendAsync(Call("before", 1, session: "chat-1"));
        await AppendAsync(Call("other", 1, session: "chat-2"));
        var first = await _live.SettleAsync(Session("chat-1"));
        Assert.Equal(1, Total(first, LiveWindows.AllTime).Traces);

        await AppendAsync(Call("after", 3, session: "chat-1"));
        await AppendAsync(Call("elsewhere", 3, session: "chat-2"));
        var second = await _live.SettleAsync(Session("chat-1"));
        Assert.Equal(2, Total(second, LiveWindows.AllTime).Traces);
        Assert.Equal(["after", "before"], second.Feed.Select(f => f.TraceId));
        Assert.Equal(new LiveSeen(At(1), At(5)), second.Seen);
    }

    [Fact]
    public async Task A_trace_that_moves_leaves_its_old_session_and_joins_the_new_one()
    {
        await AppendAsync(Call("t", 1, session: "old"));
        await _live.SettleAsync(Session("old"));
        await _live.SettleAsync(Session("new"));

        await AppendAsync(new EventScript("t").At(4).WithId("move").Trace(t => t with { SessionId = "new" }));

        Assert.Equal(0, Total(await _live.SettleAsync(Session("old")), LiveWindows.AllTime).Observations);
        var joined = await _live.SettleAsync(Session("new"));
        Assert.Equal(1, Total(joined, LiveWindows.AllTime).Observations);
        Assert.Equal(["t"], joined.Feed.Select(f => f.TraceId));
        Assert.Empty((await _live.SettleAsync(Session("old"))).Feed);
    }

    [Fact]
    public async Task A_session_counts_its_own_scores_and_those_that_come_before_their_trace()
    {
        await _live.SettleAsync(Session("chat"));
        var own = new ScoreEvent { EventId = "own", Timestamp = EventScript.Second(2), ScoreId = "own", Name = "mood", DataType = ScoreDataType.Categorical, StringValue = "happy" };
        await cluster.Cluster.Client.GetGrain<ITraceGrain>(GrainKey.ForStream(_project, StreamId.ForSession("chat")))
            .AppendAsync(new StreamAppend([own], cluster.Clock.GetUtcNow())).Bounded();
        await AppendAsync(new EventScript("late").At(3).WithId("early").Score("early", 0.5));
        Assert.Equal(["mood"], Names(await _live.SettleAsync(Session("chat"))));

        await AppendAsync(Call("late", 4, session: "chat"));
        Assert.Equal(["helpfulness", "mood"], Names(await _live.SettleAsync(Session("chat"))));

        static IEnumerable<string> Names(LiveSnapshot snapshot) => Total(snapshot, LiveWindows.AllTime).Scores.Select(s => s.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_prompt_is_counted_by_version()
    {
        var prompt = new LiveScope(_project, LiveScopeKind.Prompt, "answer");
        await AppendAsync(Call("one", 1, prompt: ("answer", 1)));
        await _live.SettleAsync(prompt);
        await AppendAsync(Call("two", 2, prompt: ("answer", 2)));
        await AppendAsync(Call("three", 3, prompt: ("greet", 1)));
        await AppendAsync(new EventScript("two").At(4).WithId("judged").Score("judged", 1, s => s with { ObservationId = "two-g", Source = ScoreSource.Eval }));

        var snapshot = await _live.SettleAsync(prompt);
        var versions = snapshot.Windows.Where(w => w.Window == LiveWindows.AllTime && w.Key.Dimension == LiveDimension.PromptVersion);
        Assert.Equal(
            [("answer@1", 1L, 0), ("answer@2", 1L, 1)],
            versions.Select(w => (w.Key.Value, w.Current.Requests, w.Current.Scores.Count)).Order());
    }

    [Fact]
    public async Task A_filter_becomes_a_series_while_traffic_flows()
    {
        var filter = Filter("env:production model:model-a user:u-1,u-2");
        var writing = WriteAsync();
        for (var i = 0; i < 5; i++)
        {
            await _live.Grain(filter).GetSnapshotAsync(LiveWindows.AllTime).Bounded();
        }

        await writing;
        Assert.Equal(20, Total(await _live.SettleAsync(filter), LiveWindows.AllTime).Requests);
        Assert.Equal(60, Total(await _live.SettleAsync(LiveScope.Of(_project)), LiveWindows.AllTime).Requests);
    }

    private async Task WriteAsync()
    {
        for (var i = 0; i < 60; i++)
        {
            await AppendAsync(Call($"t-{i}", i % 9, environment: i % 2 == 0 ? "production" : "staging", user: $"u-{i % 3}", id: i));
        }
    }

    [Fact]
    public async Task Actors_that_go_in_the_middle_of_traffic_lose_and_double_nothing()
    {
        var session = Session("chat");
        for (var i = 0; i < 24; i++)
        {
            await _live.Grain(session).GetSnapshotAsync(LiveWindows.None).Bounded();
            await AppendAsync(Call($"t-{i % 5}", i % 9, session: i % 3 == 0 ? "chat" : "other", id: i));
            if (i % 4 == 3)
            {
                var gone = i % 8 == 3 ? (IAddressable)_live.Grain(session) : cluster.Metrics(_project);
                await cluster.Cluster.DeactivateAsync(gone).Bounded();
            }
        }

        // The list of what is watched was lost with its actor; who reads next puts the session on it again.
        cluster.Clock.Advance(TimeSpan.FromSeconds(11));
        await _live.SettleAsync(session);
        await _live.SettleAsync(LiveScope.Of(_project));
    }

    [Fact]
    public async Task What_was_deleted_leaves_the_session()
    {
        await AppendAsync(Call("kept", 1, session: "chat"));
        await AppendAsync(Call("gone", 2, session: "chat"));
        await _live.SettleAsync(Session("chat"));

        await cluster.Trace(_project, "gone").DeleteAsync().Bounded();

        var left = await _live.SettleAsync(Session("chat"));
        Assert.Equal(["kept"], left.Feed.Select(f => f.TraceId));
        Assert.Equal(1, Total(left, LiveWindows.AllTime).Traces);
    }

    [Fact]
    public async Task A_trace_runs_until_it_ends_or_is_lost()
    {
        await AppendAsync(new EventScript("runs").At(1).Trace(t => t with { SessionId = "chat" }).Span("a"));
        await AppendAsync(new EventScript("stays").At(1).Trace(t => t with { SessionId = "chat" }).Span("b"));
        Assert.Equal(2, (await _live.SettleAsync(Session("chat"))).Running);

        await AppendAsync(new EventScript("runs").At(2).WithId("end").Update("a", o => o with { EndTime = EventScript.Second(2) }));
        await UntilRunningAsync(1);
        cluster.Clock.Advance(RunningTrace.Lease + TimeSpan.FromSeconds(1));
        await UntilRunningAsync(0);
        await AppendAsync(new EventScript("stays").At(3).WithId("news").Update("b", o => o with { Level = ObservationLevel.Warning }));
        await UntilRunningAsync(1);
    }

    [Fact]
    public async Task There_is_room_for_so_many_filters_and_no_more()
    {
        var project = ActorCluster.NewProject();
        for (var i = 0; i < LiveWatches.Max; i++)
        {
            await cluster.Metrics(project).WatchAsync(new LiveScope(project, LiveScopeKind.User, $"u-{i}")).Bounded();
        }

        var grain = _live.Grain(new LiveScope(project, LiveScopeKind.User, "one more"));
        await Assert.ThrowsAsync<LiveWatchesFullException>(() => grain.GetSnapshotAsync(LiveWindows.None).Bounded());
        Assert.False(await cluster.Metrics(project).WatchAsync(new LiveScope(project, LiveScopeKind.User, "u-0")).Bounded());

        cluster.Clock.Advance(WatchList.Lease + TimeSpan.FromSeconds(2));
        for (var asked = 0; ; asked++)
        {
            try
            {
                await grain.GetSnapshotAsync(LiveWindows.None).Bounded();
                break;
            }
            catch (LiveWatchesFullException) when (asked < 2_000)
            {
                await Task.Yield();
            }
        }
    }

    private async Task UntilRunningAsync(int running)
    {
        var told = 0;
        for (var asked = 0; asked < 2_000; asked++)
        {
            told = (await _live.Grain(Session("chat")).GetSnapshotAsync(LiveWindows.None).Bounded()).Running;
            if (told == running)
            {
                return;
            }

            await Task.Yield();
        }

        Assert.Equal(running, told);
    }

    private Task<AppendAck> AppendAsync(EventScript script) => cluster.AppendAsync(_project, script);

    private static long At(int second) => EventScript.Second(second).ToUnixTimeSeconds();

    private static LiveStats Total(LiveSnapshot snapshot, LiveWindows window) =>
        snapshot.Windows.Single(w => w.Window == window && w.Key == LiveSeriesKey.Total).Current;

    private static EventScript Call(
        string trace, int second, string? session = null, string? user = null, string environment = "default", (string Name, int Version)? prompt = null, int id = 0) =>
        new EventScript(trace)
            .At(second).WithId($"t-{id}").Trace(t => t with { Name = "chat", SessionId = session, UserId = user })
            .At(second).WithId($"g-{id}").Generation($"{trace}-g", g => g with
            {
                Model = "model-a",
                Environment = environment,
                PromptName = prompt?.Name,
                PromptVersion = prompt?.Version,
                Usage = [new("input", 10), new("output", 5), new("total", 15)],
                StartTime = EventScript.Second(second),
                EndTime = EventScript.Second(second + 2),
            });
}

/// <inheritdoc/>
public class ScopedGrainOnOneSiloTests(OneSilo cluster) : ScopedGrainTests(cluster), IClassFixture<OneSilo>;

/// <inheritdoc/>
public class ScopedGrainOnTwoSilosTests(TwoSilos cluster) : ScopedGrainTests(cluster), IClassFixture<TwoSilos>;
