using System.Globalization;
using System.Text;
using Actors.Contracts;
using Actors.Filtering;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api;

/// <summary>Reads query parameters and collects everything that is wrong with them. An empty parameter counts as absent.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private const int MaxListLength = 100;

    private readonly List<RequestIssue> _issues = [];

    /// <summary>The answer to give; null: the parameters are right.</summary>
    public InvalidRequestBody? Problem => _issues.Count == 0 ? null : new InvalidRequestBody("Invalid request data", _issues);

    /// <summary>Answers 400 when something is wrong.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> RefusedAsync(HttpContext context)
    {
        if (Problem is not { } problem)
        {
            return false;
        }

        await Respond.IssuesAsync(context, problem, "invalid_query");
        return true;
    }

    public string? Text(string name) => query[name] is [.., { Length: > 0 } last] ? last : null;

    /// <summary>A parameter that must be there; empty when it is not.</summary>
    public string RequiredText(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        RefuseAbsent(name);
        return "";
    }

    public IReadOnlyList<string> List(string name)
    {
        var values = query[name];
        if (values.Count > MaxListLength)
        {
            Refuse("too_big", name, $"Too big: expected at most {MaxListLength} values");
            return [];
        }

        return [.. values.Where(v => !string.IsNullOrEmpty(v)).Select(v => v!)];
    }

    /// <summary>The values of a comma list; empty entries do not count.</summary>
    public IReadOnlyList<string> Csv(string name, int maxCount = MaxListLength)
    {
        string[] values = (Text(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (values.Length <= maxCount)
        {
            return values;
        }

        Refuse("too_big", name, $"Too big: expected at most {maxCount} values");
        return [];
    }

    /// <summary>The values of a comma list, each one of several names.</summary>
    public IReadOnlyList<T> CsvOf<T>(string name, Func<string, T?> parse, string expected)
        where T : struct
    {
        var values = new List<T>();
        foreach (var text in Csv(name))
        {
            if (parse(text) is not { } value)
            {
                Refuse("invalid_value", name, $"Invalid option: expected one of {expected}");
                return [];
            }

            values.Add(value);
        }

        return values;
    }

    /// <summary>A finite number; null when absent or wrong.</summary>
    public double? Number(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (ParseNumber(text) is { } number)
        {
            return number;
        }

        Refuse("invalid_type", name, "Invalid input: expected number, received string");
        return null;
    }

    /// <summary>Reads a finite number; null when it is none.</summary>
    public static double? ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>For strict routes: refuses parameters with other names.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        foreach (var name in query.Keys)
        {
            if (!known.Contains(name))
            {
                _issues.Add(new RequestIssue("unrecognized_keys", [], $"Unrecognized key: \"{name}\""));
            }
        }
    }

    public int Integer(string name, int fallback, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            Refuse("invalid_type", name, "Invalid input: expected int, received string");
        }
        else if (value < min)
        {
            Refuse("too_small", name, $"Too small: expected number to be >={min}");
        }
        else if (value > max)
        {
            Refuse("too_big", name, $"Too big: expected number to be <={max}");
        }

        return value;
    }

    /// <summary>A whole number; null when absent or wrong.</summary>
    public int? Integer(string name) => Text(name) is null ? null : Integer(name, 0, int.MinValue, int.MaxValue);

    /// <summary>True or false; the fallback when absent or wrong.</summary>
    public bool Flag(string name, bool fallback)
    {
        switch (Text(name))
        {
            case null:
                return fallback;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Refuse("invalid_value", name, "Invalid option: expected one of true, false");
                return fallback;
        }
    }

    /// <summary>The parameters <c>page</c> and <c>limit</c> (langfuse-api §0.4).</summary>
    public PageRequest Page(int defaultLimit = 50) => new(Integer("page", 1, 1, int.MaxValue), Integer("limit", defaultLimit, 1, 100));

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // In a URL a plus sign that was not escaped arrives as a space.
        if (IsoTime.TryParse(Encoding.UTF8.GetBytes(text.Replace(' ', '+')), out var time))
        {
            return time;
        }

        Refuse("invalid_format", name, EventBodyReader.TimeMessage);
        return null;
    }

    /// <summary>A time that must be there; of no meaning when it is not, or is wrong.</summary>
    public DateTimeOffset RequiredTime(string name)
    {
        if (Text(name) is null)
        {
            RefuseAbsent(name);
        }

        return Time(name) ?? default;
    }

    /// <summary>Reads one of several names; null when absent or wrong.</summary>
    public T? OneOf<T>(string name, Func<string, T?> parse, string expected)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            Refuse("invalid_value", name, $"Invalid option: expected one of {expected}");
        }

        return value;
    }

    /// <summary>The parameter <c>filter</c> (langfuse-api §0.5); null when there is none, or it asks for nothing.</summary>
    public Filter? Filter(FilterCatalog catalog)
    {
        if (Text("filter") is not { } json)
        {
            return null;
        }

        var reading = FilterJson.Read(catalog, json);
        _issues.AddRange(reading.Issues.Select(issue => new RequestIssue(issue.Code, ["filter", .. issue.Path], issue.Message)));
        return reading.Filter == Filtering.Filter.Everything ? null : reading.Filter;
    }

    /// <summary>Whether the parameter is there without a value.</summary>
    public bool IsEmpty(string name) => query[name] is [.., ""];

    /// <summary>True or false; null when absent or wrong.</summary>
    public bool? Flag(string name) => OneOf<bool>(name, static text => bool.TryParse(text, out var flag) ? flag : null, "true, false");

    public void Refuse(string code, string name, string message) => _issues.Add(new RequestIssue(code, [name], message));

    private void RefuseAbsent(string name) => Refuse("invalid_type", name, "Invalid input: expected string, received undefined");
}
