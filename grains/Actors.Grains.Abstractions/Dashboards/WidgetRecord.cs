using Actors.Queries;

namespace Actors.Dashboards;

/// <summary>How the numbers of a widget are drawn.</summary>
public enum ChartKind
{
    /// <summary>Lines over time.</summary>
    LineTimeSeries,

    /// <summary>Stacked areas over time.</summary>
    AreaTimeSeries,

    /// <summary>Stacked bars over time.</summary>
    BarTimeSeries,

    /// <summary>A bar for each value of a dimension, side by side from top to bottom.</summary>
    HorizontalBar,

    /// <summary>A bar for each value of a dimension, side by side from left to right.</summary>
    VerticalBar,

    /// <summary>Shares of a whole.</summary>
    Pie,

    /// <summary>One number.</summary>
    Number,

    /// <summary>How many values lie where.</summary>
    Histogram,

    /// <summary>Dimensions against metrics, with sums.</summary>
    PivotTable,

    /// <summary>Rows as they are. The contract has no word for it; ours is <c>TABLE</c>.</summary>
    Table,

    /// <summary>Values of a dimension against time, as colours. The contract has no word for it; ours is <c>HEAT_MAP</c>.</summary>
    HeatMap,
}

/// <summary>How a widget is drawn.</summary>
/// <param name="Kind">As what.</param>
public sealed record WidgetChart(ChartKind Kind)
{
    /// <summary>The most rows of an answer.</summary>
    public const int MaxRowLimit = 1_000;

    /// <summary>The most bins of a histogram.</summary>
    public const int MaxBins = 100;

    /// <summary>The most rows; null: what is usual for its kind.</summary>
    public int? RowLimit { get; init; }

    /// <summary>Whether numbers stand at the bars; null: not said.</summary>
    public bool? ShowValueLabels { get; init; }

    /// <summary>The bins of a histogram; null: 10.</summary>
    public int? Bins { get; init; }

    /// <summary>The order of a pivot table; null: the largest first metric first.</summary>
    public WidgetSort? Sort { get; init; }
}

/// <summary>The order of a pivot table.</summary>
/// <param name="Column">The name of a dimension or a metric.</param>
/// <param name="Descending">Largest first.</param>
public sealed record WidgetSort(string Column, bool Descending);

/// <summary>What a widget asks and how it shows the answer.</summary>
public sealed record WidgetDraft
{
    /// <summary>What people call it; not unique.</summary>
    public required string Name { get; init; }

    /// <summary>What it answers; empty: nobody said.</summary>
    public string Description { get; init; } = "";

    /// <summary>What rows it is about.</summary>
    public required MetricsView View { get; init; }

    /// <summary>What they are grouped by.</summary>
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    /// <summary>At least one.</summary>
    public required IReadOnlyList<MetricsColumn> Metrics { get; init; }

    /// <summary>JSON: conditions in the shape of langfuse-api §0.5; <c>[]</c>: none.</summary>
    public string Filters { get; init; } = "[]";

    /// <summary>How it is drawn.</summary>
    public required WidgetChart Chart { get; init; }

    /// <inheritdoc/>
    public bool Equals(WidgetDraft? other) => other is not null
        && (Name, Description, View, Filters, Chart) == (other.Name, other.Description, other.View, other.Filters, other.Chart)
        && Dimensions.SequenceEqual(other.Dimensions)
        && Metrics.SequenceEqual(other.Metrics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, View, Filters, Chart, Dimensions.Count, Metrics.Count);
}

/// <summary>A widget of a project, which may stand on any of its dashboards.</summary>
/// <param name="Id">The widget's id.</param>
/// <param name="Content">What it is.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record WidgetRecord(string Id, WidgetDraft Content, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A change of a widget; what is null stays as it is.</summary>
public sealed record WidgetChange
{
    /// <inheritdoc cref="WidgetDraft.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="WidgetDraft.Description"/>
    public string? Description { get; init; }

    /// <inheritdoc cref="WidgetDraft.View"/>
    public MetricsView? View { get; init; }

    /// <inheritdoc cref="WidgetDraft.Dimensions"/>
    public IReadOnlyList<string>? Dimensions { get; init; }

    /// <inheritdoc cref="WidgetDraft.Metrics"/>
    public IReadOnlyList<MetricsColumn>? Metrics { get; init; }

    /// <inheritdoc cref="WidgetDraft.Filters"/>
    public string? Filters { get; init; }

    /// <summary>Another kind of chart. What was said of the old one is forgotten.</summary>
    public ChartKind? Kind { get; init; }

    /// <summary>How it is drawn from now on, whatever was said before; its kind is that of <see cref="ChartWord"/>.</summary>
    public WidgetChart? Chart { get; init; }

    /// <summary>The kind that <see cref="Chart"/> itself names; null: it names none.</summary>
    public ChartKind? ChartWord { get; init; }

    /// <summary>The widget after the change.</summary>
    public WidgetDraft Apply(WidgetDraft widget)
    {
        ArgumentNullException.ThrowIfNull(widget);
        var kind = Kind ?? widget.Chart.Kind;
        return new WidgetDraft
        {
            Name = Name ?? widget.Name,
            Description = Description ?? widget.Description,
            View = View ?? widget.View,
            Dimensions = Dimensions ?? widget.Dimensions,
            Metrics = Metrics ?? widget.Metrics,
            Filters = Filters ?? widget.Filters,
            Chart = Chart is { } chart ? chart with { Kind = kind } : kind == widget.Chart.Kind ? widget.Chart : new WidgetChart(kind),
        };
    }
}
