using System.Text.Json;
using Actors.Contracts;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api;

/// <summary>
/// Reads the properties of one JSON object of a request and collects everything that is wrong with them. A property that is
/// absent and one that is null read alike, except where <see cref="IsNull"/> and <see cref="Has"/> are asked.
/// </summary>
internal sealed partial class BodyReader
{
    private readonly JsonElement _body;
    private readonly IReadOnlyList<string> _path;
    private readonly List<RequestIssue> _issues;

    public BodyReader(JsonElement body)
        : this(body, [], [])
    {
    }

    private BodyReader(JsonElement body, IReadOnlyList<string> path, List<RequestIssue> issues)
    {
        _body = body;
        _path = path;
        _issues = issues;
        if (body.ValueKind != JsonValueKind.Object)
        {
            _issues.Add(new RequestIssue("invalid_type", path, $"Invalid input: expected object, received {Kind(body)}"));
        }
    }

    /// <summary>The answer to give; null: all that was read is right. Objects inside share it with the outer one.</summary>
    public InvalidRequestBody? Problem => _issues.Count == 0 ? null : new InvalidRequestBody("Invalid request data", _issues);

    /// <summary>Answers 400 when something is wrong.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> RefusedAsync(HttpContext context)
    {
        if (Problem is not { } problem)
        {
            return false;
        }

        await Respond.IssuesAsync(context, problem, "invalid_body");
        return true;
    }

    /// <summary>Whether the property is there, null included.</summary>
    public bool Has(string name) => _body.ValueKind == JsonValueKind.Object && _body.TryGetProperty(name, out _);

    /// <summary>Whether the property is there and null.</summary>
    public bool IsNull(string name) => Has(name) && _body.GetProperty(name).ValueKind == JsonValueKind.Null;

    /// <summary>A list of strings; null when absent or wrong.</summary>
    public IReadOnlyList<string>? Texts(string name, bool required = false, int maxCount = 1000, int maxLength = int.MaxValue)
    {
        if (!TryGetList(name, required, maxCount, out var list))
        {
            return null;
        }

        var texts = new List<string>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && Unescape(item) is { } text && text.Length <= maxLength)
            {
                if (text.Contains('\0', StringComparison.Ordinal))
                {
                    Refuse("custom", name, NullCharacter);
                    return null;
                }

                texts.Add(text);
                continue;
            }

            Refuse("invalid_type", name, item.ValueKind == JsonValueKind.String
                ? $"Invalid input: expected strings of valid text with <={maxLength} characters"
                : $"Invalid input: expected string, received {Kind(item)}");
            return null;
        }

        return texts;
    }

    /// <summary>The JSON text of any value as it was sent; null when absent, <c>null</c> when it is null.</summary>
    public string? Json(string name) => Has(name) ? _body.GetProperty(name).GetRawText() : null;

    /// <summary>The object under a name; null when absent or wrong. What is wrong inside it is wrong here.</summary>
    public BodyReader? Object(string name, bool required = false) =>
        TryGet(name, JsonValueKind.Object, "object", required, out var value) ? new BodyReader(value, [.. _path, name], _issues) : null;

    /// <summary>The objects of a list; null when absent or no list. What is wrong inside them is wrong here.</summary>
    public IReadOnlyList<BodyReader>? Objects(string name, bool required = false, int maxCount = 1000) =>
        TryGetList(name, required, maxCount, out var list)
            ? [.. list.EnumerateArray().Select((item, index) => new BodyReader(item, [.. _path, name, $"{index}"], _issues))]
            : null;

    /// <summary>The names of all properties, for objects whose keys are the caller's.</summary>
    public IEnumerable<string> Names() => _body.ValueKind == JsonValueKind.Object ? _body.EnumerateObject().Select(p => p.Name) : [];

    /// <summary>For strict bodies: refuses properties with other names.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        foreach (var name in Names())
        {
            if (!known.Contains(name))
            {
                _issues.Add(new RequestIssue("unrecognized_keys", _path, $"Unrecognized key: \"{name}\""));
            }
        }
    }

    /// <summary>Notes that a property is wrong.</summary>
    public void Refuse(string code, string name, string message) => Refuse(code, [name], message);

    /// <summary>Notes that something inside a property is wrong.</summary>
    public void Refuse(string code, IReadOnlyList<string> path, string message) => _issues.Add(new RequestIssue(code, [.. _path, .. path], message));

    /// <summary>Notes that the object as a whole is wrong.</summary>
    public void RefuseAll(string code, string message) => _issues.Add(new RequestIssue(code, _path, message));

    private JsonElement? Get(string name) =>
        _body.ValueKind == JsonValueKind.Object && _body.TryGetProperty(name, out var value) ? value : null;

    private bool TryGet(string name, JsonValueKind kind, string expected, bool required, out JsonElement value)
    {
        value = Get(name) ?? default;
        if (value.ValueKind == kind)
        {
            return true;
        }

        RefuseKind(name, expected, required, value.ValueKind == JsonValueKind.Undefined ? null : value);
        return false;
    }

    private bool TryGetList(string name, bool required, int maxCount, out JsonElement list)
    {
        if (!TryGet(name, JsonValueKind.Array, "array", required, out list))
        {
            return false;
        }

        if (list.GetArrayLength() <= maxCount)
        {
            return true;
        }

        Refuse("too_big", name, $"Too big: expected array to have <={maxCount} items");
        return false;
    }

    private void RefuseKind(string name, string expected, bool required, JsonElement? value)
    {
        // Of something that is no object, that is all there is to say.
        if (_body.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (required || value is { ValueKind: not JsonValueKind.Null })
        {
            Refuse("invalid_type", name, $"Invalid input: expected {expected}, received {(value is { } v ? Kind(v) : "undefined")}");
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        JsonValueKind.Null => "null",
        _ => "undefined",
    };
}
