using Actors.Dashboards;

namespace Actors.Web.Model.Dashboards;

/// <summary>What a widget draws: the answer in the form of its chart, and the same in words and as a table.</summary>
/// <param name="Summary">What the chart shows, in one sentence for who cannot see it.</param>
/// <param name="Table">The numbers as they are.</param>
public abstract record WidgetFigure(string Summary, TableFigure Table)
{
    /// <summary>What is left out, for example <c>top 8 of 41</c>; null: nothing.</summary>
    public string? Cut { get; init; }

    /// <summary>Whether nothing was measured.</summary>
    public bool IsEmpty { get; init; }
}

/// <summary>Something drawn over time.</summary>
/// <param name="Summary">In words.</param>
/// <param name="Table">As a table.</param>
/// <param name="Options">The chart.</param>
/// <param name="Frame">All its rows.</param>
/// <param name="Picks">What the values of the dimension behind the series are; empty: there is no dimension.</param>
public sealed record TimeFigure(
    string Summary, TableFigure Table, ChartOptions Options, ChartFrame Frame, IReadOnlyList<WidgetPick> Picks) : WidgetFigure(Summary, Table);

/// <summary>Something drawn by value of a dimension, or by bin.</summary>
/// <param name="Summary">In words.</param>
/// <param name="Table">As a table.</param>
/// <param name="Chart">The chart.</param>
/// <param name="Picks">What is behind each bar; empty: nothing can be opened.</param>
public sealed record CategoryFigure(string Summary, TableFigure Table, CategoryChartData Chart, IReadOnlyList<WidgetPick> Picks)
    : WidgetFigure(Summary, Table);

/// <summary>One number.</summary>
/// <param name="Summary">In words.</param>
/// <param name="Table">As a table.</param>
/// <param name="Value">The number.</param>
/// <param name="Delta">Its change against the range before.</param>
public sealed record NumberFigure(string Summary, TableFigure Table, Quantity Value, Delta Delta) : WidgetFigure(Summary, Table);

/// <summary>A table that is the chart itself.</summary>
/// <param name="Summary">In words.</param>
/// <param name="Table">The table.</param>
public sealed record RowsFigure(string Summary, TableFigure Table) : WidgetFigure(Summary, Table);

/// <summary>Rows of text.</summary>
/// <param name="Columns">Their heads.</param>
/// <param name="Rows">A cell for each column.</param>
public sealed record TableFigure(IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableRow> Rows);

/// <summary>The head of a column.</summary>
/// <param name="Title">The text.</param>
/// <param name="IsNumeric">Whether it holds numbers.</param>
public readonly record struct TableColumn(string Title, bool IsNumeric);

/// <summary>A row of a table.</summary>
/// <param name="Cells">Texts.</param>
/// <param name="Pick">What is behind it; null: nothing can be opened.</param>
public sealed record TableRow(IReadOnlyList<string> Cells, WidgetPick? Pick = null)
{
    /// <summary>Whether it sums up the others.</summary>
    public bool IsTotal { get; init; }
}

/// <summary>What somebody points at: the rows that have these values of dimensions.</summary>
/// <param name="Values">Values by dimension; null: the rows that have none.</param>
public sealed record WidgetPick(IReadOnlyList<(string Dimension, string? Value)> Values);

/// <summary>Somebody wants to see what is behind something.</summary>
/// <param name="Pick">What it is.</param>
/// <param name="Time">The time that it is from; null: all of the page's.</param>
/// <param name="Question">What the widget asked; null: the widget adds it.</param>
public sealed record WidgetOpening(WidgetPick Pick, ChartZoom? Time, WidgetQuestion? Question = null);

/// <summary>How a widget is doing.</summary>
public enum SlotState
{
    /// <summary>Its first answer is awaited.</summary>
    Loading,

    /// <summary>It shows an answer.</summary>
    Ready,

    /// <summary>It cannot be answered as it is asked.</summary>
    Refused,

    /// <summary>The last try failed; an older answer may still be shown.</summary>
    Failed,
}

/// <summary>A tile of a dashboard, what it shows, and how that is doing.</summary>
/// <param name="placement">Where it is.</param>
/// <param name="widget">What it asks; null: there is no such widget.</param>
public sealed class WidgetSlot(Placement placement, WidgetDraft? widget)
{
    /// <summary>Where it is.</summary>
    public Placement Placement { get; set; } = placement;

    /// <summary>What it asks; null: there is no such widget.</summary>
    public WidgetDraft? Widget { get; } = widget;

    /// <summary>How it is doing.</summary>
    public SlotState State { get; set; } = widget is null ? SlotState.Refused : SlotState.Loading;

    /// <summary>Why it is refused or has failed.</summary>
    public string? Problem { get; set; } = widget is null ? "There is no such widget any more." : null;

    /// <summary>The last answer; null: none yet.</summary>
    public WidgetFigure? Figure { get; set; }

    /// <summary>The question behind it; null: none yet.</summary>
    public WidgetQuestion? Question { get; set; }

    /// <summary>When the answer was true.</summary>
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>Whether the live edge keeps it right by the second.</summary>
    public bool IsLive { get; set; }

    /// <summary>Rows of the log that the answer lacks, because the read model is being built.</summary>
    public long Behind { get; set; }
}
