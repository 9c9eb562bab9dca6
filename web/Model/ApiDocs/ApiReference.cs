using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Actors.Web.Api.OpenApi;

namespace Actors.Web.Model.ApiDocs;

/// <summary>The description of the API as people read it. Everything comes from the document that is served.</summary>
/// <param name="Subjects">In the order of the document.</param>
public sealed record ApiReference(IReadOnlyList<SubjectView> Subjects)
{
    internal static ApiReference Of(ApiDocument document)
    {
        var sketch = new SchemaSketch(document.Root["components"]!["schemas"]!.AsObject());
        return new ApiReference([.. document.Subjects.Select(s => new SubjectView(
            "subject-" + s.Subject.Name.ToLowerInvariant().Replace(",", "", StringComparison.Ordinal).Replace(' ', '-'),
            s.Subject.Name,
            s.Subject.Note,
            [.. s.Operations.Select(o => OperationView.Of(o, document.Root, sketch))]))]);
    }
}

/// <summary>Routes about one thing.</summary>
/// <param name="Anchor">Its id on the page.</param>
/// <param name="Name">The thing.</param>
/// <param name="Note">What the thing is.</param>
/// <param name="Operations">The routes.</param>
public sealed record SubjectView(string Anchor, string Name, string Note, IReadOnlyList<OperationView> Operations);

/// <summary>A parameter of the path or the query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Limits">Its default and its bounds; may be empty.</param>
/// <param name="Note">What it means; may be empty.</param>
public sealed record ParameterView(string Name, string Type, bool IsRequired, string Limits, string Note);

/// <summary>An answer.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Note">When it is given.</param>
/// <param name="Shape">Its body; empty: none.</param>
public sealed record AnswerView(string Status, string Note, string Shape);

/// <summary>A route.</summary>
public sealed partial record OperationView
{
    private const string Json = "application/json";
    private const string Server = "{server}";

    private string _command = "";

    /// <summary>Its id on the page.</summary>
    public required string Anchor { get; init; }

    /// <summary>Its HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Its path.</summary>
    public required string Path { get; init; }

    /// <summary>What it does.</summary>
    public required string Summary { get; init; }

    /// <summary>What the summary has no room for; may be empty.</summary>
    public required string Note { get; init; }

    /// <summary>Which key opens it.</summary>
    public required string Key { get; init; }

    /// <summary>What its path and its query take.</summary>
    public required IReadOnlyList<ParameterView> Parameters { get; init; }

    /// <summary>The shape of its body; empty: it takes none.</summary>
    public required string Body { get; init; }

    /// <summary>Answers that say what was asked for.</summary>
    public required IReadOnlyList<AnswerView> Answers { get; init; }

    /// <summary>Answers that say why not.</summary>
    public required IReadOnlyList<AnswerView> Refusals { get; init; }

    /// <summary>A line for the shell that calls it.</summary>
    /// <param name="address">Where the server is.</param>
    public string CommandFor(string address) => _command.Replace(Server, address.TrimEnd('/'), StringComparison.Ordinal);

    internal static OperationView Of(ApiOperation operation, JsonObject root, SchemaSketch sketch)
    {
        var written = root["paths"]![operation.Path]![operation.Method.ToLowerInvariant()]!;
        var refused = ApiRefusals.Of(operation).Select(s => s.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        var answers = written["responses"]!.AsObject().Where(r => r.Key != "default")
            .Select(r => Answer(r.Key, Resolve(root, r.Value!), sketch)).ToLookup(a => refused.Contains(a.Status));
        return new OperationView
        {
            Anchor = operation.Id,
            Method = operation.Method,
            Path = operation.Path,
            Summary = operation.Summary,
            Note = operation.Note,
            Key = ApiSecurity.Explain(operation.Access ?? ApiAccess.None),
            Parameters = [.. written["parameters"]?.AsArray().Select(p => Parameter(p!, sketch)) ?? []],
            Body = written["requestBody"]?["content"]?[Json]?["schema"] is { } body ? sketch.Draw(body) : "",
            Answers = [.. answers[false]],
            Refusals = [.. answers[true]],
            _command = Curl(operation),
        };
    }

    private static AnswerView Answer(string status, JsonNode response, SchemaSketch sketch) => new(
        status, (string)response["description"]!, response["content"]?[Json]?["schema"] is { } schema ? sketch.Draw(schema) : "");

    private static JsonNode Resolve(JsonObject root, JsonNode response) =>
        response["$ref"] is { } reference ? root["components"]!["responses"]![((string)reference!).Split('/')[^1]]! : response;

    private static ParameterView Parameter(JsonNode parameter, SchemaSketch sketch)
    {
        var schema = parameter["schema"]!;
        var isList = (string?)schema["type"] == "array";
        var limits = new List<string>();
        if (isList)
        {
            limits.Add(parameter["explode"] is null ? "repeated" : "comma list");
        }

        Add("default ", schema["default"]);
        Add("at least ", schema["minimum"] ?? schema["minLength"] ?? schema["minItems"]);
        Add("at most ", schema["maximum"] ?? schema["maxLength"] ?? schema["maxItems"]);
        return new ParameterView(
            (string)parameter["name"]!,
            sketch.Draw(isList ? schema["items"]! : schema),
            (bool?)parameter["required"] == true,
            string.Join(", ", limits),
            (string?)parameter["in"] == "path" ? "in the path" : (string?)parameter["description"] ?? "");

        void Add(string word, JsonNode? value)
        {
            if (value is not null)
            {
                limits.Add(word + value);
            }
        }
    }

    private static string Curl(ApiOperation operation)
    {
        var command = new StringBuilder("curl ");
        command.Append(operation.Method is "GET" ? "" : operation.Method is "HEAD" ? "-I " : $"-X {operation.Method} ");
        command.Append(operation.Access switch
        {
            ApiAccess.None => "",
            ApiAccess.Administrator => "-H \"Authorization: Bearer $ADMIN_API_KEY\" \\\n  ",
            ApiAccess.Organization => "-u \"$ORGANIZATION_PUBLIC_KEY:$ORGANIZATION_SECRET_KEY\" \\\n  ",
            _ => "-u \"$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY\" \\\n  ",
        });
        var required = operation.Parameters.Where(p => p.IsRequired).Select(p => $"{p.Name}={p.Name.ToUpperInvariant()}");
        var query = string.Join('&', required);
        var path = PathParameter().Replace(operation.Path, m => m.Groups[1].Value.ToUpperInvariant());
        command.Append('\'').Append(Server).Append(path).Append(query.Length > 0 ? "?" : "").Append(query).Append('\'');
        if (operation.Fields.Count > 0)
        {
            var body = new JsonObject(operation.Fields.Where(f => f.IsRequired).Select(f => KeyValuePair.Create(f.Name, Example(f))));
            command.Append(" \\\n  -H 'Content-Type: application/json' -d '").Append(body.ToJsonString()).Append('\'');
        }

        return command.Append(operation.TakesFile ? " --data-binary @file" : "").ToString();
    }

    private static JsonNode? Example(Field field) => field.Kind switch
    {
        FieldKind.Integer or FieldKind.Number => field.Min ?? 1,
        FieldKind.Flag => true,
        FieldKind.Time => "2026-01-31T12:00:00Z",
        FieldKind.Object => new JsonObject(field.Fields.Where(f => f.IsRequired).Select(f => KeyValuePair.Create(f.Name, Example(f)))),
        FieldKind.Objects => new JsonArray(new JsonObject(field.Fields.Where(f => f.IsRequired).Select(f => KeyValuePair.Create(f.Name, Example(f))))),
        FieldKind.Texts or FieldKind.Csv => new JsonArray("…"),
        _ => field.Options.Count > 0 ? field.Options[0] : "…",
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}
