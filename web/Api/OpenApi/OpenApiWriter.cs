using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Actors.Contracts;

namespace Actors.Web.Api.OpenApi;

/// <summary>Writes subjects and operations as OpenAPI 3.1.1.</summary>
internal sealed partial class OpenApiWriter
{
    private const string Intro =
        "Speaks the public API of Langfuse, so that its SDKs work by changing the base URL, and the OpenTelemetry protocol. "
        + "Times are ISO 8601 in UTC. What a write acknowledged is durable, and the next read sees it.";

    private const string EventStream = "text/event-stream";

    private readonly WireSchemas _schemas = new();
    private readonly SortedDictionary<string, JsonNode?> _refusals = new(StringComparer.Ordinal);

    public static JsonObject Write(IReadOnlyList<(ApiSubject Subject, IReadOnlyList<ApiOperation> Operations)> subjects) =>
        new OpenApiWriter().WriteDocument(subjects);

    private JsonObject WriteDocument(IReadOnlyList<(ApiSubject Subject, IReadOnlyList<ApiOperation> Operations)> subjects)
    {
        var paths = new JsonObject();
        foreach (var path in subjects.SelectMany(s => s.Operations.Select(o => (s.Subject, Operation: o))).GroupBy(o => o.Operation.Path))
        {
            paths[path.Key] = new JsonObject(
                path.Select(o => KeyValuePair.Create(o.Operation.Method.ToLowerInvariant(), (JsonNode?)WriteOperation(o.Subject, o.Operation))));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Actors", ["description"] = Intro, ["version"] = HealthEndpoints.ContractVersion },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. subjects.Select(s => new JsonObject { ["name"] = s.Subject.Name, ["description"] = s.Subject.Note })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = ApiSecurity.Write(), ["responses"] = new JsonObject(_refusals), ["schemas"] = _schemas.Components,
            },
        };
    }

    private JsonObject WriteOperation(ApiSubject subject, ApiOperation operation)
    {
        var written = new JsonObject
        {
            ["operationId"] = operation.Id, ["tags"] = new JsonArray(subject.Name), ["summary"] = operation.Summary,
        };
        if (operation.Note.Length > 0)
        {
            written["description"] = operation.Note;
        }

        if (operation.Access is { } access)
        {
            written["security"] = ApiSecurity.Require(access);
        }

        JsonNode[] parameters = [.. PathParameters(operation.Path), .. operation.Parameters.Select(QueryParameter)];
        if (parameters.Length > 0)
        {
            written["parameters"] = new JsonArray(parameters);
        }

        if (operation.Fields.Count > 0 || operation.TakesFile)
        {
            written["requestBody"] = RequestBody(operation);
        }

        written["responses"] = Responses(subject, operation);
        return written;
    }

    private static IEnumerable<JsonObject> PathParameters(string path) => PathParameter().Matches(path).Select(m => new JsonObject
    {
        ["name"] = m.Groups[1].Value, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" },
    });

    private static JsonObject QueryParameter(Field field)
    {
        var parameter = new JsonObject { ["name"] = field.Name, ["in"] = "query" };
        if (field.Note.Length > 0)
        {
            parameter["description"] = field.Note;
        }

        if (field.IsRequired)
        {
            parameter["required"] = true;
        }

        if (field.Kind == FieldKind.Csv)
        {
            parameter["explode"] = false;
        }

        parameter["schema"] = FieldSchemas.Of(field);
        return parameter;
    }

    private static JsonObject RequestBody(ApiOperation operation) => new()
    {
        ["required"] = !operation.IsBodyOptional,
        ["content"] = new JsonObject(operation.MediaTypes.Select(type => KeyValuePair.Create(
            type, (JsonNode?)new JsonObject { ["schema"] = IsJson(type) ? FieldSchemas.OfObject(operation.Fields) : [] }))),
    };

    private JsonObject Responses(ApiSubject subject, ApiOperation operation)
    {
        var responses = new JsonObject();
        foreach (var answer in operation.Answers)
        {
            var note = answer.Note.Length > 0 ? answer.Note : "what was asked for";
            responses[Text(answer.Status)] = answer.Type is null ? Response(note)
                : Response(note, answer.IsEvents ? [EventStream] : operation.MediaTypes, _schemas.Of(answer.Type));
        }

        foreach (var status in ApiRefusals.Of(operation))
        {
            responses[Text(status)] = Refusal(subject, status);
        }

        responses["default"] = Refusal(subject, null);
        return responses;
    }

    // Over a hundred routes refuse in a few ways; each is written once.
    private JsonObject Refusal(ApiSubject subject, int? status)
    {
        var bodies = ApiRefusals.Bodies(subject, status);
        var name = ApiRefusals.Name(status) + (bodies is [var first, ..] && first != typeof(ErrorBody) ? "As" + WireSchemas.NameOf(first) : "");
        if (!_refusals.ContainsKey(name))
        {
            _refusals[name] = Problem(ApiRefusals.Explain(status), bodies);
        }

        return new JsonObject { ["$ref"] = "#/components/responses/" + name };
    }

    private JsonObject Problem(string note, IReadOnlyList<Type> bodies) => Response(note, ["application/json"], bodies is [var one]
        ? _schemas.Of(one)
        : new JsonObject { ["anyOf"] = new JsonArray([.. bodies.Select(_schemas.Of)]) });

    private static JsonObject Response(string note, IReadOnlyList<string> mediaTypes, JsonObject schema)
    {
        var response = Response(note);
        response["content"] = new JsonObject(mediaTypes.Select(type => KeyValuePair.Create(
            type, (JsonNode?)new JsonObject { ["schema"] = IsJson(type) ? schema.DeepClone() : new JsonObject() })));
        return response;
    }

    private static JsonObject Response(string note) => new() { ["description"] = note };

    // The data of each event is JSON.
    private static bool IsJson(string mediaType) => mediaType is "application/json" or EventStream;

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}
