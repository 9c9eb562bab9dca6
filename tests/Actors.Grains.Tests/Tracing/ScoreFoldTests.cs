using Actors.Testing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Tracing;

public class ScoreFoldTests
{
    [Fact]
    public void The_same_id_updates_the_value_and_keeps_what_was_not_said()
    {
        var score = One(new EventScript()
            .At(1).Score("s", 0.2, s => s with { Comment = "why", Metadata = "{\"a\":1}", ObservationId = "o", Environment = "first", ConfigId = "c" })
            .At(2).Score("s", 0.9, s => s with { Name = "renamed", Environment = "second", ObservationId = "other" }));

        Assert.Equal((0.9, "renamed"), (score.Value, score.Name));
        Assert.Equal(("why", "{\"a\":1}", "c"), (score.Comment, score.Metadata, score.ConfigId));
        Assert.Equal(("first", "o", EventScript.Second(1)), (score.Environment, score.ObservationId, score.Timestamp));
    }

    [Fact]
    public void A_score_may_change_its_type()
    {
        var score = One(new EventScript()
            .At(1).Score("s", 1)
            .At(2).Score("s", 0, s => s with { DataType = ScoreDataType.Categorical, Value = null, StringValue = "good" }));

        Assert.Equal((ScoreDataType.Categorical, null, "good"), (score.DataType, score.Value, score.StringValue));
    }

    [Theory]
    [InlineData("t:x", "x", null, null)]
    [InlineData("s:x", null, "x", null)]
    [InlineData("r:x", null, null, "x")]
    public void A_score_belongs_to_what_its_stream_belongs_to(string stream, string? trace, string? session, string? run)
    {
        var events = new EventScript().At(1).Score("s", 1).Events;
        var score = Assert.Single(Folded.Of(LogRows.Of(StreamId.Parse(stream), [new(LogSamples.Noon, 1, events)])).Scores);

        Assert.Equal((trace, session, run), (score.TraceId, score.SessionId, score.DatasetRunId));
    }

    [Fact]
    public void A_value_that_is_not_finite_does_not_stop_the_fold()
    {
        var script = new EventScript().At(1).WithId("a").Score("s", double.NaN).WithId("a").Score("s", double.PositiveInfinity);

        Assert.True(double.IsNaN(One(script).Value!.Value) || double.IsInfinity(One(script).Value!.Value));
    }

    [Fact]
    public void A_deleted_score_is_gone_whatever_older_events_say_and_whenever_they_come()
    {
        var folded = Folded.Of(new EventScript()
            .At(0).Trace()
            .At(3).Score("s", 1)
            .At(3).DeleteScore("s")
            .At(2).Score("s", 2));

        Assert.Empty(folded.Scores);
        Assert.Equal(0, folded.Trace!.Summary.Scores);
    }

    [Fact]
    public void A_score_that_is_said_again_after_its_deletion_begins_anew()
    {
        var score = One(new EventScript()
            .At(1).Score("s", 0.2, s => s with { Comment = "why", ObservationId = "o", Environment = "first" })
            .At(2).DeleteScore("s")
            .At(4).Score("s", 0.9));

        Assert.Equal((0.9, null, null, "default"), (score.Value, score.Comment, score.ObservationId, score.Environment));
        Assert.Equal(EventScript.Second(4), score.Timestamp);
    }

    private static ScoreRecord One(EventScript script) => Assert.Single(Folded.Of(script).Scores);
}
