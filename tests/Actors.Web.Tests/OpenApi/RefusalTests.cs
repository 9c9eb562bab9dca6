using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Actors.Web.Api.OpenApi;
using Actors.Web.Ingestion;
using Actors.Web.Tests.Fuzzing;

namespace Actors.Web.Tests.OpenApi;

/// <summary>
/// Goal: every route refuses in the words of the contract (langfuse-api §0.3, §0.4). Method: each route of the description is
/// called without a key, with every key that is not for it, and with each parameter and property that it describes absent, of
/// another kind, and one step beyond its bounds; status and body are compared with what the description demands.
/// </summary>
public sealed partial class RefusalTests : IAsyncLifetime
{
    private const string NoKey = "No authorization header";
    private const string Denied = "Access denied - insufficient permissions for this endpoint";
    private const string OrganizationKey = "Project ID not found for API token. Are you using an organization key?";

    // Refused in words of their own, or not at all, as the contract has it: each has a test where its route is tested.
    private static readonly string[] Special =
    [
        "environment = 5", // becomes the default one (langfuse-api §1.2)
        "tags = [5]", "promptVersion = \"x\"", "id = 5", // in events: one problem of the whole list, one word for whole numbers, ids that spanId names
        "failIfDatabaseUnavailable = maybe", // whatever is not true asks for nothing
        "failIfNoRecentEvents = maybe",
        "field = \"nonsense\"", "sha256Hash = too long", "name = too long for a prompt", // what fits depends on what has the file; a hash is a format; names of prompts have rules
        "inputSchema = \"x\"", "expectedOutputSchema = \"x\"", // no JSON Schema
        "roles = \"x\"", "roles = [5]", "Operations = [5]", // SCIM takes them in several forms
    ];

    private static readonly IReadOnlyList<ApiOperation> Operations = [.. ApiCatalog.Subjects.SelectMany(s => s.Whole)];

    private readonly List<string> _differences = [];
    private ApiServer _server = null!;
    private FuzzWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartWithStoresAsync(("ADMIN_API_KEY", FuzzWorld.AdminKey), ("Actors:Ingestion:MaxBatchBytes", "200000"), ("Actors:Ingestion:MaxExportBytes", "200000"));
        _world = await FuzzWorld.CreateAsync(_server, "world");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_route_refuses_who_shows_no_key_or_one_that_is_not_for_it()
    {
        foreach (var operation in Operations.Where(o => o.Access != ApiAccess.None))
        {
            var isBatch = IsBatch(operation);
            string? error = isBatch || operation.Access == ApiAccess.Administrator ? "UnauthorizedError" : null;
            await ExpectAsync(operation, ApiAccess.None, 401, Problem(operation.Access == ApiAccess.Administrator ? "Unauthorized" : NoKey, error));
            foreach (var other in new[] { ApiAccess.Project, ApiAccess.Organization })
            {
                await ((operation.Access, other) switch
                {
                    (ApiAccess.Project, ApiAccess.Organization) => ExpectAsync(operation, other, 403, Problem(OrganizationKey)),

                    // Events belong to a project, so for a batch a key of an organization is none at all (langfuse-api §1).
                    (ApiAccess.ProjectOrPublic, ApiAccess.Organization) when isBatch => ExpectAsync(operation, other, 401, Problem(OrganizationKey, error)),
                    (ApiAccess.ProjectOrPublic, ApiAccess.Organization) => ExpectAsync(operation, other, 403, Problem(OrganizationKey)),
                    (ApiAccess.Organization, ApiAccess.Project) => ExpectAsync(operation, other, 403, Problem(Denied)),
                    (ApiAccess.Administrator, _) => ExpectAsync(operation, other, 401, Problem("Unauthorized", error)),
                    _ => Task.CompletedTask,
                });
            }
        }

        AssertNone();
    }

    [Fact]
    public async Task Every_path_names_the_methods_that_it_does_not_have()
    {
        foreach (var path in Operations.GroupBy(o => o.Path))
        {
            foreach (var method in new[] { "PUT", "PATCH", "DELETE", "POST", "GET" }.Except(path.Select(o => o.Method)))
            {
                var (status, answer) = await _world.SendAsync(method, Concrete(path.Key), null, path.First().Access!.Value);
                Compare($"{method} {path.Key}", 405, Problem("Method not allowed", "MethodNotAllowedError"), status, answer);
            }
        }

        AssertNone();
    }

    [Fact]
    public async Task Every_body_that_cannot_be_read_is_refused()
    {
        foreach (var operation in Operations.Where(o => o.Fields.Count > 0 && !o.TakesFile))
        {
            var isExport = operation.Path.Contains("/v1/", StringComparison.Ordinal);
            if (isExport && operation.Path.EndsWith("/metrics", StringComparison.Ordinal))
            {
                // Metrics are accepted unread.
                continue;
            }

            await ExpectAsync(operation, Text(new string(' ', 200_001)), 413, isExport ? Export("Request body is too large") : Problem("Request body is too large", "PayloadTooLargeError"));
            await ExpectAsync(operation, Text("{}") with { Encoding = "lzma" }, isExport ? 400 : 415, isExport ? Export(RequestBody.EncodingMessage) : Problem(RequestBody.EncodingMessage, "UnsupportedMediaTypeError"));
            if (IsBatch(operation) || isExport)
            {
                // What these say of broken JSON names the place, and is compared where they are tested themselves.
                continue;
            }

            await ExpectAsync(operation, Text("{} x"), 400, Issue("invalid_type", null, "Invalid JSON: expected one value, nested at most 64 levels, with every key of an object once"));
            await ExpectAsync(operation, Text("{\"a\":1,\"a\":2}"), 400, Issue("invalid_type", null, "Invalid JSON: expected one value, nested at most 64 levels, with every key of an object once"));
            await ExpectAsync(operation, Text("{}") with { Encoding = "gzip" }, 400, Issue("invalid_type", null, "The body could not be read or unpacked."));
            var (status, answer) = await _world.SendAsync(operation.Method, _world.Fill(operation.Path, 7), Text("5"), operation.Access!.Value);
            CompareIssue($"{operation.Method} {operation.Path} 5", "invalid_type", [], "Invalid input: expected object, received number", status, answer);
        }

        AssertNone();
    }

    [Fact]
    public async Task Every_parameter_that_is_absent_or_wrong_is_named()
    {
        foreach (var operation in Operations)
        {
            foreach (var field in operation.Parameters)
            {
                foreach (var (value, code, message) in WrongParameters(field))
                {
                    if (Special.Contains($"{field.Name} = {value}"))
                    {
                        continue;
                    }

                    var others = operation.Parameters.Where(p => p.IsRequired && p != field).Select(p => $"&{p.Name}=x");
                    var path = $"{Concrete(operation.Path)}?{(value is null ? "" : $"{field.Name}={Uri.EscapeDataString(value)}")}{string.Concat(others)}";
                    var (status, answer) = await _world.SendAsync(operation.Method, path, null, operation.Access!.Value);
                    CompareIssue($"{operation.Method} {path}", code, [field.Name], message, status, answer);
                }
            }
        }

        AssertNone();
    }

    [Fact]
    public async Task Every_property_that_is_absent_or_wrong_is_named()
    {
        // Batches and exports name what is wrong with their parts, each in its own place.
        foreach (var operation in Operations.Where(o => o.Fields.Count > 0 && !o.TakesFile && !o.Path.Contains("/v1/", StringComparison.Ordinal) && !IsBatch(o)))
        {
            foreach (var field in operation.Fields)
            {
                foreach (var (value, code, message) in WrongProperties(field))
                {
                    var wrong = code != "too_big" ? value : operation.Path.EndsWith("/prompts", StringComparison.Ordinal) && field.Name == "name" ? "too long for a prompt" : "too long";
                    if (!Special.Contains($"{field.Name} = {wrong}"))
                    {
                        var (status, answer) = await _world.SendAsync(operation.Method, _world.Fill(operation.Path, 7), Text(With(operation, field, value)), operation.Access!.Value);
                        CompareIssue($"{operation.Method} {operation.Path} {field.Name} = {value}", code, PathOf(field, value), message, status, answer);
                    }
                }
            }
        }

        AssertNone();
    }

    private static IEnumerable<(string? Value, string Code, string Message)> WrongParameters(Field field)
    {
        if (field.IsRequired)
        {
            yield return (null, "invalid_type", "Invalid input: expected string, received undefined");
        }

        switch (field.Kind)
        {
            case FieldKind.Integer:
                yield return ("x", "invalid_type", "Invalid input: expected int, received string");
                break;
            case FieldKind.Number:
                yield return ("x", "invalid_type", "Invalid input: expected number, received string");
                break;
            case FieldKind.Flag:
                yield return ("maybe", "invalid_value", "Invalid option: expected one of true, false");
                break;
            case FieldKind.Time:
                yield return ("yesterday", "invalid_format", EventBodyReader.TimeMessage);
                break;
            case FieldKind.Text when field.Options.Count > 0:
                yield return ("nonsense", "invalid_value", $"Invalid option: expected one of {string.Join(", ", field.Options)}");
                break;
        }

        if (field.Kind == FieldKind.Integer && field.Min is { } min)
        {
            yield return ($"{min - 1}", "too_small", $"Too small: expected number to be >={min}");
        }

        if (field.Kind == FieldKind.Integer && field.Max is { } max)
        {
            yield return ($"{max + 1}", "too_big", $"Too big: expected number to be <={max}");
        }
    }

    private static IEnumerable<(string? Value, string Code, string Message)> WrongProperties(Field field)
    {
        var (expected, other, received) = field.Kind switch
        {
            FieldKind.Text or FieldKind.Time => ("string", "5", "number"),
            FieldKind.Integer or FieldKind.Number => ("number", "\"x\"", "string"),
            FieldKind.Flag => ("boolean", "\"x\"", "string"),
            FieldKind.Object => ("object", "\"x\"", "string"),
            FieldKind.Objects or FieldKind.Texts => ("array", "\"x\"", "string"),
            _ => ("", "", ""),
        };
        if (expected.Length == 0)
        {
            yield break;
        }

        yield return (other, "invalid_type", $"Invalid input: expected {expected}, received {received}");
        if (field.IsRequired)
        {
            yield return (null, "invalid_type", $"Invalid input: expected {expected}, received undefined");
        }

        switch (field.Kind)
        {
            case FieldKind.Text when field.Options.Count > 0:
                yield return ("\"nonsense\"", "invalid_value", $"Invalid option: expected one of {string.Join(", ", field.Options)}");
                break;
            case FieldKind.Text when field.Max is { } max:
                yield return ($"\"{new string('a', (int)max + 1)}\"", "too_big", $"Too big: expected string to have <={max} characters");
                break;
            case FieldKind.Time:
                yield return ("\"yesterday\"", "invalid_format", EventBodyReader.TimeMessage);
                break;
            case FieldKind.Integer:
                yield return ("1.5", "invalid_type", "Invalid input: expected int, received number");
                break;
            case FieldKind.Texts:
                yield return ("[5]", "invalid_type", "Invalid input: expected string, received number");
                break;
            case FieldKind.Objects:
                yield return ("[5]", "invalid_type", "Invalid input: expected object, received number");
                break;
        }
    }

    private Task ExpectAsync(ApiOperation operation, ApiAccess access, int status, JsonNode body) =>
        ExpectAsync(operation, operation.Fields.Count > 0 ? Text("{}") : null, access, status, body);

    private Task ExpectAsync(ApiOperation operation, FuzzInput input, int status, JsonNode body) =>
        ExpectAsync(operation, input, operation.Access!.Value, status, body);

    private async Task ExpectAsync(ApiOperation operation, FuzzInput? input, ApiAccess access, int expectedStatus, JsonNode expected)
    {
        var (status, answer) = await _world.SendAsync(operation.Method, _world.Fill(operation.Path, 7), input, access);
        var text = input?.ToString() ?? "";
        Compare($"{operation.Method} {operation.Path} {text[..Math.Min(40, text.Length)]}", expectedStatus, expected, status, answer);
    }

    private void Compare(string request, int expectedStatus, JsonNode expected, int status, string answer)
    {
        expected = IsCoded(request) ? Coded(expectedStatus, expected) : expected;
        if (status != expectedStatus || answer.Length == 0 || !JsonNode.DeepEquals(expected, JsonNode.Parse(answer)))
        {
            _differences.Add($"{request}\n  {expectedStatus} {expected.ToJsonString()}\n  {status} {(answer.Length > 300 ? answer[..300] : answer)}");
        }
    }

    // Other properties may be wrong for the same reason: a type decides about what goes with it.
    private void CompareIssue(string request, string code, string[] path, string message, int status, string answer)
    {
        var body = status == 400 ? JsonNode.Parse(answer) : null;
        var expected = new JsonObject { ["code"] = code, ["path"] = new JsonArray([.. path.Select(p => (JsonNode)p)]), ["message"] = message };
        var isNamed = body?["detail"] is { } detail
            ? (string)detail! == (path.Length > 0 ? $"{path[0]}: {message}" : message)
            : (IsCoded(request) ? body?["details"]?["issues"] : body?["error"]) is JsonArray issues && (string?)body?["message"] == "Invalid request data" && issues.Any(i => JsonNode.DeepEquals(WithoutIndex(i!), expected));
        if (!isNamed)
        {
            _differences.Add($"{request}\n  400 {expected.ToJsonString()}\n  {status} {(answer.Length > 300 ? answer[..300] : answer)}");
        }
    }

    // A list of events of which there is one, and its first property.
    private static JsonNode WithoutIndex(JsonNode issue)
    {
        var plain = issue.DeepClone();
        if (plain["path"] is JsonArray { Count: > 1 } path && (string)path[0]! == "0")
        {
            path.RemoveAt(0);
        }

        return plain;
    }

    private static string[] PathOf(Field field, string? value) => field.Kind == FieldKind.Objects && value == "[5]" ? [field.Name, "0"] : [field.Name];

    private string With(ApiOperation operation, Field field, string? value)
    {
        var body = JsonNode.Parse(_world.Fill(FuzzSeeds.Bodies[$"{operation.Method} {operation.Path}"], 7))!;
        var target = (body as JsonArray)?[0]!.AsObject() ?? body.AsObject();
        target.Remove(field.Name);
        if (value is not null)
        {
            target[field.Name] = JsonNode.Parse(value);
        }

        return body.ToJsonString();
    }

    private static bool IsCoded(string request) => request.Contains("/unstable/", StringComparison.Ordinal);

    // The same in the words of the routes whose errors have codes.
    private static JsonObject Coded(int status, JsonNode expected)
    {
        var coded = new JsonObject { ["message"] = expected["message"]!.DeepClone() };
        coded["code"] = expected["error"] is JsonArray ? "invalid_body" : status switch
        {
            401 => "authentication_failed",
            403 => "access_denied",
            405 => "method_not_allowed",
            413 or 415 => "unprocessable_content",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No code is known for this status."),
        };
        if (expected["error"] is JsonArray issues)
        {
            coded["details"] = new JsonObject { ["issues"] = issues.DeepClone() };
        }

        return coded;
    }

    private static bool IsBatch(ApiOperation operation) => operation.Path.EndsWith("/ingestion", StringComparison.Ordinal);

    private void AssertNone() => Assert.True(_differences.Count == 0, "Expected and answered:\n" + string.Join('\n', _differences));

    private static FuzzInput Text(string body) => new(Encoding.UTF8.GetBytes(body), "application/json");

    private static string Concrete(string path) => PathParameter().Replace(path, "1");

    private static JsonObject Problem(string message, string? error = null)
    {
        var problem = new JsonObject { ["message"] = message };
        if (error is not null)
        {
            problem["error"] = error;
        }

        return problem;
    }

    private static JsonObject Export(string error) => new() { ["error"] = error };

    private static JsonObject Issue(string code, string? name, string message) => new()
    {
        ["message"] = "Invalid request data",
        ["error"] = new JsonArray(new JsonObject { ["code"] = code, ["path"] = name is null ? [] : new JsonArray(name), ["message"] = message }),
    };

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex PathParameter();
}
