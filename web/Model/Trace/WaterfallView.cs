namespace Actors.Web.Model.Trace;

/// <summary>The visible part of a time axis as fractions of its length, and how bars are placed in it.</summary>
/// <param name="From">0 is the start of the trace.</param>
/// <param name="To">1 is its end.</param>
public readonly record struct WaterfallView(double From, double To)
{
    // Room the usual label needs, in percent of the lane.
    private const double LabelRoom = 30;
    private const double Narrowest = 0.0005;

    // Parts of a path that stand closer than this many percent are drawn as one.
    private const double Hair = 0.5;

    private static readonly int[] TickPercents = [0, 25, 50, 75];

    /// <summary>All of the trace.</summary>
    public static WaterfallView Whole { get; } = new(0, 1);

    /// <summary>A view with sane ends, whatever the browser sent.</summary>
    public static WaterfallView Of(double from, double to) =>
        from >= 0 && to <= 1 && to - from >= Narrowest ? new(from, to) : Whole;

    /// <summary>The view with its length multiplied by <paramref name="factor"/> around <paramref name="centre"/>, kept inside the trace.</summary>
    public WaterfallView Zoom(double factor, double centre)
    {
        var length = Math.Clamp((To - From) * factor, Narrowest * 2, 1);
        var from = Math.Clamp(centre - length / 2, 0, 1 - length);
        return new(from, from + length);
    }

    /// <summary>Labels of the time scale at 0, 25, 50 and 75 percent.</summary>
    public IReadOnlyList<(int Percent, string Text)> Ticks(TimeAxis axis)
    {
        var (from, length) = (From, To - From);
        return [.. TickPercents.Select(p =>
            (p, Format.Duration(TimeSpan.FromMilliseconds(axis.Back(axis.Length * (from + length * p / 100))))))];
    }

    /// <summary>Where an instant of the axis is, in percent of the view.</summary>
    public double Percent(double place, TimeAxis axis) => (place / axis.Length - From) / (To - From) * 100;

    /// <summary>Places the bar of a span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="start">The start of the trace.</param>
    /// <param name="axis">The time axis.</param>
    /// <param name="now">Where what still runs ends.</param>
    public WaterfallBar Place(WaterfallSpan span, DateTimeOffset start, TimeAxis axis, DateTimeOffset now)
    {
        var end = span.EndAt(now);
        var (from, to) = (axis.At((span.Start - start).TotalMilliseconds), axis.At((end - start).TotalMilliseconds));
        var (left, right) = (Percent(from, axis), Percent(to, axis));
        double? ttft = span.FirstToken is { } first && to > from && first >= span.Start && first <= end
            ? (axis.At((first - start).TotalMilliseconds) - from) / (to - from) * 100
            : null;

        var label = span.IsPoint ? "" : Format.Duration(end - span.Start);
        if (span.Note is { Length: > 0 } note)
            label = label.Length > 0 ? $"{label} · {note}" : note;
        return new(left, right - left, ttft, label, Side(left, right));
    }

    /// <summary>The visible parts of a path on one line, left and width in percent.</summary>
    public IReadOnlyList<(double Left, double Width)> Place(IReadOnlyList<CriticalPart> parts, TimeAxis axis)
    {
        var drawn = new List<(double Left, double Right)>();
        foreach (var part in parts)
        {
            var (left, right) = (Percent(axis.At(part.Start), axis), Percent(axis.At(part.End), axis));
            if (right < 0 || left > 100)
                continue;
            if (drawn.Count > 0 && left - drawn[^1].Right < Hair)
                drawn[^1] = (drawn[^1].Left, right);
            else
                drawn.Add((left, right));
        }
        return [.. drawn.Select(d => (d.Left, d.Right - d.Left))];
    }

    private static LabelSide Side(double left, double right) =>
        right <= 100 - LabelRoom ? LabelSide.After
        : left >= LabelRoom && left <= 100 ? LabelSide.Before
        : LabelSide.Inside;
}
