using Actors.Grains.Tests.Tracing;
using Actors.Grains.Tokens;
using Actors.Grains.Tracing;
using Actors.Testing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Tokens;

/// <summary>Which texts are counted before they are stored, and with what. "hello world" has two tokens everywhere.</summary>
public class TokenStamperTests
{
    private const string Text = "\"hello world\"";

    [Fact]
    public async Task The_vocabulary_of_a_known_model_is_enough()
    {
        var script = new EventScript().Generation("g", o => o with { Model = "model-a", Input = Text, Output = Text });
        var e = Assert.Single(await StampAsync(script));
        Assert.Equal([new("o200k", 2)], e.InputTokens);
        Assert.Equal([new("o200k", 2)], e.OutputTokens);
    }

    [Fact]
    public async Task The_model_may_be_said_by_another_event_or_be_known_already()
    {
        var together = new EventScript().Update("g", o => o with { Output = Text }).Generation("g", o => o with { Model = "model-b" });
        Assert.Equal([new("cl100k", 2)], (await StampAsync(together))[0].OutputTokens);

        var before = new EventScript().Generation("g", o => o with { Model = "model-b" });
        Assert.Equal([new("cl100k", 2)], (await StampAsync(new EventScript().Update("g", o => o with { Output = Text }), before))[0].OutputTokens);
    }

    [Fact]
    public async Task A_model_to_come_may_have_any_vocabulary()
    {
        var e = Assert.Single(await StampAsync(new EventScript().Update("g", o => o with { Output = Text })));
        Assert.Equal([new("o200k", 2), new("cl100k", 2)], e.OutputTokens);
        Assert.Null(e.InputTokens);
    }

    [Theory]
    [MemberData(nameof(Needless))]
    public async Task What_is_not_needed_is_not_counted(EventScript script, EventScript? before)
    {
        var events = script.Events;
        Assert.Same(events, await TokenStamper.StampAsync(events, before is null ? null : Fold(before), TestPrices.Books.Get(1)));
    }

    public static TheoryData<EventScript, EventScript?> Needless => new()
    {
        { new EventScript().Span("s", o => o with { Input = Text }), null },
        { new EventScript().Trace(t => t with { Input = Text }), null },
        { new EventScript().Generation("g", o => o with { Model = "unpriced", Input = Text }), null },
        { new EventScript().Generation("g", o => o with { Model = "model-a", Input = "\"\"", Output = "null" }), null },
        { new EventScript().Generation("g", o => o with { Model = "model-a", Input = Text, Usage = [new("input", 1)] }), null },
        { new EventScript().Generation("g", o => o with { Input = Text }).Update("g", o => o with { Cost = [new("total", 1)] }), null },
        { new EventScript().Update("g", o => o with { Output = Text }), new EventScript().Generation("g", o => o with { Usage = [new("input", 1)] }) },
        { new EventScript().Update("s", o => o with { Output = Text }), new EventScript().Span("s") },
    };

    [Fact]
    public async Task A_text_that_cannot_be_counted_is_marked()
    {
        var script = new EventScript().Generation("g", o => o with { Model = "model-a", Input = $"\"{new string('a', 5_000)}\"" });
        Assert.Equal([], Assert.Single(await StampAsync(script)).InputTokens!);
    }

    [Fact]
    public async Task A_usage_that_was_counted_does_not_stop_later_texts_from_being_counted()
    {
        var before = await StampAsync(new EventScript().Generation("g", o => o with { Model = "model-a", Input = Text }));
        var fold = TestPrices.Start(LogSamples.Trace(), LogText.Without);
        fold.Load(LogRows.Of(LogSamples.Trace(), [new Delivery(LogSamples.Noon, 1, [.. before])]));
        Assert.NotEmpty(fold.GetObservation("g")!.Usage);
        var later = new EventScript().At(1).Update("g", o => o with { Output = Text });
        Assert.NotNull(((ObservationEvent)(await TokenStamper.StampAsync(later.Events, fold, TestPrices.Books.Get(1)))[0]).OutputTokens);
    }

    private static async Task<List<ObservationEvent>> StampAsync(EventScript script, EventScript? before = null) =>
        [.. (await TokenStamper.StampAsync(script.Events, before is null ? null : Fold(before), TestPrices.Books.Get(1))).Cast<ObservationEvent>()];

    private static StreamFold Fold(EventScript script)
    {
        var fold = TestPrices.Start(script.Stream, LogText.Without);
        fold.Load(LogRows.Of(script, 1));
        return fold;
    }
}
