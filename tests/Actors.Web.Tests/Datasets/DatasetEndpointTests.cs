using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests;

/// <summary>Datasets, items and runs over HTTP with the real stores (langfuse-api §9).</summary>
public sealed class DatasetEndpointTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const string Api = "/api/public";

    private readonly string _name = $"folder/{Guid.NewGuid()}";

    private string Escaped => Uri.EscapeDataString(_name);

    [Fact]
    public async Task A_dataset_is_answered_alike_by_every_route()
    {
        var made = await OkAsync(HttpMethod.Post, "/v2/datasets", $$$"""
            {"name":"{{{_name}}}","description":"d","metadata":{"a":[1]},"inputSchema":{"type":"object"},"expectedOutputSchema":null}
            """);
        var time = (string)made["createdAt"]!;
        Json.AssertEqual(
            $$$"""
            {"id":"{{{made["id"]}}}","projectId":"one","name":"{{{_name}}}","description":"d","metadata":{"a":[1]},"inputSchema":{"type":"object"},
             "expectedOutputSchema":null,"createdAt":"{{{time}}}","updatedAt":"{{{time}}}"}
            """,
            made.ToJsonString());
        Json.AssertEqual(made.ToJsonString(), (await OkAsync(HttpMethod.Get, $"/v2/datasets/{Escaped}")).ToJsonString());
        var first = (await OkAsync(HttpMethod.Get, "/v2/datasets?limit=1"))["data"]![0]!;
        Json.AssertEqual(made.ToJsonString(), first.ToJsonString());

        var again = await OkAsync(HttpMethod.Post, "/datasets", $$"""{"name":"{{_name}}"}""");
        Assert.Equal(((string)made["id"]!, "d"), ((string)again["id"]!, (string)again["description"]!));
    }

    [Fact]
    public async Task The_oldest_form_holds_items_and_the_names_of_runs()
    {
        await MakeAsync();
        var item = await PutAsync("\"input\":1");
        await OkAsync(HttpMethod.Post, "/dataset-run-items", $$"""{"runName":"r","datasetItemId":"{{item["id"]}}","traceId":"t"}""");

        var dataset = await OkAsync(HttpMethod.Get, $"/datasets/{Escaped}");
        Json.AssertEqual($"[{item.ToJsonString()}]", dataset["items"]!.ToJsonString());
        Json.AssertEqual("""["r"]""", dataset["runs"]!.ToJsonString());
        var listed = (await OkAsync(HttpMethod.Get, "/datasets?limit=1"))["data"]![0]!;
        Json.AssertEqual($"[\"{item["id"]}\"]", listed["items"]!.ToJsonString());
        Json.AssertEqual("""["r"]""", listed["runs"]!.ToJsonString());
    }

    [Fact]
    public async Task An_item_is_answered_alike_when_written_listed_and_read()
    {
        var dataset = await MakeAsync();
        var item = await PutAsync("""
            "id":"ID","input":{"b":1.50,"a":"ü"},"expectedOutput":"text","metadata":[null],"sourceTraceId":"t","sourceObservationId":"o"
            """.Replace("ID", _name, StringComparison.Ordinal));
        Json.AssertEqual(
            $$$"""
            {"id":"{{{_name}}}","datasetId":"{{{dataset["id"]}}}","datasetName":"{{{_name}}}","status":"ACTIVE","input":{"b":1.50,"a":"ü"},
             "expectedOutput":"text","metadata":[null],"sourceTraceId":"t","sourceObservationId":"o","createdAt":"{{{item["createdAt"]}}}",
             "updatedAt":"{{{item["createdAt"]}}}","mediaReferences":[]}
            """,
            item.ToJsonString());
        var text = item.ToJsonString();
        Json.AssertEqual(text, (await OkAsync(HttpMethod.Get, $"/dataset-items/{Escaped}")).ToJsonString());
        Json.AssertEqual(
            $$"""{"data":[{{text}}],"meta":{"page":1,"limit":50,"totalItems":1,"totalPages":1} }""",
            (await OkAsync(HttpMethod.Get, $"/dataset-items?datasetName={Escaped}&sourceTraceId=t&sourceObservationId=o")).ToJsonString());

        var changed = await PutAsync($"\"id\":\"{_name}\",\"expectedOutput\":null,\"status\":\"ARCHIVED\"");
        Assert.Equal("ARCHIVED", (string)changed["status"]!);
        Assert.Null(changed["expectedOutput"]);
        Json.AssertEqual("""{"b":1.50,"a":"ü"}""", changed["input"]!.ToJsonString());
        Assert.Empty((await OkAsync(HttpMethod.Get, $"/dataset-items?datasetName={Escaped}"))["data"]!.AsArray());
        var then = Uri.EscapeDataString((string)item["updatedAt"]!);
        Json.AssertEqual($"[{text}]", (await OkAsync(HttpMethod.Get, $"/dataset-items?datasetName={Escaped}&version={then}"))["data"]!.ToJsonString());

        var deleted = await OkAsync(HttpMethod.Delete, $"/dataset-items/{Escaped}");
        Json.AssertEqual("""{"message":"Dataset item successfully deleted"}""", deleted.ToJsonString());
        await AssertNotFoundAsync(HttpMethod.Get, $"/dataset-items/{Escaped}", "Dataset item not found");
        await AssertNotFoundAsync(HttpMethod.Delete, $"/dataset-items/{Escaped}", "Dataset item not found");
    }

    [Fact]
    public async Task Runs_are_listed_answered_whole_and_deleted()
    {
        var dataset = await MakeAsync();
        var item = await PutAsync("\"input\":1");
        var link = await OkAsync(HttpMethod.Post, "/dataset-run-items", $$$"""
            {"runName":"run/1","datasetItemId":"{{{item["id"]}}}","traceId":"t","observationId":"o","runDescription":"first","metadata":{"m":1},
             "datasetVersion":"2026-01-05T10:00:00Z","createdAt":"2026-01-05T10:00:00+01:00"}
            """);
        Json.AssertEqual(
            $$$"""
            {"id":"{{{link["id"]}}}","datasetRunId":"{{{link["datasetRunId"]}}}","datasetRunName":"run/1","datasetItemId":"{{{item["id"]}}}","traceId":"t",
             "observationId":"o","createdAt":"2026-01-05T09:00:00.000Z","updatedAt":"{{{link["updatedAt"]}}}"}
            """,
            link.ToJsonString());

        var run = (await OkAsync(HttpMethod.Get, $"/datasets/{Escaped}/runs"))["data"]![0]!.AsObject();
        Json.AssertEqual(
            $$$"""
            {"id":"{{{link["datasetRunId"]}}}","name":"run/1","description":"first","metadata":{"m":1,"dataset_version":"2026-01-05T10:00:00.000Z"},
             "datasetId":"{{{dataset["id"]}}}","datasetName":"{{{_name}}}","createdAt":"{{{run["createdAt"]}}}","updatedAt":"{{{run["updatedAt"]}}}"}
            """,
            run.ToJsonString());
        Json.AssertEqual(
            $$"""{"data":[{{link.ToJsonString()}}],"meta":{"page":1,"limit":50,"totalItems":1,"totalPages":1} }""",
            (await OkAsync(HttpMethod.Get, $"/dataset-run-items?datasetId={dataset["id"]}&runName=run%2F1")).ToJsonString());

        run["datasetRunItems"] = new JsonArray(link.DeepClone());
        var path = $"/datasets/{Escaped}/runs/run%2F1";
        Json.AssertEqual(run.ToJsonString(), (await OkAsync(HttpMethod.Get, path)).ToJsonString());
        Json.AssertEqual("""{"message":"Dataset run successfully deleted"}""", (await OkAsync(HttpMethod.Delete, path)).ToJsonString());
        await AssertNotFoundAsync(HttpMethod.Delete, path, "Dataset run not found");
        await AssertNotFoundAsync(HttpMethod.Get, path, "Dataset run not found");
        await AssertNotFoundAsync(HttpMethod.Get, $"/dataset-run-items?datasetId={dataset["id"]}&runName=run%2F1", "Dataset run not found");
    }

    [Fact]
    public async Task A_link_needs_an_item_and_something_that_was_done()
    {
        await MakeAsync();
        var item = await PutAsync("\"input\":1");
        var archived = await PutAsync("\"status\":\"ARCHIVED\"");

        Task AssertAsync(string rest, string message) => AssertNotFoundAsync(
            HttpMethod.Post, "/dataset-run-items", $$"""{"runName":"r",{{rest}}}""", message);
        await AssertAsync($"\"datasetItemId\":\"unknown\",\"traceId\":\"t\"", "Dataset item not found");
        await AssertAsync($"\"datasetItemId\":\"{archived["id"]}\",\"traceId\":\"t\"", "Dataset item not found");
        await AssertAsync($"\"datasetItemId\":\"{item["id"]}\"", "Trace not found");
        await AssertAsync($"\"datasetItemId\":\"{item["id"]}\",\"observationId\":\"unknown\"", "Observation not found");
    }

    [Fact]
    public async Task An_observation_alone_links_its_trace()
    {
        await MakeAsync();
        var item = await PutAsync("\"input\":1");
        stored.Server.Grains.Analytics.Observations.Add(Observation(_name, "its-trace"));

        var link = await OkAsync(
            HttpMethod.Post, "/dataset-run-items", $$"""{"runName":"r","datasetItemId":"{{item["id"]}}","observationId":"{{_name}}"}""");

        Assert.Equal(("its-trace", _name), ((string)link["traceId"]!, (string)link["observationId"]!));
    }

    [Fact]
    public async Task Unknown_things_and_those_of_another_project_are_not_found()
    {
        await MakeAsync();
        var item = await PutAsync("\"input\":1");
        foreach (var path in new[] { "/v2/datasets/none", "/datasets/none", "/datasets/none/runs", "/datasets/none/runs/r", "/dataset-items?datasetName=none" })
        {
            await AssertNotFoundAsync(HttpMethod.Get, path, "Dataset not found");
        }

        await AssertNotFoundAsync(HttpMethod.Delete, "/datasets/none/runs/r", "Dataset not found");
        await AssertNotFoundAsync(HttpMethod.Post, "/dataset-items", """{"datasetName":"none"}""", "Dataset not found");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Api}/dataset-items/{item["id"]}", UriKind.Relative));
        request.Headers.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
        using var foreign = await stored.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task An_id_of_another_dataset_is_a_conflict()
    {
        await MakeAsync();
        await PutAsync($"\"id\":\"{_name}\"");
        await OkAsync(HttpMethod.Post, "/v2/datasets", $$"""{"name":"{{_name}}/2"}""");

        var (status, body) = await SendAsync(HttpMethod.Post, "/dataset-items", $$"""{"datasetName":"{{_name}}/2","id":"{{_name}}"}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Json.AssertEqual(
            $$"""{"message":"Dataset item with id {{_name}} already exists in another dataset","error":"LangfuseConflictError"}""", body);
    }

    [Fact]
    public async Task What_does_not_fit_a_schema_is_refused_with_its_place()
    {
        await MakeAsync();
        await PutAsync($"\"id\":\"{_name}\",\"input\":{{\"q\":1}}");
        const string Schema = """{"properties":{"q":{"type":"string"}}}""";

        var (status, body) = await SendAsync(HttpMethod.Post, "/v2/datasets", $$"""{"name":"{{_name}}","inputSchema":{{Schema}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            $$"""{"message":"Schema validation failed for 1 item(s). {{_name}}: input /q must be string","error":"InvalidRequestError"}""", body);

        await PutAsync($"\"id\":\"{_name}\",\"input\":null");
        await OkAsync(HttpMethod.Post, "/v2/datasets", $$"""{"name":"{{_name}}","inputSchema":{{Schema}}}""");
        (status, body) = await SendAsync(HttpMethod.Post, "/dataset-items", $$$"""{"datasetName":"{{{_name}}}","input":{"q":1}}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual("""{"message":"Dataset item validation failed: input /q must be string","error":"InvalidRequestError"}""", body);
    }

    [Theory]
    [InlineData("POST", "/v2/datasets", "{}", "invalid_type", "name", "Invalid input: expected string, received undefined")]
    [InlineData("POST", "/v2/datasets", """{"name":""}""", "too_small", "name", "Too small: expected string to have >=1 characters")]
    [InlineData("POST", "/v2/datasets", """{"name":"n","inputSchema":[]}""", "custom", "inputSchema", "Invalid JSON Schema: must be an object")]
    [InlineData("POST", "/v2/datasets", """{"name":"n","expectedOutputSchema":{"$ref":"http://x"}}""", "custom", "expectedOutputSchema", "Invalid JSON Schema: /$ref must refer to a place in this schema: other documents are not fetched")]
    [InlineData("POST", "/dataset-items", "{}", "invalid_type", "datasetName", "Invalid input: expected string, received undefined")]
    [InlineData("POST", "/dataset-items", """{"datasetName":"n","status":"OLD"}""", "invalid_value", "status", "Invalid option: expected one of ACTIVE, ARCHIVED")]
    [InlineData("POST", "/dataset-items", """{"datasetName":"n","id":"a\rb"}""", "invalid_format", "id", "Invalid string: must not contain control characters")]
    [InlineData("POST", "/dataset-items", """{"datasetName":"n","id":""}""", "too_small", "id", "Too small: expected string to have >=1 characters")]
    [InlineData("GET", "/dataset-items?version=2026-01-05T10:00:00Z", null, "custom", "version", "datasetName is required when version is given")]
    [InlineData("GET", "/dataset-items?limit=101", null, "too_big", "limit", "Too big: expected number to be <=100")]
    [InlineData("GET", "/v2/datasets?page=0", null, "too_small", "page", "Too small: expected number to be >=1")]
    [InlineData("GET", "/dataset-run-items?datasetId=d", null, "invalid_type", "runName", "Invalid input: expected string, received undefined")]
    [InlineData("GET", "/dataset-run-items?runName=r", null, "invalid_type", "datasetId", "Invalid input: expected string, received undefined")]
    [InlineData("POST", "/dataset-run-items", """{"datasetItemId":"i"}""", "invalid_type", "runName", "Invalid input: expected string, received undefined")]
    [InlineData("POST", "/dataset-run-items", """{"runName":"r"}""", "invalid_type", "datasetItemId", "Invalid input: expected string, received undefined")]
    public async Task Wrong_fields_are_named(string method, string path, string? json, string code, string field, string message)
    {
        var (status, body) = await SendAsync(new HttpMethod(method), path, json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            $$"""{"message":"Invalid request data","error":[{"code":"{{code}}","path":["{{field}}"],"message":"{{message}}"}]}""", body);
    }

    [Fact]
    public async Task A_link_has_no_other_fields()
    {
        var (status, body) = await SendAsync(
            HttpMethod.Post, "/dataset-run-items", """{"runName":"r","datasetItemId":"i","traceId":"t","colour":"red"}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            """{"message":"Invalid request data","error":[{"code":"unrecognized_keys","path":[],"message":"Unrecognized key: \"colour\""}]}""", body);
    }

    private static Tracing.ObservationRecord Observation(string id, string traceId) => new()
    {
        Id = id,
        TraceId = traceId,
        Type = Tracing.ObservationType.Span,
        Environment = "default",
        StartTime = DateTimeOffset.UnixEpoch,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private Task<JsonNode> MakeAsync() => OkAsync(HttpMethod.Post, "/v2/datasets", $$"""{"name":"{{_name}}"}""");

    private Task<JsonNode> PutAsync(string fields) =>
        OkAsync(HttpMethod.Post, "/dataset-items", $$"""{"datasetName":"{{_name}}",{{fields}}}""");

    private Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string? json = null) =>
        stored.Server.SendAsync(method, Api + path, json);

    private async Task<JsonNode> OkAsync(HttpMethod method, string path, string? json = null)
    {
        var (status, body) = await SendAsync(method, path, json);
        Assert.True(status == HttpStatusCode.OK, $"{method} {path}: {status} {body}");
        return JsonNode.Parse(body)!;
    }

    private Task AssertNotFoundAsync(HttpMethod method, string path, string message) => AssertNotFoundAsync(method, path, null, message);

    private async Task AssertNotFoundAsync(HttpMethod method, string path, string? json, string message)
    {
        var (status, body) = await SendAsync(method, path, json);
        Assert.True(status == HttpStatusCode.NotFound, $"{method} {path}: {status} {body}");
        Json.AssertEqual($$"""{"message":"{{message}}","error":"LangfuseNotFoundError"}""", body);
    }
}
