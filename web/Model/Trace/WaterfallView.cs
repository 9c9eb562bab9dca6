namespace Actors.Web.Model.Trace;

/// <summary>The visible part of a trace as fractions of its length, and how bars are placed in it.</summary>
/// <param name="From">0 is the start of the trace.</param>
/// <param name="To">1 is its end.</param>
public readonly record struct WaterfallView(double From, double To)
{
    // Room the usual label needs, in percent of the lane.
    private const double LabelRoom = 30;

    private static readonly int[] TickPercents = [0, 25, 50, 75];

    /// <summary>All of the trace.</summary>
    public static WaterfallView Whole { get; } = new(0, 1);

    /// <summary>A view with sane ends, whatever the browser sent.</summary>
    public static WaterfallView Of(double from, double to) =>
        from >= 0 && to <= 1 && to - from >= 0.0005 ? new(from, to) : Whole;

    /// <summary>Labels of the time scale at 0, 25, 50 and 75 percent.</summary>
    public IReadOnlyList<(int Percent, string Text)> Ticks(TimeSpan total)
    {
        var (from, length) = (From, To - From);
        return [.. TickPercents.Select(p => (p, Format.Duration(total * (from + length * p / 100))))];
    }

    internal WaterfallRow Place(
        WaterfallSpan span, int depth, bool hasChildren, bool collapsed, DateTimeOffset start, double totalMs, DateTimeOffset now)
    {
        var end = span.IsPoint ? span.Start : span.End ?? now;
        if (end < span.Start)
            end = span.Start;
        var left = Percent((span.Start - start).TotalMilliseconds / totalMs);
        var right = Percent((end - start).TotalMilliseconds / totalMs);
        var length = (end - span.Start).TotalMilliseconds;
        double? ttft = span.FirstToken is { } first && length > 0 && first >= span.Start && first <= end
            ? (first - span.Start).TotalMilliseconds / length * 100
            : null;

        var label = span.IsPoint ? "" : Format.Duration(end - span.Start);
        if (span.Note is { Length: > 0 } note)
            label = label.Length > 0 ? $"{label} · {note}" : note;
        return new(span, depth, hasChildren, collapsed, left, right - left, ttft, label, Side(left, right));
    }

    private double Percent(double share) => (share - From) / (To - From) * 100;

    private static LabelSide Side(double left, double right) =>
        right <= 100 - LabelRoom ? LabelSide.After
        : left >= LabelRoom && left <= 100 ? LabelSide.Before
        : LabelSide.Inside;
}
