using Actors.Grains.Pricing;
using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Web.Tests;

public sealed class IngestionParserTests
{
    [Fact]
    public void A_trace_is_read_with_all_its_fields()
    {
        var (stream, trace) = Parsing.One<TraceEvent>("trace-create", """
            {"id":"t1","timestamp":"2026-01-05T11:00:00+02:00","name":"n","input":{"a":1},"output":[1, 2],"metadata":{"k":{"x":1}},
             "userId":"u","sessionId":"s","environment":"Prod","release":"r","version":"v","public":true,"tags":["b","a"],"externalId":"x","surplus":{"y":[]}}
            """);

        Assert.Equal("t:t1", stream.Value);
        Assert.Equal(("e1", Parsing.At), (trace.EventId, trace.Timestamp));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), trace.StartedAt);
        Assert.Equal(("n", "u", "s", "prod", "r", "v"), (trace.Name, trace.UserId, trace.SessionId, trace.Environment, trace.Release, trace.Version));
        Assert.True(trace.Public);
        Assert.Equal(["b", "a"], trace.Tags);
        Assert.Equal(("""{"a":1}""", "[1, 2]", """{"k":{"x":1}}"""), (trace.Input, trace.Output, trace.Metadata));
        Assert.Equal(ClearedFields.None, trace.Cleared);
    }

    [Fact]
    public void A_trace_without_a_timestamp_began_when_its_event_says()
    {
        Assert.Equal(Parsing.At, Parsing.One<TraceEvent>("trace-create", """{"id":"t1"}""").Event.StartedAt);
    }

    [Fact]
    public void A_trace_without_an_id_gets_the_same_one_each_time()
    {
        var first = Parsing.One<TraceEvent>("trace-create", "{}").Stream;
        Assert.Equal(first, Parsing.One<TraceEvent>("trace-create", """{"id":null}""").Stream);
        Assert.True(Guid.TryParse(first.Id, out _));
    }

    [Fact]
    public void Nulls_clear_the_fields_that_a_null_overwrites_and_no_others()
    {
        const string Nulls = """
            "name":null,"userId":null,"sessionId":null,"release":null,"version":null,"level":null,"model":null,"statusMessage":null,
            "parentObservationId":null,"endTime":null,"completionStartTime":null,"modelParameters":null,"metadata":null,"input":null,
            "output":null,"tags":null,"public":null,"usage":null,"usageDetails":null,"costDetails":null,"environment":null,
            "promptName":null,"promptVersion":null,"startTime":null,"timestamp":null,"traceId":null
            """;
        var trace = Parsing.One<TraceEvent>("trace-create", $$"""{"id":"t1",{{Nulls}}}""").Event;
        Assert.Equal(
            ClearedFields.Name | ClearedFields.UserId | ClearedFields.SessionId | ClearedFields.Release | ClearedFields.Version, trace.Cleared);
        var (stream, generation) = Parsing.One<ObservationEvent>("generation-update", $$"""{"id":"g1",{{Nulls}}}""");
        Assert.Equal("t:g1", stream.Value);
        Assert.Equal(ClearedFields.Name | ClearedFields.Level | ClearedFields.Model, generation.Cleared);
        Assert.Equal(ClearedFields.Name | ClearedFields.Level, Parsing.One<ObservationEvent>("span-update", $$"""{"id":"g1",{{Nulls}}}""").Event.Cleared);
    }

    [Theory]
    [InlineData("span-create", ObservationType.Span, true)]
    [InlineData("span-update", ObservationType.Span, false)]
    [InlineData("event-create", ObservationType.Event, true)]
    [InlineData("generation-create", ObservationType.Generation, true)]
    [InlineData("generation-update", ObservationType.Generation, false)]
    [InlineData("agent-create", ObservationType.Agent, true)]
    [InlineData("tool-create", ObservationType.Tool, true)]
    [InlineData("chain-create", ObservationType.Chain, true)]
    [InlineData("retriever-create", ObservationType.Retriever, true)]
    [InlineData("evaluator-create", ObservationType.Evaluator, true)]
    [InlineData("embedding-create", ObservationType.Embedding, true)]
    [InlineData("guardrail-create", ObservationType.Guardrail, true)]
    public void Every_observation_type_is_read(string eventType, ObservationType type, bool isCreate)
    {
        var (stream, observation) = Parsing.One<ObservationEvent>(eventType, """
            {"id":"o1","traceId":"t1","name":"n","startTime":"2026-01-05T10:00:01Z","endTime":"2026-01-05T10:00:02.5Z","level":"WARNING",
             "statusMessage":"m","parentObservationId":"p","version":"v","environment":"e","model":"gpt-4o","input":"in","output":"out"}
            """);
        Assert.Equal("t:t1", stream.Value);
        Assert.Equal((type, isCreate, "o1", "p"), (observation.Type, observation.IsCreate, observation.ObservationId, observation.ParentObservationId));
        Assert.Equal((ObservationLevel.Warning, "m", "v", "e"), (observation.Level, observation.StatusMessage, observation.Version, observation.Environment));
        Assert.Equal(("\"in\"", "\"out\""), (observation.Input, observation.Output));
        Assert.Equal(type == ObservationType.Event ? null : TimeSpan.FromSeconds(1.5), observation.EndTime - observation.StartTime);
        Assert.Equal(type is ObservationType.Span or ObservationType.Event ? null : "gpt-4o", observation.Model);
    }

    [Fact]
    public void A_generation_is_read_with_model_usage_cost_and_prompt()
    {
        var generation = Parsing.One<ObservationEvent>("generation-create", """
            {"id":"g1","traceId":"t1","completionStartTime":"2026-01-05T10:00:01Z","model":"m","modelParameters":{"temperature":0.2,"service_tier":"flex"},
             "usage":{"input":1,"output":2,"unit":"CHARACTERS"},"usageDetails":{"input":3,"cached":4},"costDetails":{"total":0.0000123},
             "promptName":"p","promptVersion":7,"metadata":{"service_tier":"priority","other":"x"}}
            """).Event;
        Assert.Equal(("m", "p", 7, "CHARACTERS"), (generation.Model, generation.PromptName, generation.PromptVersion, generation.UsageUnit));
        Assert.Equal([new("input", 3), new("cached", 4), new("output", 2), new("total", 3)], generation.Usage);
        Assert.Equal([new CostEntry("total", 0.0000123m)], generation.Cost);
        Assert.Equal("""{"temperature":0.2,"service_tier":"flex"}""", generation.ModelParameters);
        Assert.Equal(
            [
                new(PricingAttributeSource.ModelParameters, "service_tier", "flex"),
                new(PricingAttributeSource.Metadata, "service_tier", "priority"),
            ],
            generation.PricingAttributes);
    }

    [Theory]
    [InlineData("GENERATION", ObservationType.Generation)]
    [InlineData("SPAN", ObservationType.Span)]
    [InlineData("EVENT", ObservationType.Event)]
    public void Legacy_observations_name_their_type_and_may_lack_an_id(string name, ObservationType type)
    {
        var (stream, observation) = Parsing.One<ObservationEvent>("observation-create", $$"""{"type":"{{name}}"}""");
        Assert.Equal(type, observation.Type);
        Assert.Equal(stream.Id, observation.ObservationId);
        Assert.False(Parsing.One<ObservationEvent>("observation-update", $$"""{"id":"o","type":"{{name}}"}""").Event.IsCreate);
    }

    [Fact]
    public void An_observation_without_a_trace_gets_one_of_its_own_id()
    {
        Assert.Equal("t:s1", Parsing.One<ObservationEvent>("span-create", """{"id":"s1"}""").Stream.Value);
    }

    [Theory]
    [InlineData("\"traceId\":\"t1\"", "t:t1")]
    [InlineData("\"sessionId\":\"s1\"", "s:s1")]
    [InlineData("\"datasetRunId\":\"r1\"", "r:r1")]
    [InlineData("\"traceId\":\"t1\",\"sessionId\":null", "t:t1")]
    public void Scores_go_to_what_they_score(string target, string stream)
    {
        Assert.Equal(stream, Parsing.One<ScoreEvent>("score-create", $$"""{"name":"n","value":1,{{target}}}""").Stream.Value);
    }

    [Theory]
    [InlineData("\"value\":0.5", ScoreDataType.Numeric, 0.5, null)]
    [InlineData("\"value\":\"good\"", ScoreDataType.Categorical, null, "good")]
    [InlineData("\"value\":1,\"dataType\":\"BOOLEAN\"", ScoreDataType.Boolean, 1.0, null)]
    [InlineData("\"value\":\"x\",\"dataType\":\"TEXT\"", ScoreDataType.Text, null, "x")]
    [InlineData("\"value\":\"x\",\"dataType\":\"CORRECTION\"", ScoreDataType.Correction, null, "x")]
    public void Scores_have_a_value_of_their_type(string value, ScoreDataType type, double? number, string? text)
    {
        var score = Parsing.One<ScoreEvent>("score-create", $$"""{"id":"s","name":"n","traceId":"t","metadata":{"a":1},"comment":"c",{{value}}}""").Event;
        Assert.Equal((type, number, text), (score.DataType, score.Value, score.StringValue));
        Assert.Equal(("s", "c", """{"a":1}"""), (score.ScoreId, score.Comment, score.Metadata));
        Assert.Equal(type == ScoreDataType.Correction ? "output" : "n", score.Name);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("0")]
    [InlineData("-0.0e5")]
    [InlineData("false")]
    [InlineData("null")]
    public void Values_that_say_nothing_count_as_absent(string value)
    {
        var trace = Parsing.One<TraceEvent>("trace-create", $$"""{"id":"t","input":{{value}},"output":{{value}}}""").Event;
        Assert.Null(trace.Input);
        Assert.Null(trace.Output);
    }

    [Theory]
    [InlineData("5", """{"metadata":5}""")]
    [InlineData("\"x\"", """{"metadata":"x"}""")]
    [InlineData("[1]", """{"metadata":[1]}""")]
    [InlineData("false", """{"metadata":false}""")]
    [InlineData("{}", "{}")]
    [InlineData("null", null)]
    public void Metadata_is_always_an_object(string value, string? expected)
    {
        Assert.Equal(expected, Parsing.One<TraceEvent>("trace-create", $$"""{"id":"t","metadata":{{value}}}""").Event.Metadata);
    }

    [Fact]
    public void The_order_of_properties_does_not_matter()
    {
        var batch = Parsing.Parse($$"""{"metadata":{"batch":[5]},"batch":[{"body":{"name":"n","id":"t1"},"timestamp":"{{Parsing.Time}}","id":"e1","type":"trace-create"}]}""");
        Assert.Equal("n", Assert.IsType<TraceEvent>(Assert.Single(Assert.Single(batch.Streams).Events)).Name);
    }

    [Fact]
    public void Escaped_names_and_texts_are_understood()
    {
        var trace = Parsing.One<TraceEvent>("trace-create", """{"\u0069d":"t\u00e4","name":"\ud83d\ude00","input":"\ud83d\ude00"}""");
        Assert.Equal(("t:tä", "😀"), (trace.Stream.Value, trace.Event.Name));
        Assert.Equal("\"\\ud83d\\ude00\"", trace.Event.Input);
    }

    [Fact]
    public void Events_stay_in_their_order_of_arrival_per_stream()
    {
        var batch = Parsing.Parse(Parsing.Batch(
            Parsing.Event("span-create", """{"id":"a","traceId":"t1"}""", "1"),
            Parsing.Event("span-create", """{"id":"b","traceId":"t2"}""", "2"),
            Parsing.Event("span-create", """{"id":"c","traceId":"t1"}""", "3")));
        Assert.Equal(["t:t1", "t:t2"], batch.Streams.Select(s => s.Stream.Value));
        Assert.Equal(["1", "3"], batch.Streams[0].Events.Select(e => e.EventId));
    }

    [Fact]
    public void A_public_key_sends_scores_only()
    {
        var batch = Parsing.Parse(
            Parsing.Batch(
                Parsing.Event("score-create", """{"name":"n","value":1,"traceId":"t"}""", "1"),
                Parsing.Event("trace-create", """{"id":"t"}""", "2"),
                Parsing.Event("sdk-log", """{"log":1}""", "3")),
            IngestionAccess.ScoresOnly);
        Assert.Equal("1", Assert.Single(Assert.Single(batch.Streams).Events).EventId);
        var error = Assert.Single(batch.Errors);
        Assert.Equal(("2", 401, "Authentication error"), (error.Id, error.Status, error.Message));
    }

    [Theory]
    [InlineData(IngestionAccess.All)]
    [InlineData(IngestionAccess.ScoresOnly)]
    public void A_log_event_is_in_neither_list_unless_its_envelope_is_wrong(IngestionAccess access)
    {
        var fine = Parsing.Parse(Parsing.Batch(Parsing.Event("sdk-log", """{"log":{"a":[1]},"id":"x"}""")), access);
        Assert.Empty(fine.Streams);
        Assert.Empty(fine.Errors);

        var wrong = Parsing.Parse("""{"batch":[{"id":"e1","type":"sdk-log","timestamp":"now","body":{"log":1}}]}""", access);
        Assert.Equal(("e1", 400, "Invalid request data"), wrong.Errors.Select(e => (e.Id, e.Status, e.Message)).Single());
    }

    [Theory]
    [InlineData("agent-create", ObservationType.Agent)]
    [InlineData("tool-create", ObservationType.Tool)]
    [InlineData("chain-create", ObservationType.Chain)]
    [InlineData("retriever-create", ObservationType.Retriever)]
    [InlineData("evaluator-create", ObservationType.Evaluator)]
    [InlineData("embedding-create", ObservationType.Embedding)]
    [InlineData("guardrail-create", ObservationType.Guardrail)]
    [InlineData("generation-create", ObservationType.Generation)]
    public void Every_kind_of_observation_takes_the_body_of_a_generation(string type, ObservationType expected)
    {
        var (_, observation) = Parsing.One<ObservationEvent>(
            type, """{"id":"o","traceId":"t","model":"m","usageDetails":{"input":3},"completionStartTime":"2026-01-05T10:00:00Z","unknown":1}""");
        Assert.Equal((expected, true, "m"), (observation.Type!.Value, observation.IsCreate, observation.Model));
        Assert.Equal(3, observation.Usage.Single(u => u.Key == "input").Units);
    }

    [Theory]
    [InlineData("SPAN", ObservationType.Span)]
    [InlineData("GENERATION", ObservationType.Generation)]
    [InlineData("EVENT", ObservationType.Event)]
    public void A_legacy_observation_names_its_type_and_may_leave_out_its_id(string type, ObservationType expected)
    {
        var (stream, created) = Parsing.One<ObservationEvent>("observation-create", $$"""{"type":"{{type}}","traceId":"t","model":"m"}""");
        var (_, updated) = Parsing.One<ObservationEvent>("observation-update", $$"""{"id":"o","type":"{{type}}","traceId":"t"}""");
        Assert.Equal(("t:t", expected, true, "m"), (stream.Value, created.Type!.Value, created.IsCreate, created.Model));
        Assert.True(Guid.TryParse(created.ObservationId, out _));
        Assert.Equal(("o", expected, false), (updated.ObservationId, updated.Type!.Value, updated.IsCreate));
    }

    [Theory]
    [InlineData("langfuse-3.39.2-nested-trace.json")]
    [InlineData("langfuse-3.39.2-opened.json")]
    [InlineData("langfuse-3.39.2-ended.json")]
    [InlineData("langfuse-3.39.2-usage-and-cost.json")]
    [InlineData("langfuse-3.39.2-scores.json")]
    [InlineData("langfuse-client-5.11.1-scores.json")]
    public void Everything_that_real_clients_sent_is_accepted(string name)
    {
        var batch = IngestionParser.Parse(Parsing.Fixture(name), PriceBooks.Current.AttributeKeys);
        Assert.Null(batch.Rejection);
        Assert.Empty(batch.Errors);
        Assert.NotEmpty(batch.Streams);
    }
}
