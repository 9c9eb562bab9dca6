using Actors.Analytics.Queries.Series;
using Actors.Live;
using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>Puts the answers about observations, traces and scores of a window together.</summary>
internal static class HistoryReader
{
    public static HistoryWindow Read(ReadSession session, HistoryQuery query)
    {
        var window = new TimeWindow(query.From, query.To, query.Step, query.Filter);
        var stats = session.List(new ObservationStatsSql(window.Rows(session, SeriesSource.Observations, query.By), query.By, WholeOnly: false));
        var traces = session.List(new TraceBucketsSql(window.Rows(session, SeriesSource.Traces)));
        var scores = session.List(new ScoreBucketsSql(window.Rows(session, SeriesSource.Scores)));
        return new HistoryWindow(
            session.Watermark, query.Step, Total(window, stats, traces, scores), Series(window, query.By, stats),
            Whole(stats, traces, scores), ReadWhole(session, window.Previous));
    }

    private static LiveStats ReadWhole(ReadSession session, TimeWindow window)
    {
        var whole = window with { Step = window.To - window.From };
        return Whole(
            session.List(new ObservationStatsSql(whole.Rows(session, SeriesSource.Observations), LiveDimension.Model, WholeOnly: true)),
            session.List(new TraceBucketsSql(whole.Rows(session, SeriesSource.Traces))),
            session.List(new ScoreBucketsSql(whole.Rows(session, SeriesSource.Scores))));
    }

    private static List<LivePoint> Total(
        TimeWindow window, List<ObservationStats> stats, List<(long Bucket, long Count)> traces, List<(long? Bucket, ScoreStats Stats)> scores)
    {
        var buckets = new SortedDictionary<long, LiveStats>();
        foreach (var row in stats.Where(row => row is { Bucket: not null, IsSeries: false }))
        {
            buckets[row.Bucket!.Value] = row.Stats;
        }

        foreach (var (bucket, count) in traces)
        {
            buckets[bucket] = buckets.GetValueOrDefault(bucket, LiveStats.Empty) with { Traces = count };
        }

        foreach (var bucket in scores.Where(row => row.Bucket is not null).GroupBy(row => row.Bucket!.Value))
        {
            buckets[bucket.Key] = buckets.GetValueOrDefault(bucket.Key, LiveStats.Empty) with
            {
                Scores = [.. bucket.Take(LiveStats.MaxScores).Select(row => row.Stats)],
            };
        }

        return [.. buckets.Select(pair => Point(window, pair.Key, pair.Value))];
    }

    private static List<LiveSeries> Series(TimeWindow window, LiveDimension by, List<ObservationStats> stats) =>
        [.. stats
            .Where(row => row is { IsSeries: true, Series: not null })
            .GroupBy(row => row.Series!)
            .OrderBy(series => series.Key == LiveSeriesKey.Other)
            .ThenByDescending(series => series.Sum(row => row.Stats.Requests))
            .ThenBy(series => series.Key, StringComparer.Ordinal)
            .Select(series => new LiveSeries(
                new LiveSeriesKey(by, series.Key),
                [.. series.OrderBy(row => row.Bucket).Select(row => Point(window, row.Bucket!.Value, row.Stats))]))];

    private static LiveStats Whole(
        List<ObservationStats> stats, List<(long Bucket, long Count)> traces, List<(long? Bucket, ScoreStats Stats)> scores) =>
        stats.Single(row => row is { Bucket: null, IsSeries: false }).Stats with
        {
            Traces = traces.Sum(row => row.Count),
            Scores = [.. scores.Where(row => row.Bucket is null).Select(row => row.Stats)
                .Take(LiveStats.MaxScores)],
        };

    private static LivePoint Point(TimeWindow window, long bucket, LiveStats stats) =>
        new() { Second = (window.FromMs + (bucket * window.StepMs)) / 1000, Stats = stats };
}
