using System.Text.Json;
using Actors.Testing;
using Actors.Web.Otlp;

namespace Actors.Web.Tests;

public sealed class InstrumentationTests
{
    public static TheoryData<string> Names => Instrumentations.Names;

    [Theory, MemberData(nameof(Names))]
    public void Spans_of_every_library_become_the_observations_they_mean(string name)
    {
        var (span, expected) = Instrumentations.All[name];

        Assert.Equal(expected, span.Summary());
    }

    [Theory, MemberData(nameof(Names))]
    public void The_binary_form_of_a_span_gives_the_same_events(string name)
    {
        var (span, _) = Instrumentations.All[name];

        // An event id names the bytes that were sent; all else must be the same.
        Assert.Equal(
            EventEquality.Print(span.Map().Select(e => e with { EventId = "" })),
            EventEquality.Print(SpanSample.Map(OtlpProtobuf.Read(span.ToProtobuf())).Select(e => e with { EventId = "" })));
    }

    [Theory]
    [InlineData("langfuse.observation.metadata.a")]
    [InlineData("gen_ai.prompt.a.b.c")]
    public void What_is_built_of_deep_values_can_still_be_read(string attribute)
    {
        var deepest = new string('[', 64) + new string(']', 64);
        var observation = SpanSample.Of("openai", "chat", $$"""{"{{attribute}}":"{{deepest}}"}""").Observation();

        foreach (var json in new[] { observation.Metadata, observation.Input }.OfType<string>())
        {
            using var document = JsonDocument.Parse(json);
        }

        Assert.Contains(deepest, observation.Metadata + observation.Input, StringComparison.Ordinal);
    }
}
