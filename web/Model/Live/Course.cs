using System.Collections.Immutable;
using Actors.Live;
using Actors.Queries;

namespace Actors.Web.Model.Live;

/// <summary>
/// The numbers a live page draws, whether they come from the live edge or from history: buckets of the total and of values of
/// some dimensions over one window, and the window, the one before it and yesterday's as one figure each.
/// </summary>
/// <param name="From">Start of the first bucket, in Unix seconds.</param>
/// <param name="Now">Right end of the axis.</param>
/// <param name="Step">Length of one bucket in seconds.</param>
/// <param name="Length">Length of the window.</param>
/// <param name="Open">The last bucket is still filling.</param>
/// <param name="Version">Version of the newest numbers.</param>
/// <param name="Total">Buckets of the project, rising.</param>
/// <param name="Parts">Buckets of each value of a dimension, rising.</param>
/// <param name="Current">The window in one figure each.</param>
/// <param name="Previous">The window before it; null when it is not known.</param>
/// <param name="Yesterday">The same window a day earlier; null when it is not known.</param>
public sealed record Course(
    long From,
    DateTimeOffset Now,
    long Step,
    TimeSpan Length,
    bool Open,
    long Version,
    ImmutableArray<StampedPoint> Total,
    IReadOnlyDictionary<LiveSeriesKey, ImmutableArray<StampedPoint>> Parts,
    LiveStats Current,
    LiveStats? Previous,
    LiveStats? Yesterday = null)
{
    /// <summary>Start of the last bucket, in Unix seconds.</summary>
    public long Last => Step * (Math.Max(0, Now.ToUnixTimeMilliseconds() - (Open ? 0 : 1)) / 1000 / Step);

    /// <summary>The values of a dimension.</summary>
    public IEnumerable<(string Name, ImmutableArray<StampedPoint> Points)> Series(LiveDimension dimension) =>
        Parts.Where(p => p.Key.Dimension == dimension).Select(p => (p.Key.Value, p.Value));

    /// <summary>The end of the live edge.</summary>
    public static Course Of(LiveState state, TimeSpan length, DateTimeOffset now)
    {
        var window = state.Window(WindowOf(length));
        return new(
            (now - length).ToUnixTimeSeconds() + 1, now, 1, length, true, state.Version, state.Points(LiveSeriesKey.Total), state.Series,
            window?.Current ?? LiveStats.Empty, window?.Previous, window?.Yesterday);
    }

    /// <summary>The rolling window of a length; none: there is no such one.</summary>
    public static LiveWindows WindowOf(TimeSpan length) => Enum.GetValues<LiveWindows>().FirstOrDefault(w => w != LiveWindows.None && w.Length() == length);

    /// <summary>A window of history. All answers are to the same question but for its dimension.</summary>
    public static Course Of(IReadOnlyList<HistoryWindow> answers, HistoryQuery query, bool open)
    {
        var history = answers[0];
        return new(
            query.From.ToUnixTimeSeconds(), query.To, (long)history.Step.TotalSeconds, query.To - query.From, open, history.Watermark,
            Stamp(history.Total, history.Watermark),
            answers.SelectMany(a => a.Series).ToDictionary(s => s.Key, s => Stamp(s.Points, history.Watermark)),
            history.Current, history.Previous);
    }

    private static ImmutableArray<StampedPoint> Stamp(IReadOnlyList<LivePoint> points, long version) =>
        [.. points.Select(p => new StampedPoint(p.Second, p.Stats, version))];
}
