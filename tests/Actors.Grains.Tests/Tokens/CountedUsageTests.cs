using Actors.Grains.Tests.Tracing;
using Actors.Testing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Tokens;

/// <summary>What the fold makes of counts. In these prices model-a (o200k) costs 0.001 for input and 0.005 for output.</summary>
public class CountedUsageTests
{
    [Fact]
    public void A_call_whose_caller_said_nothing_has_the_usage_of_its_texts()
    {
        var call = Folded.Of(Call("model-a", [new("o200k", 10)], [new("o200k", 20)])).Observations.Single();
        Assert.Equal([new("input", 10), new("output", 20), new("total", 30)], call.Usage);
        Assert.Equal(10 * 0.001m + 20 * 0.005m, call.Cost.TotalUsd);
    }

    [Fact]
    public void Messages_and_names_count_as_the_model_says()
    {
        var chat = Folded.Of(Call("model-a", [new("o200k", 10, Messages: 2, Names: 1)], null)).Observations.Single();
        Assert.Equal([new("input", 10 + 2 * 3 + 1 + 3), new("total", 20)], chat.Usage);
        Assert.Empty(Folded.Of(Call("model-b", [new("cl100k", 10, Messages: 2)], null)).Observations.Single().Usage);
    }

    [Fact]
    public void The_counts_of_the_text_that_won_are_taken_and_those_of_the_model_that_won()
    {
        var script = new EventScript()
            .At(0).Update("g", o => o with { OutputTokens = [new("o200k", 5), new("cl100k", 6)] })
            .At(1).Generation("g", o => o with { InputTokens = [new("o200k", 1), new("cl100k", 2)] })
            .At(2).Update("g", o => o with { OutputTokens = [new("o200k", 7), new("cl100k", 8)], Model = "model-b" });
        Assert.Equal([new("input", 2), new("output", 8), new("total", 10)], Folded.Of(script).Observations.Single().Usage);
    }

    [Theory]
    [MemberData(nameof(Uncounted))]
    public void Half_a_count_is_none(EventScript script)
    {
        var call = Folded.Of(script).Observations.Single();
        Assert.Empty(call.Usage);
        Assert.Null(call.Cost.TotalUsd);
    }

    public static TheoryData<EventScript> Uncounted =>
    [
        Call("model-a", [new("o200k", 10)], []),
        Call("model-a", [new("cl100k", 10)], [new("o200k", 10)]),
        Call("model-a", null, null),
        Call("unpriced", [new("o200k", 10)], null),
        Call("model-a", [new("o200k", 10)], null).At(1).Update("g", o => o with { Level = ObservationLevel.Error }),
        Call("model-a", [new("o200k", 10)], null).At(1).Update("g", o => o with { InputTokens = [] }),
    ];

    [Fact]
    public void What_was_said_stands()
    {
        var used = Folded.Of(Call("model-a", [new("o200k", 10)], null).At(1).Update("g", o => o with { Usage = [new("input", 3), new("total", 3)] }));
        Assert.Equal([new("input", 3), new("total", 3)], used.Observations.Single().Usage);
        var paid = Folded.Of(Call("model-a", [new("o200k", 10)], null).At(1).Update("g", o => o with { Cost = [new("total", 3)] }));
        Assert.Empty(paid.Observations.Single().Usage);
        Assert.Equal(3m, paid.Observations.Single().Cost.TotalUsd);
    }

    private static EventScript Call(string model, IReadOnlyList<TokenCount>? input, IReadOnlyList<TokenCount>? output) =>
        new EventScript().Generation("g", o => o with { Model = model, InputTokens = input, OutputTokens = output });
}
