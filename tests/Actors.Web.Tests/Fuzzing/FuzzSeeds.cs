namespace Actors.Web.Tests.Fuzzing;

/// <summary>
/// A valid body of every route that takes one. Names in braces stand for what <see cref="FuzzWorld"/> made: {n} is another
/// number in each input. <see cref="RouteFuzzTests"/> holds the list against the routes of the OpenAPI document.
/// </summary>
internal static class FuzzSeeds
{
    private const string Event = """
        {"id":"e-{n}","type":"generation-create","timestamp":"2026-03-02T12:00:00.123Z","body":{"id":"g-{n}","traceId":"t-{n}","name":"answer",
         "startTime":"2026-03-02T12:00:00Z","endTime":"2026-03-02T12:00:01Z","completionStartTime":"2026-03-02T12:00:00.5Z","model":"gpt-4o",
         "modelParameters":{"temperature":0.2,"service_tier":"flex"},"input":[{"role":"user","content":"hi"}],"output":"hello","level":"DEFAULT",
         "usageDetails":{"input":3,"output":5},"costDetails":{"total":0.1},"promptName":"p","promptVersion":1,"metadata":{"a":{"b":1}},"environment":"eu"}}
        """;

    private const string Span = """
        {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"x"}}]},"scopeSpans":[{"scope":{"name":"openai","version":"1"},
         "spans":[{"traceId":"{hex}","spanId":"b7ad6b7169203331","name":"chat","startTimeUnixNano":"1767607200000000000",
         "endTimeUnixNano":"1767607202500000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
         {"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"3"}},
         {"key":"gen_ai.request.temperature","value":{"doubleValue":0.5}},{"key":"langfuse.trace.tags","value":{"arrayValue":{"values":[{"stringValue":"a"}]}}},
         {"key":"langfuse.observation.metadata","value":{"stringValue":"{\"a\":1}"}},{"key":"input.value","value":{"kvlistValue":{"values":[{"key":"a","value":{"boolValue":true}}]}}}],
         "events":[{"name":"gen_ai.evaluation.result","timeUnixNano":"1767607201000000000","attributes":[{"key":"gen_ai.evaluation.name","value":{"stringValue":"tone"}},
         {"key":"gen_ai.evaluation.score.value","value":{"doubleValue":1}}]}],"status":{"code":1}}]}]}
        """;

    private const string Observation = """
        "traceId":"t-{n}","name":"step","startTime":"2026-03-02T12:00:00Z","endTime":"2026-03-02T12:00:01Z","metadata":{"a":1},"input":{"q":[1]},"output":"x",
        "level":"WARNING","statusMessage":"slow","parentObservationId":"p-{n}","version":"1","environment":"eu"
        """;

    private const string Generation = Observation + """
        ,"model":"gpt-4o","modelParameters":{"temperature":0.2},"usage":{"promptTokens":3,"completionTokens":5},"costDetails":{"total":0.1}
        """;

    private const string Dashboard = """
        "name":"dashboard {n}","description":"d","definition":{"widgets":[{"type":"widget","id":"p-1","widgetId":"{widgetId}","x":0,"y":0,"width":6,"height":6},
        {"type":"preset","id":"{placementId}","presetId":"cost","x":6,"y":0,"width":6,"height":6}]},
        "filters":[{"type":"stringOptions","column":"environment","operator":"any of","value":["eu"]}]
        """;

    private const string Widget = """
        "name":"widget {n}","description":"d","view":"observations","dimensions":[{"field":"providedModelName"}],"metrics":[{"measure":"latency","agg":"p95"}],
        "filters":[{"type":"string","column":"name","operator":"contains","value":"a"}],"chartType":"PIVOT_TABLE",
        "chartConfig":{"type":"PIVOT_TABLE","row_limit":5,"show_value_labels":true,"bins":4,"defaultSort":{"column":"p95_latency","order":"DESC"}}
        """;

    private const string Dataset = """
        {"name":"set-{n}","description":"d","metadata":{"a":1},"inputSchema":{"type":"object","properties":{"q":{"type":"string","pattern":"^a"}}},"expectedOutputSchema":null}
        """;

    private const string Prompt = """
        "name":"prompt-{n}","type":"chat","prompt":[{"role":"system","content":"Be {{tone}}"},{"type":"placeholder","name":"history"}],"config":{"model":"gpt-4o"},
        "labels":["staging"],"tags":["a"],"commitMessage":"first"
        """;

    private const string User = """
        {"userName":"person-{n}@example.com","name":{"givenName":"Ann","familyName":"Bee"},"active":true,"roles":["MEMBER"]}
        """;

    /// <summary>The event that a batch is about, and the group of spans that an export is about: these are changed, not what is beside them.</summary>
    public static (string Event, string Span) Parts { get; } = (Event, Span);

    /// <summary>By method and path.</summary>
    public static IReadOnlyDictionary<string, string> Bodies { get; } = new Dictionary<string, string>
    {
        ["POST /api/public/ingestion"] = $$$"""{"batch":[{{{Event}}}],"metadata":{"sdk_name":"x"}}""",
        ["POST /api/public/otel/v1/traces"] = $$"""{"resourceSpans":[{{Span}}]}""",
        ["POST /v1/traces"] = $$"""{"resourceSpans":[{{Span}}]}""",
        ["POST /api/public/actors/live/tokens"] = """{"filter":"env:production model:gpt-4o","session":"s-{n}","user":"u","prompt":"p","detail":true,"expiresIn":60}""",
        ["POST /api/public/otel/v1/metrics"] = """{"resourceMetrics":[{}]}""",
        ["POST /v1/metrics"] = """{"resourceMetrics":[{}]}""",
        ["POST /api/public/traces"] = """
            {"id":"t-{n}","timestamp":"2026-03-02T12:00:00Z","name":"chat","userId":"u","sessionId":"s","release":"r","version":"v","environment":"eu",
             "public":true,"tags":["a","b"],"metadata":{"a":1},"input":"q","output":{"a":[1]}}
            """,
        ["DELETE /api/public/traces"] = """{"traceIds":["t-{n}","t-0"]}""",
        ["POST /api/public/spans"] = $$"""{"id":"s-{n}",{{Observation}}}""",
        ["PATCH /api/public/spans"] = $$"""{"spanId":"s-{n}",{{Observation}}}""",
        ["POST /api/public/generations"] = $$"""{"id":"g-{n}",{{Generation}}}""",
        ["PATCH /api/public/generations"] = $$"""{"generationId":"g-{n}",{{Generation}}}""",
        ["POST /api/public/events"] = """[{"id":"v-{n}","traceId":"t-{n}","name":"click","startTime":"2026-03-02T12:00:00Z","metadata":{"a":1},"input":1,"level":"DEBUG"}]""",
        ["POST /api/public/scores"] = """
            {"id":"sc-{n}","name":"tone","value":0.5,"dataType":"NUMERIC","traceId":"t-{n}","observationId":"o-{n}","comment":"good","metadata":{"a":1},
             "environment":"eu","configId":"{config}"}
            """,
        ["POST /api/public/score-configs"] = """
            {"name":"config {n}","dataType":"CATEGORICAL","categories":[{"label":"bad","value":0},{"label":"good","value":1}],"description":"d"}
            """,
        ["PATCH /api/public/score-configs/{configId}"] = """{"name":"tone","isArchived":false,"minValue":-10,"maxValue":10,"description":"d"}""",
        ["PUT /api/public/actors/feedback"] = """
            {"allowedOrigins":["https://app-{n}.example.com","https://*.example.com:8443"],"scoresPerMinutePerKey":900000,"scoresPerMinutePerAddress":800000}
            """,
        ["POST /api/public/media"] = """
            {"traceId":"t-{n}","field":"input","contentType":"text/plain","contentLength":5,"sha256Hash":"LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="}
            """,
        ["PATCH /api/public/media/{mediaId}"] = """{"uploadedAt":"2026-03-02T12:00:00Z","uploadHttpStatus":200,"uploadHttpError":null,"uploadTimeMs":5.5}""",
        ["PUT /api/public/media/upload/{ticket}"] = "hello",
        ["POST /api/public/v2/prompts"] = $$"""{ {{Prompt}} }""",
        ["POST /api/public/prompts"] = $$"""{"isActive":true,{{Prompt}}}""",
        ["PATCH /api/public/v2/prompts/{name}/versions/{version}"] = """{"newLabels":["label-{n}","staging"]}""",
        ["POST /api/public/v2/datasets"] = Dataset,
        ["POST /api/public/datasets"] = Dataset,
        ["POST /api/public/dataset-items"] = """
            {"datasetName":"{dataset}","id":"item-{n}","input":{"q":"a"},"expectedOutput":[1],"metadata":{"a":1},"sourceTraceId":"t","sourceObservationId":"o","status":"ACTIVE"}
            """,
        ["POST /api/public/dataset-run-items"] = """
            {"runName":"run","datasetItemId":"{item}","traceId":"t-{n}","observationId":"o-{n}","runDescription":"d","metadata":{"a":1},
             "datasetVersion":"2026-03-02T12:00:00Z","createdAt":"2026-03-02T12:00:00Z"}
            """,
        ["POST /api/public/comments"] = """{"projectId":"{project}","objectType":"PROMPT","objectId":"{prompt}","content":"Look *here* {n}","authorUserId":"{user}"}""",
        ["POST /api/public/annotation-queues"] = """{"name":"queue {n}","description":"d","scoreConfigIds":["{config}"]}""",
        ["POST /api/public/annotation-queues/{queueId}/items"] = """{"objectId":"t-{n}","objectType":"TRACE","status":"PENDING"}""",
        ["PATCH /api/public/annotation-queues/{queueId}/items/{itemId}"] = """{"status":"COMPLETED"}""",
        ["POST /api/public/annotation-queues/{queueId}/assignments"] = """{"userId":"{user}"}""",
        ["DELETE /api/public/annotation-queues/{queueId}/assignments"] = """{"userId":"{user}"}""",
        ["POST /api/public/unstable/dashboards"] = $$"""{ {{Dashboard}} }""",
        ["PATCH /api/public/unstable/dashboards/{dashboardId}"] = $$"""{ {{Dashboard}} }""",
        ["POST /api/public/unstable/dashboards/{dashboardId}/placements"] = """
            {"type":"widget","widgetId":"{widgetId}","presetId":"p","id":"extra-{n}","x":6,"y":0,"width":6,"height":4}
            """,
        ["PATCH /api/public/unstable/dashboards/{dashboardId}/placements/{placementId}"] = """{"x":0,"y":1,"width":12,"height":5}""",
        ["POST /api/public/unstable/dashboard-widgets"] = $$"""{ {{Widget}} }""",
        ["PATCH /api/public/unstable/dashboard-widgets/{widgetId}"] = $$"""{ {{Widget}} }""",
        ["POST /api/public/models"] = """
            {"modelName":"model-{n}","matchPattern":"(?i)^(model-{n})$","startDate":"2026-03-02T12:00:00Z","unit":"TOKENS","tokenizerId":"openai",
             "tokenizerConfig":{"tokenizerModel":"gpt-4o"},"pricingTiers":[{"name":"Standard","isDefault":true,"priority":0,"conditions":[],"prices":{"input":0.000001,"output":2e-6}},
             {"name":"Large","isDefault":false,"priority":1,"conditions":[{"usageDetailPattern":"^input","operator":"gt","value":200000,"caseSensitive":false}],"prices":{"input":0.1}}]}
            """,
        ["PUT /api/public/llm-connections"] = """
            {"provider":"provider-{n}","adapter":"openai","secretKey":"sk-{n}","baseURL":"https://example.com/v1","customModels":["m"],"withDefaultModels":false,
             "extraHeaders":{"x-a":"b"},"config":{"useResponsesApi":true}}
            """,
        ["POST /api/public/projects"] = """{"name":"project {n}","retention":30,"metadata":{"team":"a"}}""",
        ["PUT /api/public/projects/{projectId}"] = """{"name":"managed {n}","retention":0,"metadata":{"team":"a"}}""",
        ["POST /api/public/projects/{projectId}/apiKeys"] = """{"note":"ci","publicKey":"pk-lf-fuzz-{n}","secretKey":"sk-lf-0123456789-{n}"}""",
        ["PUT /api/public/organizations/memberships"] = """{"userId":"{user}","role":"ADMIN"}""",
        ["DELETE /api/public/organizations/memberships"] = """{"userId":"{leaver}"}""",
        ["PUT /api/public/projects/{projectId}/memberships"] = """{"userId":"{user}","role":"VIEWER"}""",
        ["DELETE /api/public/projects/{projectId}/memberships"] = """{"userId":"{user}"}""",
        ["POST /api/public/scim/Users"] = User,
        ["PUT /api/public/scim/Users/{userId}"] = """{"userName":"{userName}","name":{"formatted":"Ann {n}"},"active":true,"roles":["MEMBER"]}""",
        ["PATCH /api/public/scim/Users/{userId}"] = """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"displayName","value":"Ann {n}"},{"op":"add","value":{"active":true}}]}
            """,
        ["POST /api/admin/organizations"] = """{"name":"organization {n}","metadata":{"a":1}}""",
        ["PUT /api/admin/organizations/{organizationId}"] = """{"name":"other {n}","metadata":{"a":1}}""",
        ["POST /api/admin/organizations/{organizationId}/apiKeys"] = """{"note":"ci","publicKey":"pk-lf-o-{n}","secretKey":"sk-lf-9876543210-{n}"}""",
    };
}
