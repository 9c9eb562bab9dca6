using Actors.Live;
using Actors.Queries;

namespace Actors.Web.Model.Live;

/// <summary>Chooses the buckets of longer windows.</summary>
public static class HistoryWindows
{
    private const int MostBuckets = 150;
    private const int MostColumns = 60;

    private static readonly int[] Steps =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800];

    /// <summary>The question for the charts of <paramref name="range"/>.</summary>
    public static HistoryQuery Query(TimeRange range, DateTimeOffset now, LiveFilter filter)
    {
        var (from, to) = range.At(now);
        var step = Step(range.Length, MostBuckets);
        return new HistoryQuery { From = Floor(from, step), To = to, Step = TimeSpan.FromSeconds(step), Filter = filter };
    }

    /// <summary>The question for the heat map: the last hour, or the range when it is longer or fixed.</summary>
    public static HeatmapQuery Heat(TimeRange range, DateTimeOffset now, LiveFilter filter)
    {
        var shown = range.IsFixed || range.Length > TimeRange.Hour.Length ? range : TimeRange.Hour;
        var (from, to) = shown.At(now);
        var step = Step(shown.Length, MostColumns);
        return new HeatmapQuery { From = Floor(from, step), To = to, Step = TimeSpan.FromSeconds(step), Filter = filter };
    }

    /// <summary>The question for the scores, which are too few for seconds: the time of the heat map while the charts are live, else theirs.</summary>
    public static HistoryQuery Scores(TimeRange range, DateTimeOffset now, LiveFilter filter)
    {
        if (!range.IsLive)
            return Query(range, now, filter);
        var heat = Heat(range, now, filter);
        return new HistoryQuery { From = heat.From, To = heat.To, Step = heat.Step, Filter = filter };
    }

    private static int Step(TimeSpan length, int most)
    {
        foreach (var step in Steps)
        {
            if (length.TotalSeconds / step <= most)
                return step;
        }
        return Steps[^1];
    }

    private static DateTimeOffset Floor(DateTimeOffset at, int step) =>
        DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / step * step);
}
