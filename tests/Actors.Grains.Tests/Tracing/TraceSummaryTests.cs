using Actors.Testing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Tracing;

public class TraceSummaryTests
{
    [Fact]
    public void A_trace_sums_its_observations()
    {
        var summary = Folded.Of(new EventScript()
            .At(0).Trace().Score("s", 1)
            .At(1).Span("root", s => s with { EndTime = EventScript.Second(9), Level = ObservationLevel.Warning })
            .At(2).Generation("a", g => g with { EndTime = EventScript.Second(4), Model = "model-b", Usage = [new("input", 100), new("output", 10), new("total", 110)] })
            .At(3).Generation("b", g => g with { Model = "model-a", Usage = [new("input_cached", 5), new("total", 5)], Cost = [new("total", 0.5m)] })
            .At(4).Create("e", ObservationType.Event, e => e with { Level = ObservationLevel.Error })).Trace!.Summary;

        Assert.Equal((4, 1, 1, 1), (summary.Observations, summary.Running, summary.Errors, summary.Warnings));
        Assert.Equal((ObservationLevel.Error, 1), (summary.Level, summary.Scores));
        Assert.Equal(TimeSpan.FromSeconds(8), summary.Latency);
        Assert.Equal((105, 10, 115), (summary.InputTokens, summary.OutputTokens, summary.TotalTokens));
        Assert.Equal((100 * 0.002m) + (10 * 0.01m) + 0.5m, summary.CostUsd);
        Assert.Equal(["model-a", "model-b"], summary.Models);
    }

    [Fact]
    public void A_trace_without_observations_has_an_empty_summary() =>
        Assert.Equal(RecordText.Of(TraceSummary.Empty), RecordText.Of(Folded.Of(new EventScript().At(0).Trace()).Trace!.Summary));

    [Fact]
    public void Unknown_cost_is_not_free()
    {
        var script = new EventScript().At(0).Generation("g", g => g with { Model = "unpriced", Usage = [new("input", 1)] });

        Assert.Null(Folded.Of(script).Trace!.Summary.CostUsd);
        script.At(1).Generation("h", g => g with { Cost = [new("total", 0)] });
        Assert.Equal(0, Folded.Of(script).Trace!.Summary.CostUsd);
    }

    [Fact]
    public void The_latency_spans_what_has_ended_and_what_has_only_begun()
    {
        var script = new EventScript()
            .At(1).Span("a", s => s with { EndTime = EventScript.Second(2) })
            .At(7).Span("b");

        Assert.Equal(TimeSpan.FromSeconds(6), Folded.Of(script).Trace!.Summary.Latency);
    }

    [Fact]
    public void A_trace_that_nobody_described_is_known_by_its_observations()
    {
        var trace = Folded.Of(new EventScript()
            .At(2).Span("child", s => s with { ParentObservationId = "root", Name = "child", StartTime = EventScript.Second(0.5) })
            .At(3).Span("root", s => s with { Name = "root", StartTime = EventScript.Second(1), Environment = "staging" })).Trace!;

        Assert.Equal(("root", "default", EventScript.Second(0.5)), (trace.Name, trace.Environment, trace.Timestamp));
    }

    [Fact]
    public void A_stream_with_only_scores_is_no_trace()
    {
        var folded = Folded.Of(new EventScript().At(0).Score("s", 1));

        Assert.Null(folded.Trace);
        Assert.Single(folded.Scores);
    }

    [Fact]
    public void At_most_twenty_models_are_named()
    {
        var script = new EventScript();
        for (var i = 0; i < 25; i++)
        {
            script.Generation($"g-{i}", g => g with { Model = $"m-{i:00}" });
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"m-{i:00}"), Folded.Of(script).Trace!.Summary.Models);
    }

    [Fact]
    public void Created_and_updated_are_when_the_first_and_the_newest_row_was_received()
    {
        var first = new EventScript().At(0).Span("a").Events;
        var second = new EventScript().At(1).Span("b").Events;
        var folded = Folded.Of(LogRows.Of(LogSamples.Trace(), [new(EventScript.Second(50), 1, first), new(EventScript.Second(40), 1, second)]));

        Assert.Equal((EventScript.Second(40), EventScript.Second(50)), (folded.Trace!.CreatedAt, folded.Trace.UpdatedAt));
        Assert.Equal([EventScript.Second(50), EventScript.Second(40)], folded.Observations.Select(o => o.CreatedAt));
    }
}
