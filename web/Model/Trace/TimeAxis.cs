namespace Actors.Web.Model.Trace;

/// <summary>A stretch of a trace in which nothing happened, and the little room that it is given. All in milliseconds.</summary>
/// <param name="Start">Where it begins, from the start of the trace.</param>
/// <param name="Length">How long it was.</param>
/// <param name="Place">Where it is drawn.</param>
/// <param name="Width">How wide it is drawn.</param>
public readonly record struct TimeGap(double Start, double Length, double Place, double Width);

/// <summary>
/// Where each moment of a trace is drawn: on a straight line, or with its idle gaps drawn short. Everything between two gaps
/// keeps its proportions, so bars may be compared wherever they stand.
/// </summary>
public sealed class TimeAxis
{
    // A short gap is this share of the busy time wide, and all of them together at most ten times that.
    private const double GapShare = 0.03;
    private const double AllGapsShare = 0.3;

    private readonly TimeGap[] _gaps;

    private TimeAxis(double total, TimeGap[] gaps)
    {
        _gaps = gaps;
        Length = total - gaps.Sum(g => g.Length - g.Width);
    }

    /// <summary>The gaps that are drawn short, by time.</summary>
    public IReadOnlyList<TimeGap> Gaps => _gaps;

    /// <summary>How long the axis is, in milliseconds that are drawn.</summary>
    public double Length { get; }

    /// <summary>Every moment where it was.</summary>
    public static TimeAxis Straight(TimeSpan total) => new(total.TotalMilliseconds, []);

    /// <summary>
    /// With short gaps. A gap is a stretch in which no span without children runs and nothing begins or ends: what waits for
    /// others is not busy.
    /// </summary>
    /// <param name="tree">The trace.</param>
    /// <param name="now">Where what still runs ends.</param>
    public static TimeAxis WithShortGaps(WaterfallTree tree, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var total = tree.Total(now).TotalMilliseconds;
        var idle = Idle(tree, now);
        var busy = Math.Max(total - idle.Sum(g => g.Length), total / 100);
        idle.RemoveAll(g => g.Length <= busy * GapShare * 2);

        var width = idle.Count == 0 ? 0 : busy * Math.Min(GapShare, AllGapsShare / idle.Count);
        var gaps = new TimeGap[idle.Count];
        for (var (i, saved) = (0, 0.0); i < gaps.Length; i++)
        {
            gaps[i] = new TimeGap(idle[i].Start, idle[i].Length, idle[i].Start - saved, width);
            saved += idle[i].Length - width;
        }
        return new(total, gaps);
    }

    /// <summary>Where a moment is drawn.</summary>
    /// <param name="ms">Milliseconds from the start of the trace.</param>
    public double At(double ms)
    {
        var i = Last(g => g.Start <= ms);
        if (i < 0)
            return ms;
        var gap = _gaps[i];
        return ms <= gap.Start + gap.Length
            ? gap.Place + (ms - gap.Start) / gap.Length * gap.Width
            : gap.Place + gap.Width + (ms - gap.Start - gap.Length);
    }

    /// <summary>The moment that is drawn at a place.</summary>
    public double Back(double place)
    {
        var i = Last(g => g.Place <= place);
        if (i < 0)
            return place;
        var gap = _gaps[i];
        return place <= gap.Place + gap.Width
            ? gap.Start + (place - gap.Place) / gap.Width * gap.Length
            : gap.Start + gap.Length + (place - gap.Place - gap.Width);
    }

    private int Last(Predicate<TimeGap> begins)
    {
        var (low, high) = (0, _gaps.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (begins(_gaps[middle]))
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    private static List<(double Start, double Length)> Idle(WaterfallTree tree, DateTimeOffset now)
    {
        var busy = new List<(double Start, double End)>(tree.Lines.Count * 2);
        foreach (var line in tree.Lines)
        {
            var start = (line.Span.Start - tree.Start).TotalMilliseconds;
            var end = (line.Span.EndAt(now) - tree.Start).TotalMilliseconds;
            if (line.Descendants == 0)
            {
                busy.Add((start, end));
            }
            else
            {
                busy.Add((start, start));
                busy.Add((end, end));
            }
        }
        busy.Sort();

        var gaps = new List<(double, double)>();
        var until = 0.0;
        foreach (var (start, end) in busy)
        {
            if (start > until)
                gaps.Add((until, start - until));
            until = Math.Max(until, end);
        }
        return gaps;
    }
}
