using Actors.Grains.Tests.Tracing;
using Actors.Live;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Live;

/// <summary>Recounts everything from the final records, the slow and obvious way.</summary>
internal sealed class LiveOracle(IReadOnlyList<Folded> streams)
{
    private readonly IReadOnlyList<(ObservationRecord Record, string? TraceName)> _observations =
        [.. streams.SelectMany(s => s.Observations.Select(o => (o, s.Trace?.Name)))];

    private readonly IReadOnlyList<TraceRecord> _traces = [.. streams.Select(s => s.Trace).OfType<TraceRecord>()];

    private readonly IReadOnlyList<ScoreRecord> _scores =
        [.. streams.SelectMany(s => s.Scores).Where(s => s.Value is not null && s.DataType is ScoreDataType.Numeric or ScoreDataType.Boolean)];

    /// <summary>The series that have anything at all.</summary>
    public HashSet<LiveSeriesKey> Keys =>
    [
        LiveSeriesKey.Total,
        .. _observations.SelectMany(o => KeysOf(o.Record, o.TraceName)),
        .. _traces.SelectMany(KeysOf),
        .. _scores.Select(s => new LiveSeriesKey(LiveDimension.Environment, s.Environment)),
    ];

    /// <summary>The oracle of the rows of a log up to a position.</summary>
    public static LiveOracle At(IEnumerable<LogRow> rows, long watermark) => new(
        [.. rows.Where(r => r.Position <= watermark).GroupBy(r => r.Stream).Select(g => Folded.Of([.. g.OrderBy(r => r.Version)], LogText.Without))]);

    /// <summary>What a read model with these records answers.</summary>
    public LiveSeed Seed(long watermark, long from, long to) => new(
        watermark,
        [.. _observations.Where(o => IsIn(o.Record.CountedAt, from, to)).Select(o => new SeedObservations
        {
            Second = o.Record.CountedAt.ToUnixTimeSeconds(),
            Model = o.Record.Model,
            TraceName = o.TraceName,
            Environment = o.Record.Environment,
            CallsModel = o.Record.Type.CallsModel(),
            IsError = o.Record.Level == ObservationLevel.Error,
            LatencyMs = (long?)o.Record.Latency?.TotalMilliseconds,
            FirstTokenMs = (long?)o.Record.TimeToFirstToken?.TotalMilliseconds,
            Count = 1,
            InputTokens = o.Record.InputTokens,
            OutputTokens = o.Record.OutputTokens,
            TotalTokens = o.Record.TotalTokens,
            CostUsd = o.Record.Cost.TotalUsd ?? 0,
            Unpriced = o.Record.Usage.Count > 0 && o.Record.Cost.TotalUsd is null ? 1 : 0,
        })],
        [.. _traces.Where(t => IsIn(t.Timestamp, from, to)).Select(t => new SeedTraces(t.Timestamp.ToUnixTimeSeconds(), t.Name, t.Environment, 1))],
        [.. _scores.Where(s => IsIn(s.Timestamp, from, to)).Select(s => new SeedScores(s.Timestamp.ToUnixTimeSeconds(), s.Name, s.Environment, 1, s.Value!.Value))],
        [.. _traces.OrderByDescending(t => t.Timestamp).Take(50).Select(t => new FeedTrace
        {
            TraceId = t.Id,
            Version = 1,
            Timestamp = t.Timestamp,
            UpdatedAt = t.UpdatedAt,
            Environment = t.Environment,
            Summary = t.Summary,
        })]);

    /// <summary>Fails when the numbers of a series over some seconds are not those of the records.</summary>
    public void AssertEqual(LiveSeriesKey key, long from, long to, LiveStats actual)
    {
        var observations = _observations.Where(o => IsIn(o.Record.CountedAt, from, to) && KeysOf(o.Record, o.TraceName).Contains(key)).Select(o => o.Record).ToList();
        var calls = observations.Where(o => o.Type.CallsModel()).ToList();
        var where = $"{key} from {from} to {to}";
        Equal(where, "traces", _traces.Count(t => IsIn(t.Timestamp, from, to) && KeysOf(t).Contains(key)), actual.Traces);
        Equal(where, "observations", observations.Count, actual.Observations);
        Equal(where, "requests", calls.Count, actual.Requests);
        Equal(where, "errors", observations.Count(o => o.Level == ObservationLevel.Error), actual.Errors);
        Equal(where, "input", observations.Sum(o => o.InputTokens), actual.InputTokens);
        Equal(where, "output", observations.Sum(o => o.OutputTokens), actual.OutputTokens);
        Equal(where, "total", observations.Sum(o => o.TotalTokens), actual.TotalTokens);
        Equal(where, "cost", observations.Sum(o => o.Cost.TotalUsd ?? 0), actual.CostUsd);
        Equal(where, "unpriced", calls.Count(o => o.Usage.Count > 0 && o.Cost.TotalUsd is null), actual.Unpriced);
        var latencies = calls.Select(o => o.Latency?.TotalMilliseconds);
        Near(where, "latency p50", Quantile(latencies, 0.50), actual.LatencyP50Ms);
        Near(where, "latency p95", Quantile(latencies, 0.95), actual.LatencyP95Ms);
        Near(where, "latency p99", Quantile(latencies, 0.99), actual.LatencyP99Ms);
        var firstTokens = calls.Select(o => o.TimeToFirstToken?.TotalMilliseconds);
        Near(where, "first token p50", Quantile(firstTokens, 0.50), actual.FirstTokenP50Ms);
        Near(where, "first token p95", Quantile(firstTokens, 0.95), actual.FirstTokenP95Ms);
        AssertScores(where, key, from, to, actual);
    }

    private void AssertScores(string where, LiveSeriesKey key, long from, long to, LiveStats actual)
    {
        var expected = _scores
            .Where(s => IsIn(s.Timestamp, from, to) && (key == LiveSeriesKey.Total || key == new LiveSeriesKey(LiveDimension.Environment, s.Environment)))
            .GroupBy(s => s.Name).ToDictionary(g => g.Key, g => (Count: (long)g.Count(), Sum: g.Sum(s => s.Value!.Value)));
        Equal(where, "names of scores", expected.Count, actual.Scores.Count);
        foreach (var score in actual.Scores)
        {
            Equal(where, "scores " + score.Name, expected[score.Name].Count, score.Count);
            Assert.Equal(expected[score.Name].Sum, score.Sum, 1e-9);
        }
    }

    private static double? Quantile(IEnumerable<double?> values, double q)
    {
        var sorted = values.OfType<double>().Where(v => v >= 0).Order().ToList();
        return sorted.Count == 0 ? null : sorted[(int)Math.Floor(q * (sorted.Count - 1))];
    }

    private static void Near(string where, string what, double? expected, double? actual) =>
        Assert.True(
            expected is { } e ? Math.Abs(e - actual.GetValueOrDefault(double.NaN)) <= (e * 0.01) + 1e-9 : actual is null,
            $"{what} of {where}: expected {expected}, actual {actual}");

    private static void Equal<T>(string where, string what, T expected, T actual) =>
        Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{what} of {where}: expected {expected}, actual {actual}");

    private static bool IsIn(DateTimeOffset moment, long from, long to) => moment.ToUnixTimeSeconds() is var s && s >= from && s < to;

    private static IEnumerable<LiveSeriesKey> KeysOf(ObservationRecord o, string? traceName)
    {
        yield return LiveSeriesKey.Total;
        yield return new(LiveDimension.Environment, o.Environment);
        if (o.Model is not null)
        {
            yield return new(LiveDimension.Model, o.Model);
        }

        if (traceName is not null)
        {
            yield return new(LiveDimension.TraceName, traceName);
        }
    }

    private static IEnumerable<LiveSeriesKey> KeysOf(TraceRecord t)
    {
        yield return LiveSeriesKey.Total;
        yield return new(LiveDimension.Environment, t.Environment);
        if (t.Name is not null)
        {
            yield return new(LiveDimension.TraceName, t.Name);
        }
    }
}
