using Actors.Analytics.Queries.Series;
using Actors.Live;
using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>Refuses what the contract excludes before it reaches the file, and makes queries of different viewers alike.</summary>
internal static class QueryGuard
{
    private const int MaxHistoryBuckets = 1_500;
    private const int MaxHeatmapColumns = 120;
    private const int MaxLiveRanges = 20;
    private const int MaxLatestTraces = 50;
    private const int MaxTopValues = 100;
    private const int MaxTopSeconds = 31 * 86_400;
    private const int MaxLiveSeconds = 3_600;
    private const int MaxLiveSeries = SeriesPlaces.MaxValues;

    private static readonly TimeSpan LongestLookBack = TimeSpan.FromDays(31);

    public static void Check(TraceQuery query)
    {
        Check(query.Page, query.Limit);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Offset);
    }

    public static void Check(ObservationQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, ObservationQuery.MaxLimit);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Offset);
        Check(query.Page, Math.Min(query.Limit, TraceQuery.MaxLimit));
    }

    public static void Check(ExportQuery query)
    {
        if (query.Traces is null == query.Observations is null)
        {
            throw new ArgumentException("One list is exported at a time.", nameof(query));
        }
    }

    public static void CheckPulse(DateTimeOffset? from, TimeSpan step)
    {
        if (from is null)
        {
            throw new ArgumentException("A pulse has a beginning.", nameof(from));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromSeconds(1));
    }

    public static void Check(int page, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, TraceQuery.MaxLimit);
    }

    public static void Check(SubjectScoreQuery query)
    {
        Check(1, query.LimitPerSubject);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.DatasetRunIds.Count, SubjectScoreQuery.MaxSubjects);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.TraceIds.Count, SubjectScoreQuery.MaxSubjects);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.ObservationIds.Count, SubjectScoreQuery.MaxSubjects);
    }

    public static void Check(TraceGroupQuery query)
    {
        Check(query.Offset, query.Limit, TraceGroupQuery.MaxLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Ids.Count, TraceGroupQuery.MaxLimit);
    }

    public static void Check(SessionTurnsQuery query) => Check(query.Offset, query.Limit, SessionTurnsQuery.MaxLimit);

    public static void Check(CohortQuery query) => Check(0, query.Limit, CohortQuery.MaxLimit);

    public static void Check(MetricsQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfZero(query.Metrics.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Metrics.Count, MetricsQuery.MaxParts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Dimensions.Count, MetricsQuery.MaxParts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.OrderBy.Count, MetricsQuery.MaxParts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(query.To, query.From);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Bins, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.RowLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.RowLimit, MetricsQuery.MaxRows);
        if (query.Granularity is { } granularity)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(MetricsTime.Count(query.To - query.From, granularity), MetricsQuery.MaxRows);
        }
    }

    public static void Check(LiveSumsQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfZero(query.Ranges.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Ranges.Count, MaxLiveRanges);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Own.Count, MaxLiveSeries);
        ArgumentOutOfRangeException.ThrowIfNegative(query.LatestTraces);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.LatestTraces, MaxLatestTraces);
        foreach (var range in query.Ranges)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(range.To, range.From);
        }

        if (query.BySecond)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Ranges.Aggregate(Int128.Zero, (sum, range) => sum + range.To - range.From), MaxLiveSeconds);
        }
    }

    public static void Check(LiveTopQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(query.Dimension, LiveDimension.Total);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxTopValues);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Range.To, query.Range.From);
        if (query.Range != LiveRange.AllTime)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((Int128)query.Range.To - query.Range.From, MaxTopSeconds);
        }
    }

    public static void Check(HistoryQuery query)
    {
        Check(query.From, query.To, query.Step, MaxHistoryBuckets);
        if (query.By is not (LiveDimension.Model or LiveDimension.TraceName))
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.By, "Series of a history are by model or by the name of the trace.");
        }
    }

    public static void Check(ChangesQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.To, query.From);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.LookBack, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.LookBack, LongestLookBack);
    }

    public static void Check(FailuresQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.To, query.From);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, FailuresQuery.MaxLimit);
    }

    public static void Check(RunningQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, RunningQuery.MaxLimit);
    }

    public static void Check(HeatmapQuery query) => Check(query.From, query.To, query.Step, MaxHeatmapColumns);

    /// <summary>The end of the second: viewers who ask within it share one answer.</summary>
    public static DateTimeOffset RoundUp(DateTimeOffset to)
    {
        var rest = to.UtcTicks % TimeSpan.TicksPerSecond;
        return rest == 0 || to > DateTimeOffset.MaxValue.AddSeconds(-1) ? to : to.AddTicks(TimeSpan.TicksPerSecond - rest);
    }

    private static void Check(int offset, int limit, int maxLimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, maxLimit);
    }

    private static void Check(DateTimeOffset from, DateTimeOffset to, TimeSpan step, int maxBuckets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((to - from) / step, maxBuckets);
    }
}
