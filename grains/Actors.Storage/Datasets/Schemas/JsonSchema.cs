using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Storage.Datasets.Schemas;

/// <summary>
/// A JSON Schema of a tenant: the keywords of draft 7, and those of 2019-09 and 2020-12 that look at one place of a value at a
/// time. Written here because a schema is code that strangers send: the general libraries fetch references or cannot be
/// stopped, and a few nested references are enough for an evaluation without end. This one stays inside the document, and
/// counts its steps.
/// </summary>
internal sealed class JsonSchema
{
    /// <summary>The longest schema, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>The most schemas inside one.</summary>
    public const int MaxSchemas = 2_000;

    private readonly JsonElement _root;
    private readonly Dictionary<string, JsonElement> _references;
    private readonly Dictionary<string, Regex> _patterns;

    internal JsonSchema(JsonElement root, Dictionary<string, JsonElement> references, Dictionary<string, Regex> patterns)
    {
        _root = root;
        _references = references;
        _patterns = patterns;
    }

    /// <summary>Reads a schema.</summary>
    /// <param name="json">JSON text.</param>
    /// <param name="problem">Why it is no schema that can be used; empty when it is one.</param>
    public static JsonSchema? Parse(string json, out string problem)
    {
        if (json.Length > MaxLength)
        {
            problem = $"has more than {MaxLength} characters";
            return null;
        }

        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            problem = "must be an object";
            return null;
        }

        return new JsonSchemaReader(document.RootElement.Clone()).Read(out problem);
    }

    /// <summary>What is wrong with a value; empty: it fits.</summary>
    /// <param name="json">JSON text; null stands for the JSON value null.</param>
    public IReadOnlyList<string> Check(string? json)
    {
        using var document = JsonDocument.Parse(json ?? "null");
        return new SchemaCheck(this).Run(_root, document.RootElement);
    }

    internal JsonElement Resolve(string reference) => _references[reference];

    internal Regex Pattern(string pattern) => _patterns[pattern];
}
