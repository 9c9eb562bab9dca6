using Actors.Filtering;
using Actors.Live;
using Actors.Queries;

namespace Actors.Web.Model.Live;

/// <summary>The lists behind what a live page shows: exactly what was counted, as a filter in an address.</summary>
/// <param name="project">The project.</param>
/// <param name="filter">What is counted, but for the environments.</param>
/// <param name="environments">The environments that are looked at; the lists keep them.</param>
public sealed class LiveLinks(ProjectId project, LiveFilter filter, EnvironmentChoice environments)
{
    // What ended in a bucket may have begun long before it.
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(24);

    private static readonly FilterCatalog Catalog = FilterCatalog.Observations;

    private readonly Filter _part = Filter.All(filter.Conditions.Select(Of));

    /// <summary>All traces.</summary>
    public string Traces => environments.On(ProjectPath.Traces(project));

    /// <summary>The model calls that counted in a time.</summary>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="narrowed">What else they have in common.</param>
    public string Calls(DateTimeOffset from, DateTimeOffset to, params Filter[] narrowed) =>
        Counted(from, to, [OneOf("type", "GENERATION", "EMBEDDING"), .. narrowed]);

    /// <summary>The observations that counted in a time: those that ended in it, and those that began in it and have not ended.</summary>
    /// <inheritdoc cref="Calls"/>
    public string Counted(DateTimeOffset from, DateTimeOffset to, params Filter[] narrowed) => Observations(
        TimeRange.Between(from - LongestRun, to),
        [
            .. narrowed,
            Filter.Any(
                Filter.All(Time("endTime", FilterOperator.GreaterOrEqual, from), Time("endTime", FilterOperator.Less, to)),
                Filter.All(Filter.Not(Filter.Has("endTime")), Time("startTime", FilterOperator.GreaterOrEqual, from))),
        ]);

    /// <summary>The model calls that ended in a time after a latency within bounds.</summary>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="above">More milliseconds than these; null: no matter.</param>
    /// <param name="upTo">At most these milliseconds; null: no matter.</param>
    public string Latencies(DateTimeOffset from, DateTimeOffset to, double? above, double? upTo) => Observations(
        TimeRange.Between(from - LongestRun, to),
        [
            OneOf("type", "GENERATION", "EMBEDDING"),
            .. Latency(FilterOperator.Greater, above),
            .. Latency(FilterOperator.LessOrEqual, upTo),
            Time("endTime", FilterOperator.GreaterOrEqual, from),
            Time("endTime", FilterOperator.Less, to),
        ]);

    /// <summary>Traces with a score of a name that began about then: a score is given after its trace, and says not how long.</summary>
    public string Scored(DateTimeOffset from, DateTimeOffset to, string name) => environments.On(
        ProjectPath.Traces(project)
        + (TraceFilter.Empty.With(Filter.Has("scores_avg", name)) with { Range = TimeRange.Between(from.AddHours(-1), to) }).ToQuery());

    /// <summary>The observations that failed in a time for a reason.</summary>
    /// <inheritdoc cref="Counted"/>
    public string Failures(DateTimeOffset from, DateTimeOffset to, Failure failure) =>
        Counted(from, to, [.. Reason(failure.Name, failure.Pattern, failure.Message)]);

    /// <summary>What came up for the first time.</summary>
    public string Change(Change change, DateTimeOffset now)
    {
        // Before it there was nothing of it, so the usual range that holds its beginning shows all of it.
        var age = now - change.At;
        var range = age < TimeRange.Day.Length - TimeSpan.FromHours(1) ? TimeRange.Day : age < TimeRange.Week.Length - LongestRun ? TimeRange.Week : TimeRange.Month;
        return change.Kind switch
        {
            ChangeKinds.Error => Observations(range, Reason(change.Name, change.Value, change.Message)),
            ChangeKinds.PromptVersion => Observations(range, [Version(change.Value)]),
            ChangeKinds.Model => Observations(range, [Filter.Equal("model", change.Value)]),
            _ => Observations(range, [Filter.Equal("release", change.Value)]),
        };
    }

    /// <summary>One trace, at one of its observations.</summary>
    public string Trace(string traceId, string? observationId = null) =>
        environments.On(
        ProjectPath.Trace(project, traceId) + (observationId is null ? "" : $"?span={Uri.EscapeDataString(observationId)}"));

    private string Observations(TimeRange range, IEnumerable<Filter> narrowed)
    {
        var text = FilterText.Format(Catalog, Filter.All([_part, .. narrowed]));
        return environments.On(
            $"{ProjectPath.Observations(project)}?f={Uri.EscapeDataString(text)}{(range == TimeRange.Day ? "" : $"&range={Uri.EscapeDataString(range.Text)}")}");
    }

    private static Filter Of(LiveCondition condition) => condition.Dimension switch
    {
        LiveDimension.PromptVersion => Filter.Any(condition.Values.Select(Version)),
        LiveDimension.Tool => Filter.All(Filter.Equal("type", "TOOL"), OneOf("name", [.. condition.Values])),
        var dimension => OneOf(ColumnOf(dimension), [.. condition.Values]),
    };

    private static string ColumnOf(LiveDimension dimension) => dimension switch
    {
        LiveDimension.Model => "model",
        LiveDimension.TraceName => "traceName",
        LiveDimension.Environment => "environment",
        LiveDimension.Release => "release",
        LiveDimension.User => "userId",
        LiveDimension.Session => "sessionId",
        LiveDimension.Prompt => "promptName",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Observations have no such column."),
    };

    // A name may hold an at sign, a version is a number.
    private static Filter Version(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && int.TryParse(text.AsSpan(at + 1), System.Globalization.CultureInfo.InvariantCulture, out var version)
            ? Filter.All(Filter.Equal("promptName", text[..at]), new Condition("promptVersion", null, FilterOperator.Equal, new NumberValue(version)))
            : Filter.Equal("promptName", text);
    }

    private static IEnumerable<Filter> Reason(string? name, string pattern, string? message) =>
    [
        Filter.Equal("level", "ERROR"),
        name is null ? Filter.Not(Filter.Has("name")) : Filter.Equal("name", name),
        .. MessageOf(pattern, message),
    ];

    // A pattern without numbers is the message; else the words between them find what has it.
    private static IEnumerable<Filter> MessageOf(string pattern, string? message)
    {
        if (message is null)
            return [Filter.Not(Filter.Has("statusMessage"))];
        if (pattern == message)
            return [Filter.Equal("statusMessage", message)];
        var words = pattern.Split('#', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Where(w => w.Length > 1)
            .Select(w => new Condition("statusMessage", null, pattern.StartsWith(w, StringComparison.Ordinal) ? FilterOperator.StartsWith : FilterOperator.Contains, new TextValue(w)));
    }

    private static Filter OneOf(string column, params string[] values) => Filter.OneOf(Catalog.Find(column)!, null, values);

    private static Condition Time(string column, FilterOperator comparison, DateTimeOffset at) =>
        new Condition(column, null, comparison, new TimeValue(DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds())));

    private static IEnumerable<Filter> Latency(FilterOperator comparison, double? ms) =>
        ms is { } bound ? [new Condition("latency", null, comparison, new NumberValue(Math.Round((decimal)bound / 1000, 6)))] : [];
}
