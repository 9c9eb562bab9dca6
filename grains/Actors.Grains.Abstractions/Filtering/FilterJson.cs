using System.Text.Json;

namespace Actors.Filtering;

/// <summary>Reads filters as the contract sends them: a JSON list of conditions, all of which must hold (langfuse-api §0.5).</summary>
public static partial class FilterJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    /// <summary>Reads the text of a list.</summary>
    public static FilterReading Read(FilterCatalog catalog, string json)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > FilterLimits.MaxLength)
        {
            return Refused(new FilterIssue("too_big", [], $"Too big: expected a filter of at most {FilterLimits.MaxLength} characters"));
        }

        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Read(catalog, document.RootElement);
        }
        catch (JsonException)
        {
            return Refused(new FilterIssue("custom", [], "Invalid JSON in the filter parameter"));
        }
    }

    /// <summary>Reads a list that is part of a larger document.</summary>
    public static FilterReading Read(FilterCatalog catalog, JsonElement list)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        if (list.ValueKind != JsonValueKind.Array)
        {
            return Refused(new FilterIssue("invalid_type", [], $"Invalid input: expected array, received {ConditionReader.Kind(list)}"));
        }

        if (list.GetArrayLength() > FilterLimits.MaxConditions)
        {
            return Refused(new FilterIssue("too_big", [], $"Too big: expected at most {FilterLimits.MaxConditions} conditions"));
        }

        var issues = new List<FilterIssue>();
        var parts = new List<Filter>();
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            if (new ConditionReader(catalog, item, index, issues).Read() is { } part)
            {
                parts.Add(part);
            }
        }

        return issues.Count > 0 ? new FilterReading(null, issues) : new FilterReading(Filter.All(parts), []);
    }

    private static FilterReading Refused(FilterIssue issue) => new(null, [issue]);
}
