using Actors.Filtering;
using Actors.Queries;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Users;

/// <summary>Users compared by a value of their traces: a plan, a tag, a version.</summary>
public sealed partial class CohortsPage
{
    private const string MetadataKind = "metadata";

    private static readonly (TimeRange Range, string Text)[] Ranges =
        [(TimeRange.Day, "24 h"), (TimeRange.Week, "7 d"), (TimeRange.Month, "30 d")];

    private static readonly (string Key, string Title)[] Kinds =
    [
        (MetadataKind, "a value of the metadata"), ("tags", "tag"), ("version", "version"), ("release", "release"), ("environment", "environment"), ("name", "name of the trace"),
    ];

    private TimeRange _range = TimeRange.Week;
    private (string? By, TimeRange Range, string? Env)? _shown;
    private Cohorts? _cohorts;
    private string _kind = "release";
    private string _key = "";
    private bool _failed;

    /// <summary>What is compared: <c>release</c>, or <c>metadata.plan</c>; absent: releases.</summary>
    [SupplyParameterFromQuery]
    public string? By { get; set; }

    /// <summary>The range of time; absent: the last week.</summary>
    [SupplyParameterFromQuery]
    public string? Range { get; set; }

    /// <summary>The address of the page.</summary>
    public static string Address(ProjectId project) => $"/p/{project}/cohorts";

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _range = TimeRange.Parse(Range, TimeRange.Week);
        (_kind, _key) = Parse(By);
        if (_shown == (By, _range, Env) || !RendererInfo.IsInteractive)
            return;
        _shown = (By, _range, Env);
        try
        {
            var (from, to) = _range.At(Time.GetUtcNow());
            _cohorts = await Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value).GetCohortsAsync(new CohortQuery
            {
                By = Array.Find(Dimensions, d => d.Key == _kind).By,
                Key = _key,
                From = from,
                To = _range.IsFixed ? to : null,
                Counted = Environments.And(FilterCatalog.Traces, Filter.Everything),
            });
            _failed = false;
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            _failed = true;
        }
    }

    private static (string Key, CohortBy By)[] Dimensions =>
    [
        (MetadataKind, CohortBy.Metadata), ("tags", CohortBy.Tag), ("version", CohortBy.Version), ("release", CohortBy.Release),
        ("environment", CohortBy.Environment), ("name", CohortBy.Name),
    ];

    private static (string Kind, string Key) Parse(string? by)
    {
        if (by?.StartsWith(MetadataKind + ".", StringComparison.Ordinal) == true && by.Length > MetadataKind.Length + 1)
            return (MetadataKind, by[(MetadataKind.Length + 1)..]);
        return Array.Exists(Kinds, k => k.Key == by && k.Key != MetadataKind) ? (by!, "") : ("release", "");
    }

    private void Go()
    {
        var key = _key.Trim();
        if (_kind != MetadataKind || key.Length > 0)
            Navigation.NavigateTo(Address(_range, _kind == MetadataKind ? $"{MetadataKind}.{key}" : _kind));
    }

    private string Address(TimeRange range, string? by)
    {
        var query = string.Join('&', new[]
        {
            by is null or "release" ? null : $"by={Uri.EscapeDataString(by)}",
            range == TimeRange.Week ? null : $"range={Uri.EscapeDataString(range.Text)}",
        }.OfType<string>());
        var path = Address(Info?.Id ?? new ProjectId(Project));
        return Keep(query.Length == 0 ? path : $"{path}?{query}");
    }

    // The traces behind a cohort.
    private string FilterOf(string? value)
    {
        var column = FilterCatalog.Traces.Find(_kind)!;
        var key = _kind == MetadataKind ? _key : null;
        Filter filter = value is null
            ? new Condition(column.Name, key, FilterOperator.IsNull, NoValue.Instance)
            : key is null ? Filter.OneOf(column, null, [value]) : new Condition(column.Name, key, FilterOperator.Equal, new TextValue(value));
        return Keep(ProjectPath.Traces(Info!.Id) + (TraceFilter.Empty with { Range = _range }).With(Filter.All(filter, Filter.Has("userId"))).ToQuery());
    }
}
