using Actors.Tracing;

namespace Actors.Web.Tests;

public sealed class UsageShapesTests
{
    [Theory]
    [InlineData("""{"input":1,"output":2}""", "input 1, output 2, total 3")]
    [InlineData("""{"input":1,"output":2,"total":9}""", "input 1, output 2, total 9")]
    [InlineData("""{"input":1,"output":2,"total":0}""", "input 1, output 2, total 3")]
    [InlineData("""{"input":4}""", "input 4, total 4")]
    [InlineData("""{"total":4}""", "total 4")]
    [InlineData("""{"promptTokens":1,"completionTokens":2,"totalTokens":3}""", "input 1, output 2, total 3")]
    [InlineData("""{"promptTokens":1,"completionTokens":null}""", "input 1, total 1")]
    [InlineData("""{"prompt_tokens":5,"completion_tokens":6,"total_tokens":11}""", "input 5, output 6, total 11")]
    [InlineData("""{"input":12.0}""", "input 12, total 12")]
    [InlineData("{}", "")]
    public void The_deprecated_usage_is_understood(string usage, string expected) => AssertUsage("\"usage\":" + usage, expected);

    [Theory]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":6,"total_tokens":16}""", "input 10, output 6, total 16")]
    [InlineData(
        """{"prompt_tokens":10,"completion_tokens":6,"total_tokens":16,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":null},"completion_tokens_details":{"reasoning_tokens":9}}""",
        "input_cached_tokens 4, input 6, output_reasoning_tokens 9, output 0, total 16")]
    [InlineData(
        """{"input_tokens":10,"output_tokens":6,"total_tokens":16,"input_tokens_details":{"cached_tokens":4},"output_tokens_details":null}""",
        "input_cached_tokens 4, input 6, output 6, total 16")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":6}""", "prompt_tokens 10, completion_tokens 6, total 16")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":6,"total_tokens":16,"extra":1}""", "prompt_tokens 10, completion_tokens 6, total_tokens 16, extra 1, total 33")]
    [InlineData("""{"input":3,"images":"7","ratio":0.5,"debt":-1,"flag":true,"none":null,"text":"x","list":[1]}""", "input 3, images 7, total 10")]
    [InlineData("""{"a":9223372036854775807,"b":9223372036854775807}""", "a 9223372036854775807, b 9223372036854775807, total 9223372036854775807")]
    public void The_shapes_of_providers_and_free_maps_are_understood(string details, string expected) =>
        AssertUsage("\"usageDetails\":" + details, expected);

    [Fact]
    public void Details_win_over_the_deprecated_usage() =>
        AssertUsage("\"usage\":{\"input\":1,\"output\":2},\"usageDetails\":{\"input\":5}", "input 5, output 2, total 3");

    [Theory]
    [InlineData("\"costDetails\":{\"input\":0.1,\"output\":2,\"bad\":-1,\"text\":\"1\",\"none\":null}", "input 0.1, output 2")]
    [InlineData("\"costDetails\":{\"total\":0.0000000000005}", "total 0")]
    [InlineData("\"costDetails\":{\"total\":0.0000000000015}", "total 0.000000000002")]
    [InlineData("\"costDetails\":{}", "")]
    [InlineData("\"usage\":{\"input\":1,\"inputCost\":0.5,\"outputCost\":0.25,\"totalCost\":0.75}", "input 0.5, output 0.25, total 0.75")]
    [InlineData("\"usage\":{\"input\":1,\"totalCost\":0.75},\"costDetails\":{\"total\":1}", "total 1")]
    public void Costs_are_taken_over_exactly_to_12_decimals(string body, string expected)
    {
        var cost = Parsing.One<ObservationEvent>("generation-create", $$"""{"id":"g",{{body}}}""").Event.Cost;
        Assert.Equal(expected, string.Join(", ", cost.Select(c => FormattableString.Invariant($"{c.Key} {c.CostUsd / 1.000000000000000m}"))));
    }

    private static void AssertUsage(string body, string expected)
    {
        var usage = Parsing.One<ObservationEvent>("generation-create", $$"""{"id":"g",{{body}}}""").Event.Usage;
        Assert.Equal(expected, string.Join(", ", usage.Select(u => $"{u.Key} {u.Units}")));
    }
}
