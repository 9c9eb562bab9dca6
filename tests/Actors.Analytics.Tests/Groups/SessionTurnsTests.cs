using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Groups;

/// <summary>One session, turn by turn.</summary>
public sealed class SessionTurnsTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestReadModel _model = null!;

    private static DateTimeOffset At(int second) => GroupTraffic.Start.AddSeconds(second);

    public async ValueTask InitializeAsync()
    {
        _model = new TestReadModel(_log);

        // The second turn is received first.
        await AppendTurnAsync("b", 20);
        await AppendTurnAsync("a", 10);
        await AppendTurnAsync("other", 15, "another");
        await _log.AppendAsync(StreamId.ForSession("talk"), At(60), GroupTraffic.Score("of-session", "solved", 1, ScoreSource.Annotation, At(60)));
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task Turns_are_the_traces_of_the_session_in_the_order_in_which_they_began()
    {
        var turns = await ReadAsync(new SessionTurnsQuery { SessionId = "talk" });

        Assert.Equal(["a", "b"], turns.Turns.Items.Select(t => t.Id));
        Assert.Equal(2, turns.Turns.TotalItems);
        Assert.Equal("\"question a\"", turns.Turns.Items[0].Input);
        Assert.Equal(TimeSpan.FromSeconds(3), turns.Turns.Items[0].Summary.Latency);
        Assert.Equal(["a-helpful", "b-helpful", "of-session-solved"], turns.Scores.Select(s => s.Id).Order(StringComparer.Ordinal));
        Assert.Equal([("answer", 2L), ("look-up", 2L)], turns.Names.Select(n => (n.Value, n.Count)));

        var second = await ReadAsync(new SessionTurnsQuery { SessionId = "talk", Offset = 1, Limit = 1, TextLimit = 0 });
        Assert.Equal("b", second.Turns.Items.Single().Id);
        Assert.Null(second.Turns.Items[0].Input);
        Assert.Equal(2, second.Turns.TotalItems);
    }

    [Fact]
    public async Task Only_what_changed_is_told_again()
    {
        var before = await ReadAsync(new SessionTurnsQuery { SessionId = "talk" });
        var since = new SessionTurnsQuery { SessionId = "talk", ChangedAfter = before.Watermark };
        Assert.Empty((await ReadAsync(since)).Turns.Items);

        await _log.AppendAsync(StreamId.ForTrace("a"), At(70), GroupTraffic.Score("late", "helpful", 0, ScoreSource.Api, At(70)));
        await AppendTurnAsync("c", 30);
        var after = await ReadAsync(since);

        Assert.Equal(["a", "c"], after.Turns.Items.Select(t => t.Id));
        Assert.Equal(3, after.Turns.TotalItems);
        Assert.Contains(after.Scores, s => s.Id == "late-helpful");
    }

    [Fact]
    public async Task The_texts_of_an_observation_can_stand_for_those_of_the_trace()
    {
        var turns = await ReadAsync(new SessionTurnsQuery { SessionId = "talk", Show = "look-up", TextLimit = 5 });

        Assert.Equal(["\"find", "\"find"], turns.Turns.Items.Select(t => t.Input));
        var none = await ReadAsync(new SessionTurnsQuery { SessionId = "talk", Show = "nothing" });
        Assert.All(none.Turns.Items, t => Assert.Null(t.Input));
    }

    [Fact]
    public async Task A_turn_that_hands_the_conversation_over_is_told()
    {
        Assert.Empty((await ReadAsync(new SessionTurnsQuery { SessionId = "talk" })).HandOvers);

        await _log.AppendAsync(
            StreamId.ForTrace("b"), At(70), GroupTraffic.Observation("b", "transfer_to_human", At(22), TimeSpan.Zero) with { Type = ObservationType.Tool });

        var turns = await ReadAsync(new SessionTurnsQuery { SessionId = "talk" });
        Assert.Equal([KeyValuePair.Create("b", "transfer_to_human")], turns.HandOvers);
    }

    [Fact]
    public async Task A_session_that_nothing_names_has_no_turns()
    {
        var turns = await ReadAsync(new SessionTurnsQuery { SessionId = "nobody" });

        Assert.Empty(turns.Turns.Items);
        Assert.Empty(turns.Scores);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAsync(new SessionTurnsQuery { SessionId = "talk", Limit = 0 }));
    }

    private Task<long> AppendTurnAsync(string id, int second, string session = "talk") => _log.AppendAsync(
        StreamId.ForTrace(id),
        At(second + 5),
        GroupTraffic.Trace(id, At(second), "u", session) with { Input = $"\"question {id}\"", Output = $"\"answer {id}\"" },
        GroupTraffic.Observation(id, "look-up", At(second), TimeSpan.FromSeconds(1)) with { Input = "\"find it\"" },
        GroupTraffic.Observation(id, "answer", At(second + 1), TimeSpan.FromSeconds(2)),
        GroupTraffic.Score(id, "helpful", 1, ScoreSource.Api, At(second + 4)));

    private Task<SessionTurns> ReadAsync(SessionTurnsQuery query) =>
        _model.Analytics.GetSessionTurnsAsync(TestLog.Project, query, TestContext.Current.CancellationToken);
}
