using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>Widgets on a grid of twelve columns.</summary>
/// <param name="Id">The dashboard's id.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it, or what is on it, last changed.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">What it answers; empty: nobody said.</param>
/// <param name="Definition">What is on it.</param>
/// <param name="Filters">A list of conditions that narrow every widget.</param>
public sealed record DashboardBody(
    string Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Name,
    string Description,
    DashboardDefinitionBody Definition,
    RawJson Filters);

/// <summary>What is on a dashboard.</summary>
/// <param name="Widgets">Tiles; they may overlap.</param>
public sealed record DashboardDefinitionBody(IReadOnlyList<PlacementBody> Widgets);

/// <summary>A tile on a dashboard.</summary>
/// <param name="Type"><c>widget</c> or <c>preset</c>.</param>
/// <param name="Id">Unique on its dashboard.</param>
/// <param name="WidgetId">The widget; left out for a preset.</param>
/// <param name="PresetId">The preset; left out for a widget.</param>
/// <param name="X">Its first column, 0 to 11.</param>
/// <param name="Y">Its first row, from 0, growing downward.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public sealed record PlacementBody(
    string Type,
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? WidgetId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PresetId,
    int X,
    int Y,
    int Width,
    int Height);

/// <summary>A chart that may stand on any dashboard of its project.</summary>
public sealed record WidgetBody : WidgetContentBody
{
    /// <summary>The widget's id.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What a widget asks and how it shows the answer.</summary>
public record WidgetContentBody
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it answers; empty: nobody said.</summary>
    public required string Description { get; init; }

    /// <summary><c>observations</c>, <c>scores-numeric</c>, <c>scores-categorical</c>, <c>scores-boolean</c>, or <c>traces</c>.</summary>
    public required string View { get; init; }

    /// <summary>What the rows are grouped by.</summary>
    public required IReadOnlyList<WidgetDimensionBody> Dimensions { get; init; }

    /// <summary>What is computed; at least one.</summary>
    public required IReadOnlyList<WidgetMetricBody> Metrics { get; init; }

    /// <summary>A list of conditions.</summary>
    public required RawJson Filters { get; init; }

    /// <summary>For example <c>LINE_TIME_SERIES</c>.</summary>
    public required string ChartType { get; init; }

    /// <summary>How it is drawn.</summary>
    public required WidgetChartBody ChartConfig { get; init; }
}

/// <summary>Something to group by.</summary>
/// <param name="Field">The name of a dimension.</param>
public sealed record WidgetDimensionBody(string Field);

/// <summary>Something to compute.</summary>
/// <param name="Measure">Of what.</param>
/// <param name="Agg">How, for example <c>p95</c>.</param>
public sealed record WidgetMetricBody(string Measure, string Agg);

/// <summary>How a widget is drawn. What was not said is left out.</summary>
/// <param name="Type">The same as the widget's chart type.</param>
/// <param name="RowLimit">The most rows.</param>
/// <param name="ShowValueLabels">Whether numbers stand at the bars.</param>
/// <param name="Bins">The bins of a histogram.</param>
/// <param name="DefaultSort">The order of a pivot table.</param>
public sealed record WidgetChartBody(
    string Type,
    [property: JsonPropertyName("row_limit"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RowLimit,
    [property: JsonPropertyName("show_value_labels"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? ShowValueLabels,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Bins,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WidgetSortBody? DefaultSort);

/// <summary>The order of a pivot table.</summary>
/// <param name="Column">The name of a dimension or a metric.</param>
/// <param name="Order"><c>ASC</c> or <c>DESC</c>.</param>
public sealed record WidgetSortBody(string Column, string Order);

/// <summary>
/// A dashboard with all its own widgets, as it is exported and imported. <c>{"version":1,"name":…,"definition":…,"widgets":{"id":…}}</c>.
/// </summary>
/// <param name="Version">The version of this format: 1.</param>
/// <param name="Name">The dashboard's name.</param>
/// <param name="Description">What it answers.</param>
/// <param name="Filters">A list of conditions that narrow every widget.</param>
/// <param name="Definition">What is on it; widgets by their keys in <paramref name="Widgets"/>.</param>
/// <param name="Widgets">The widgets on it, by key.</param>
public sealed record DashboardFileBody(
    int Version,
    string Name,
    string Description,
    RawJson Filters,
    DashboardDefinitionBody Definition,
    IReadOnlyDictionary<string, WidgetContentBody> Widgets);
