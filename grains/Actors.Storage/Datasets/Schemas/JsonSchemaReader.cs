using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Storage.Datasets.Schemas;

/// <summary>Walks a schema once: every keyword must be well formed, every reference lead somewhere, every pattern compile.</summary>
internal sealed class JsonSchemaReader(JsonElement root)
{
    /// <summary>How long a pattern that needs backtracking may try on one text.</summary>
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(100);

    private static readonly string[] TypeNames = ["string", "number", "integer", "boolean", "object", "array", "null"];

    private readonly Dictionary<string, JsonElement> _references = [];
    private readonly Dictionary<string, JsonElement> _anchors = [];
    private readonly Dictionary<string, Regex> _patterns = [];
    private readonly HashSet<string> _walked = [];
    private readonly Queue<string> _unresolved = [];
    private int _schemas;

    public JsonSchema? Read(out string problem)
    {
        try
        {
            Walk(root, "");
            while (_unresolved.TryDequeue(out var reference))
            {
                _references[reference] = Resolve(reference);
            }

            problem = "";
            return new JsonSchema(root, _references, _patterns);
        }
        catch (SchemaException e)
        {
            problem = e.Message;
            return null;
        }
    }

    private void Walk(JsonElement schema, string path)
    {
        if (!_walked.Add(path))
        {
            return;
        }

        if (++_schemas > JsonSchema.MaxSchemas)
        {
            throw new SchemaException($"holds more than {JsonSchema.MaxSchemas} schemas");
        }

        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return;
        }

        Require(schema.ValueKind == JsonValueKind.Object, path, "must be an object or a boolean");
        foreach (var keyword in schema.EnumerateObject())
        {
            Walk(schema, keyword, $"{path}/{Escape(keyword.Name)}");
        }
    }

    private void Walk(JsonElement schema, JsonProperty keyword, string path)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "allOf" or "anyOf" or "oneOf" or "prefixItems":
                Require(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0, path, "must be a list of schemas");
                WalkList(value, path);
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                WalkList(value, path);
                break;
            case "not" or "if" or "then" or "else" or "items" or "additionalItems" or "contains" or "additionalProperties" or "propertyNames":
                Walk(value, path);
                break;
            case "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" or "dependentRequired" or "dependencies":
                Require(value.ValueKind == JsonValueKind.Object, path, "must be an object");
                WalkMap(keyword.Name, value, path);
                break;
            case "required":
                Require(IsNames(value), path, "must be a list of names");
                break;
            case "type":
                Require(value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().All(IsType) : IsType(value), path, "must name a type");
                break;
            case "enum":
                Require(value.ValueKind == JsonValueKind.Array, path, "must be a list");
                break;
            case "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties" or "minContains" or "maxContains":
                Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0, path, "must be a count");
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                Require(value.ValueKind == JsonValueKind.Number, path, "must be a number");
                break;
            case "multipleOf":
                Require(value.ValueKind == JsonValueKind.Number && value.GetDouble() > 0, path, "must be a number above 0");
                break;
            case "uniqueItems":
                Require(value.ValueKind is JsonValueKind.True or JsonValueKind.False, path, "must be a boolean");
                break;
            case "pattern":
                AddPattern(Text(value, path), path);
                break;
            case "format" or "$schema" or "$comment":
                Text(value, path);
                break;
            case "$anchor":
                _anchors["#" + Text(value, path)] = schema;
                break;
            case "$id" when Text(value, path) is ['#', ..] name:
                _anchors[name] = schema;
                break;
            case "$ref":
                AddReference(Text(value, path), path);
                break;
            case "$dynamicRef" or "$recursiveRef" or "unevaluatedProperties" or "unevaluatedItems":
                throw new SchemaException($"uses {keyword.Name}, which is not supported, at {path}");
        }
    }

    private void WalkList(JsonElement list, string path)
    {
        var index = 0;
        foreach (var schema in list.EnumerateArray())
        {
            Walk(schema, $"{path}/{index++}");
        }
    }

    private void WalkMap(string keyword, JsonElement map, string path)
    {
        foreach (var entry in map.EnumerateObject())
        {
            var place = $"{path}/{Escape(entry.Name)}";
            if (keyword == "dependentRequired" || (keyword == "dependencies" && entry.Value.ValueKind == JsonValueKind.Array))
            {
                Require(IsNames(entry.Value), place, "must be a list of names");
                continue;
            }

            if (keyword == "patternProperties")
            {
                AddPattern(entry.Name, place);
            }

            Walk(entry.Value, place);
        }
    }

    private void AddReference(string reference, string path)
    {
        Require(reference.StartsWith('#'), path, "must refer to a place in this schema: other documents are not fetched");
        if (_references.TryAdd(reference, default))
        {
            _unresolved.Enqueue(reference);
        }
    }

    private JsonElement Resolve(string reference)
    {
        var pointer = Uri.UnescapeDataString(reference[1..]);
        if (pointer.Length > 0 && pointer[0] != '/')
        {
            return _anchors.TryGetValue(reference, out var anchored) ? anchored : throw Missing();
        }

        var place = root;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            place = place.ValueKind switch
            {
                JsonValueKind.Object when place.TryGetProperty(name, out var child) => child,
                JsonValueKind.Array when int.TryParse(name, out var index) && index >= 0 && index < place.GetArrayLength() => place[index],
                _ => throw Missing(),
            };
        }

        // It may lead to a place that no keyword made a schema.
        Walk(place, pointer);
        return place;

        SchemaException Missing() => new($"refers to {reference}, which is not there");
    }

    private void AddPattern(string pattern, string path)
    {
        if (_patterns.ContainsKey(pattern))
        {
            return;
        }

        try
        {
            _patterns[pattern] = Compile(pattern);
        }
        catch (ArgumentException)
        {
            throw new SchemaException($"has a pattern that is no regular expression at {path}");
        }
    }

    // In linear time where the pattern allows it; what looks around or back has to try, for a limited time.
    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, PatternLimit);
        }
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Text(JsonElement value, string path)
    {
        Require(value.ValueKind == JsonValueKind.String, path, "must be a string");
        return value.GetString()!;
    }

    private static bool IsType(JsonElement value) => value.ValueKind == JsonValueKind.String && TypeNames.Contains(value.GetString());

    private static bool IsNames(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String);

    private static void Require(bool isRight, string path, string problem)
    {
        if (!isRight)
        {
            throw new SchemaException($"{(path.Length == 0 ? "The schema" : path)} {problem}");
        }
    }
}

/// <summary>A schema cannot be used, or a value cannot be checked against it within the limits.</summary>
internal sealed class SchemaException(string message) : Exception(message);
