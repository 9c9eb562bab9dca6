namespace Actors.Web.Model.Live;

/// <summary>
/// Turns courses into the frames of one chart for one viewer. Remembers what that viewer has been sent, so a frame holds only
/// new buckets and buckets that changed.
/// </summary>
public abstract class CourseChart
{
    private long _sentVersion = -1;
    private long _sentLast;
    private string[]? _names;

    /// <summary>Names of the drawn series, in drawing order.</summary>
    public IReadOnlyList<string> Names => _names ?? [];

    /// <summary>Forgets what was sent: the next frame starts anew.</summary>
    public void Reset() => (_sentVersion, _sentLast, _names) = (-1, 0, null);

    /// <summary>The frame that brings the viewer from what was sent last to <paramref name="course"/>.</summary>
    public ChartFrame Next(Course course)
    {
        var names = Choose(course);
        var begin = _names is null || !names.SequenceEqual(_names);
        var seconds = Changed(course, begin ? -1 : _sentVersion);
        (_names, _sentVersion, _sentLast) = (names, course.Version, course.Last);
        return new ChartFrame(begin, course.Now.ToUnixTimeMilliseconds(), course.Open, names, Colors(names), Rows(course, seconds, names));
    }

    /// <summary>The series to draw.</summary>
    protected abstract string[] Choose(Course course);

    /// <summary>A palette index for each.</summary>
    protected abstract IReadOnlyList<int> Colors(string[] names);

    /// <summary>The rows of some buckets.</summary>
    protected abstract IReadOnlyList<double?[]> Rows(Course course, IReadOnlyList<long> seconds, string[] names);

    /// <summary>Four digits are more than a pixel shows, and half the bytes.</summary>
    protected static double? Round(double? value)
    {
        if (value is not { } v || v == 0 || !double.IsFinite(v))
            return value is { } finite && double.IsFinite(finite) ? finite : null;
        var scale = Math.Pow(10, 3 - Math.Floor(Math.Log10(Math.Abs(v))));
        return Math.Round(v * scale) / scale;
    }

    // Buckets between two others count even when they hold nothing: a line must break there, and a count is zero there.
    private List<long> Changed(Course course, long since)
    {
        var seconds = new SortedSet<long>();
        foreach (var point in course.Total)
        {
            if (point.Changed > since && point.Second >= course.From && point.Second <= course.Last)
                seconds.Add(point.Second);
        }
        var start = since < 0 ? FirstKnown(course) : Math.Max(_sentLast, course.From);
        for (var second = start - Mod(start, course.Step); second <= course.Last; second += course.Step)
        {
            if (second >= course.From)
                seconds.Add(second);
        }
        return [.. seconds];
    }

    // Before the first bucket nothing was measured; drawing zeros there would claim otherwise.
    private static long FirstKnown(Course course)
    {
        foreach (var point in course.Total)
        {
            if (point.Second >= course.From)
                return point.Second;
        }
        return long.MaxValue - course.Step;
    }

    private static long Mod(long value, long step) => (value % step + step) % step;
}
