using System.Text.Json;
using Actors.Pricing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Pricing;

/// <summary>Each case is the JSON that a client sends and the entries that remain, written as <c>key=units</c>.</summary>
public class UsageShapesTests
{
    [Theory]
    // The chat shape.
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}""", "input=10 output=5 total=15")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":1},"completion_tokens_details":{"reasoning_tokens":3}}""", "input=5 output=2 total=15 input_cached_tokens=4 input_audio_tokens=1 output_reasoning_tokens=3")]
    [InlineData("""{"prompt_tokens":3,"completion_tokens":5,"total_tokens":8,"prompt_tokens_details":{"a":2,"b":2}}""", "input=0 output=5 total=8 input_a=2 input_b=2")]
    [InlineData("""{"prompt_tokens":3,"completion_tokens":5,"total_tokens":8,"prompt_tokens_details":null,"completion_tokens_details":{"x":null}}""", "input=3 output=5 total=8")]
    // The Responses shape.
    [InlineData("""{"input_tokens":10,"output_tokens":5,"total_tokens":15,"input_tokens_details":{"cached_tokens":4},"output_tokens_details":{"reasoning_tokens":5}}""", "input=6 output=0 total=15 input_cached_tokens=4 output_reasoning_tokens=5")]
    // Nearly one of them: the free map, which drops objects.
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5}""", "prompt_tokens=10 completion_tokens=5")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"extra":1}""", "prompt_tokens=10 completion_tokens=5 total_tokens=15 extra=1")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":1.5}}""", "prompt_tokens=10 completion_tokens=5 total_tokens=15")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":7}""", "prompt_tokens=10 completion_tokens=5 total_tokens=15 prompt_tokens_details=7")]
    [InlineData("""{"prompt_tokens":"10","completion_tokens":5,"total_tokens":15}""", "prompt_tokens=10 completion_tokens=5 total_tokens=15")]
    [InlineData("""{"input_tokens":1,"output_tokens":2,"total_tokens":3,"prompt_tokens_details":{"a":1}}""", "input_tokens=1 output_tokens=2 total_tokens=3")]
    // The free map.
    [InlineData("""{"input":1,"output":2,"my_key":3}""", "input=1 output=2 my_key=3")]
    [InlineData("""{"a":1.5,"b":-1,"c":true,"d":null,"e":[1],"f":{"g":1},"h":"x","i":"1.5","j":"-2","k":1e400}""", "")]
    [InlineData("""{"a":"12","b":" 7 ","c":2.0,"d":1e3}""", "a=12 b=7 c=2 d=1000")]
    [InlineData("""{"a":9007199254740991,"b":9007199254740992,"c":99999999999999999999}""", "a=9007199254740991")]
    [InlineData("""{"a":1,"a":2}""", "a=2")]
    [InlineData("""{"a\ud800":1,"b":"\udc00","c":3}""", "c=3")]
    [InlineData("""{}""", "")]
    [InlineData("""[1]""", "")]
    [InlineData("""null""", "")]
    public void Usage_details_are_read_in_every_shape(string json, string expected) =>
        Assert.Equal(expected, Text(UsageShapes.Details(Nodes(json))));

    [Fact]
    public void A_list_keeps_a_bounded_number_of_entries()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"k{i}\":1")) + "}";
        Assert.Equal(UsageRules.MaxEntries, UsageShapes.Details(Nodes(json)).Count);
        Assert.Equal(UsageRules.MaxEntries, UsageShapes.Costs(Nodes(json)).Count);
    }

    [Fact]
    public void Values_that_are_not_JSON_follow_the_same_rules()
    {
        UsageNode[] nodes =
        [
            UsageNode.Of("a", 3.0), UsageNode.Of("b", double.NaN), UsageNode.Of("c", double.PositiveInfinity), UsageNode.Of("d", 0.5),
            UsageNode.Of("e", 4), UsageNode.OfNull("f"), UsageNode.OfOther("g"), UsageNode.Of("h", [UsageNode.Of("i", 1)]),
        ];
        Assert.Equal("a=3 e=4", Text(UsageShapes.Details(nodes)));
    }

    [Theory]
    [InlineData("""{"input":0.1,"output":2,"total":1e-7}""", "input=0.1 output=2 total=0.0000001")]
    [InlineData("""{"a":-1,"b":"1","c":null,"d":1e300,"e":1e13,"f":{"g":1},"h":0}""", "h=0")]
    [InlineData("""{"a":0.12345678901251}""", "a=0.123456789013")]
    public void Cost_details_keep_non_negative_numbers(string json, string expected) =>
        Assert.Equal(expected, string.Join(' ', UsageShapes.Costs(Nodes(json)).Select(entry => FormattableString.Invariant($"{entry.Key}={entry.CostUsd}"))));

    [Fact]
    public void Legacy_usage_is_read_in_both_shapes()
    {
        Assert.Equal(
            new LegacyUsage { Input = 1, Output = 2, Total = 3, Unit = "CHARACTERS", InputCost = 0.5m, OutputCost = 1, TotalCost = 1.5m },
            Legacy("""{"input":1,"output":2,"total":3,"unit":"CHARACTERS","inputCost":0.5,"outputCost":1,"totalCost":1.5,"other":[]}"""));
        Assert.Equal(
            new LegacyUsage { Input = 1, Output = 2, Total = 3, Unit = "TOKENS" },
            Legacy("""{"promptTokens":1,"completionTokens":2,"totalTokens":3}"""));
        Assert.Equal(new LegacyUsage { Input = 4 }, Legacy("""{"input":4,"output":null,"total":-1}"""));
        Assert.Null(Legacy("{}"));
    }

    [Theory]
    [InlineData("""{"input":1.5}""", "usage.input")]
    [InlineData("""{"input":1,"output":"2"}""", "usage.output")]
    [InlineData("""{"total":[]}""", "usage.total")]
    [InlineData("""{"promptTokens":true}""", "usage.promptTokens")]
    [InlineData("""{"promptTokens":1,"totalTokens":{}}""", "usage.totalTokens")]
    public void A_legacy_count_that_is_no_integer_refuses_the_event(string json, string message)
    {
        Assert.False(UsageShapes.TryLegacy(Nodes(json), out var usage, out var error));
        Assert.Null(usage);
        Assert.StartsWith(message, error, StringComparison.Ordinal);
    }

    private static LegacyUsage? Legacy(string json)
    {
        Assert.True(UsageShapes.TryLegacy(Nodes(json), out var usage, out var error), error);
        return usage;
    }

    private static UsageNode[] Nodes(string json)
    {
        using var document = JsonDocument.Parse(json);
        return UsageJson.Read(document.RootElement);
    }

    internal static string Text(IEnumerable<UsageEntry> usage) =>
        string.Join(' ', usage.Select(entry => FormattableString.Invariant($"{entry.Key}={entry.Units}")));
}
