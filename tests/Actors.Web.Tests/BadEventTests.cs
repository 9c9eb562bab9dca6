using System.Text;
using System.Text.Json;
using Actors.Grains.Pricing;
using Actors.Tracing;
using Actors.Web.Api;
using Actors.Web.Ingestion;

namespace Actors.Web.Tests;

/// <summary>A bad event gets an error that names the field, and its neighbour is accepted.</summary>
public sealed class BadEventTests
{
    [Theory]
    [InlineData("trace-create", """{"id":5}""", "id")]
    [InlineData("trace-create", """{"id":""}""", "id")]
    [InlineData("trace-create", """{"id":"a\u0000b"}""", "id")]
    [InlineData("trace-create", """{"id":"a\rb"}""", "id")]
    [InlineData("trace-create", """{"id":"\ud800"}""", "id")]
    [InlineData("trace-create", """{"id":"t","id":"t2"}""", "id")]
    [InlineData("trace-create", """{"id":"t","name":{}}""", "name")]
    [InlineData("trace-create", """{"id":"t","name":"\udc00x"}""", "name")]
    [InlineData("trace-create", """{"id":"t","userId":5}""", "userId")]
    [InlineData("trace-create", """{"id":"t","public":"yes"}""", "public")]
    [InlineData("trace-create", """{"id":"t","tags":"a"}""", "tags")]
    [InlineData("trace-create", """{"id":"t","tags":["a",5]}""", "tags")]
    [InlineData("trace-create", """{"id":"t","timestamp":"yesterday"}""", "timestamp")]
    [InlineData("trace-create", """{"id":"t","timestamp":1767607200}""", "timestamp")]
    [InlineData("trace-create", """{"id":"t","timestamp":"0000-01-01T00:00:00Z"}""", "timestamp")]
    [InlineData("trace-create", """{"id":"t","timestamp":"9999-12-31T23:59:59Z"}""", "timestamp")]
    [InlineData("trace-create", """{"id":"t","timestamp":"2026-02-30T00:00:00Z"}""", "timestamp")]
    [InlineData("trace-create", """{"id":"t","timestamp":"2026-01-05T10:00:00"}""", "timestamp")]
    [InlineData("trace-create", """{"id":"t","input":"\ud83d"}""", "input")]
    [InlineData("trace-create", """{"id":"t","input":{"a":["\ud83d"]}}""", "input")]
    [InlineData("trace-create", """{"id":"t","metadata":{"\udc00":1}}""", "metadata")]
    [InlineData("span-create", """{"traceId":"t"}""", "id")]
    [InlineData("span-create", """{"id":null,"traceId":"t"}""", "id")]
    [InlineData("span-create", """{"id":"s","traceId":5}""", "traceId")]
    [InlineData("span-create", """{"id":"s","level":"LOUD"}""", "level")]
    [InlineData("span-create", """{"id":"s","startTime":"x"}""", "startTime")]
    [InlineData("span-create", """{"id":"s","endTime":{}}""", "endTime")]
    [InlineData("generation-create", """{"id":"g","model":["m"]}""", "model")]
    [InlineData("generation-create", """{"id":"g","modelParameters":"x"}""", "modelParameters")]
    [InlineData("generation-create", """{"id":"g","usage":5}""", "usage")]
    [InlineData("generation-create", """{"id":"g","usage":{"input":1.5}}""", "usage")]
    [InlineData("generation-create", """{"id":"g","usage":{"input":-1}}""", "usage")]
    [InlineData("generation-create", """{"id":"g","usage":{"input":1,"unit":"PARSECS"}}""", "usage")]
    [InlineData("generation-create", """{"id":"g","usageDetails":[1]}""", "usageDetails")]
    [InlineData("generation-create", """{"id":"g","costDetails":{"total":1e16}}""", "costDetails")]
    [InlineData("generation-create", """{"id":"g","promptName":"p"}""", "promptName")]
    [InlineData("generation-create", """{"id":"g","promptVersion":1}""", "promptName")]
    [InlineData("generation-create", """{"id":"g","promptName":"p","promptVersion":1.5}""", "promptVersion")]
    [InlineData("observation-create", """{"id":"o"}""", "type")]
    [InlineData("observation-create", """{"id":"o","type":"AGENT"}""", "type")]
    [InlineData("score-create", """{"traceId":"t","value":1}""", "name")]
    [InlineData("score-create", """{"traceId":"t","name":"","value":1}""", "name")]
    [InlineData("score-create", """{"traceId":"t","name":"n"}""", "value")]
    [InlineData("score-create", """{"traceId":"t","name":"n","value":true}""", "value")]
    [InlineData("score-create", """{"traceId":"t","name":"n","value":1e999}""", "value")]
    [InlineData("score-create", """{"traceId":"t","name":"n","value":2,"dataType":"BOOLEAN"}""", "value")]
    [InlineData("score-create", """{"traceId":"t","name":"n","value":"x","dataType":"NUMERIC"}""", "value")]
    [InlineData("score-create", """{"traceId":"t","name":"n","value":1,"dataType":"CATEGORICAL"}""", "value")]
    [InlineData("score-create", """{"traceId":"t","name":"n","value":"","dataType":"TEXT"}""", "value")]
    [InlineData("score-create", """{"traceId":"t","name":"n","value":"x","dataType":"CORRECTION","configId":"c"}""", "value")]
    [InlineData("score-create", """{"traceId":"t","name":"n","value":1,"dataType":"VIBES"}""", "dataType")]
    [InlineData("score-create", """{"traceId":"t","name":"n","value":1,"source":"GUESS"}""", "source")]
    [InlineData("score-create", """{"sessionId":"s","observationId":"o","name":"n","value":1}""", "observationId")]
    [InlineData("score-create", """{"name":"n","value":1}""", "body")]
    [InlineData("score-create", """{"traceId":"t","sessionId":"s","name":"n","value":1}""", "body")]
    [InlineData("trace-create", "5", "body")]
    [InlineData("trace-create", "null", "body")]
    [InlineData("trace-create", "[[]]", "body")]
    [InlineData("trace-delete", "{}", "type")]
    [InlineData("dataset-run-item-create", "{}", "type")]
    public void A_bad_field_is_named_and_harms_no_neighbour(string type, string body, string field)
    {
        var error = Parsing.Refused(Parsing.Event(type, body));
        Assert.Equal(("e1", 400, "Invalid request data"), (error.Id, error.Status, error.Message));
        AssertNames(error.Error, field);
    }

    [Theory]
    [InlineData("""{"type":"trace-create","timestamp":"2026-01-05T10:00:00Z","body":{"id":"t"}}""", "unknown", "id")]
    [InlineData("""{"id":5,"type":"trace-create","timestamp":"2026-01-05T10:00:00Z","body":{"id":"t"}}""", "unknown", "id")]
    [InlineData("""{"id":"e","timestamp":"2026-01-05T10:00:00Z","body":{"id":"t"}}""", "e", "type")]
    [InlineData("""{"id":"e","type":{"a":[1]},"timestamp":"2026-01-05T10:00:00Z","body":{"id":"t"}}""", "e", "type")]
    [InlineData("""{"id":"e","type":"trace-create","body":{"id":"t"}}""", "e", "timestamp")]
    [InlineData("""{"id":"e","type":"trace-create","timestamp":"9999-01-05T10:00:00Z","body":{"id":"t"}}""", "e", "timestamp")]
    [InlineData("""{"id":"e","type":"trace-create","timestamp":"2026-01-05T10:00:00Z"}""", "e", "body")]
    [InlineData("""{"id":"e","id":"f","type":"trace-create","timestamp":"2026-01-05T10:00:00Z","body":{"id":"t"}}""", "e", "id")]
    [InlineData("""{"id":"e","type":"trace-create","timestamp":"2026-01-05T10:00:00Z","body":{"id":"t"},"body":{"id":"u"}}""", "e", "body")]
    [InlineData("5", "unknown", "")]
    [InlineData("null", "unknown", "")]
    [InlineData("""["batch"]""", "unknown", "")]
    public void A_bad_envelope_is_named_and_harms_no_neighbour(string refused, string id, string field)
    {
        var error = Parsing.Refused(refused);
        Assert.Equal((id, 400), (error.Id, error.Status));
        AssertNames(error.Error, field);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("traceId")]
    [InlineData("parentObservationId")]
    public void Ids_end_at_800_characters(string field)
    {
        string Body(int length) => field == "id"
            ? $$"""{"id":"{{new string('x', length)}}"}"""
            : $$"""{"id":"s","{{field}}":"{{new string('x', length)}}"}""";
        Assert.Empty(Parsing.Parse(Parsing.Batch(Parsing.Event("span-create", Body(800)))).Errors);
        AssertNames(Parsing.Refused(Parsing.Event("span-create", Body(801))).Error, field);
    }

    [Fact]
    public void Envelope_ids_end_at_800_characters()
    {
        var longId = new string('x', 801);
        var error = Parsing.Refused(Parsing.Event("trace-create", "{}", longId));
        Assert.Equal(longId, error.Id);
        AssertNames(error.Error, "id");
    }

    [Fact]
    public void Trace_names_end_at_1000_characters()
    {
        AssertNames(Parsing.Refused(Parsing.Event("trace-create", $$"""{"id":"t","name":"{{new string('x', 1001)}}"}""")).Error, "name");
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void Values_end_at_64_levels(int depth, bool accepted)
    {
        var body = $$"""{"id":"t","input":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        if (accepted)
        {
            Assert.Empty(Parsing.Parse(Parsing.Batch(Parsing.Event("trace-create", body))).Errors);
        }
        else
        {
            AssertNames(Parsing.Refused(Parsing.Event("trace-create", body)).Error, "input");
        }
    }

    [Fact]
    public void Metadata_that_became_an_object_can_still_be_read()
    {
        var deepest = new string('[', 64) + new string(']', 64);
        var (_, trace) = Parsing.One<TraceEvent>("trace-create", $$"""{"id":"t","metadata":{{deepest}}}""");
        Assert.Equal($$"""{"metadata":{{deepest}}}""", StoredJson.Metadata(trace.Metadata).Text);
    }

    [Fact]
    public void Broken_utf8_is_named_and_harms_no_neighbour()
    {
        foreach (var (field, body) in new[]
        {
            ("name", """{"id":"t","name":"?"}"""), ("input", """{"id":"t","input":["?"]}"""), ("id", """{"id":"?"}"""), ("tags", """{"id":"t","tags":["?"]}"""),
        })
        {
            var bytes = Encoding.UTF8.GetBytes(Parsing.Batch(Parsing.Event("trace-create", body), Parsing.Event("trace-create", """{"id":"neighbour"}""", "e2")));
            bytes[Array.IndexOf(bytes, (byte)'?')] = 0xC3;
            var batch = IngestionParser.Parse(bytes, PriceBooks.Current.AttributeKeys);
            Assert.Equal("t:neighbour", Assert.Single(batch.Streams).Stream.Value);
            AssertNames(Assert.Single(batch.Errors).Error, field);
        }
    }

    [Fact]
    public void Fields_that_an_event_type_does_not_have_are_ignored()
    {
        Assert.Empty(Parsing.Parse(Parsing.Batch(
            Parsing.Event("span-create", """{"id":"s","usage":5,"tags":7,"public":"x","value":{},"model":[],"promptName":"p"}"""),
            Parsing.Event("trace-create", """{"id":"t","level":"LOUD","startTime":5}"""))).Errors);
    }

    [Fact]
    public void Usage_of_countless_kinds_is_refused_in_time()
    {
        var kinds = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"k{i}\":1"));
        AssertNames(Parsing.Refused(Parsing.Event("generation-create", $$"""{"id":"g","usageDetails":{ {{kinds}} } }""")).Error, "usageDetails");
    }

    [Fact]
    public void A_batch_of_countless_events_is_refused()
    {
        var batch = Parsing.Parse($$"""{"batch":[{{string.Join(',', Enumerable.Repeat("{}", IngestionParser.MaxEvents + 1))}}]}""");
        Assert.NotNull(batch.Rejection);
    }

    private static void AssertNames(string? error, string field)
    {
        using var issues = JsonDocument.Parse(error!);
        var names = issues.RootElement.EnumerateArray().Select(i => i.GetProperty("path").EnumerateArray().LastOrDefault());
        Assert.Contains(field, names.Select(n => n.ValueKind == JsonValueKind.Undefined ? "" : n.GetString()));
    }
}
