using Actors.Grains.Tests.Tracing;
using Actors.Live;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Live;

/// <summary>Recounts everything from the final records, the slow and obvious way.</summary>
internal sealed class LiveOracle
{
    private readonly IReadOnlyList<Counted<ObservationRecord>> _observations;
    private readonly IReadOnlyList<Counted<TraceRecord>> _traces;
    private readonly IReadOnlyList<Counted<ScoreRecord>> _scores;

    public LiveOracle(IReadOnlyList<Folded> streams, LiveFilter? filter = null)
    {
        var wanted = filter ?? LiveFilter.Everything;
        _observations = [.. streams.SelectMany(s => s.Observations.Select(o => new Counted<ObservationRecord>(o, o.CountedAt, DimsOf(o, s.Trace)))).Where(o => o.Meets(wanted))];
        _traces = [.. streams.Select(s => s.Trace).OfType<TraceRecord>().Select(t => new Counted<TraceRecord>(t, t.Timestamp, DimsOf(t))).Where(t => t.Meets(wanted))];
        _scores = [.. streams.SelectMany(s => s.Scores.Where(IsCounted).Select(score => new Counted<ScoreRecord>(score, score.Timestamp, DimsOf(score, s)))).Where(s => s.Meets(wanted))];
    }

    /// <summary>The ids of the traces.</summary>
    public IEnumerable<string> Traces => _traces.Select(t => t.Record.Id);

    /// <summary>The series that have anything at all.</summary>
    public HashSet<LiveSeriesKey> Keys =>
    [
        LiveSeriesKey.Total,
        .. _observations.SelectMany(o => o.Keys), .. _traces.SelectMany(t => t.Keys), .. _scores.SelectMany(s => s.Keys),
    ];

    /// <summary>The oracle of the rows of a log up to a position.</summary>
    public static LiveOracle At(IEnumerable<LogRow> rows, long watermark, LiveFilter? filter = null) => new(
        [.. rows.Where(r => r.Position <= watermark).GroupBy(r => r.Stream).Select(g => Folded.Of([.. g.OrderBy(r => r.Version)], LogText.Without))], filter);

    /// <summary>What a read model with these records answers.</summary>
    public LiveSums Answer(long watermark, LiveSumsQuery query)
    {
        var ranges = query.BySecond
            ? [.. query.Ranges.SelectMany(r => Seconds.Where(r.Contains).Select(s => (At: s, Range: new LiveRange(s, s + 1)))).Distinct()]
            : query.Ranges.Select((r, i) => (At: (long)i, Range: r)).ToList();
        var buckets = ranges.Select(r => BucketOf(r.At, r.Range)).OfType<SumBucket>().ToList();
        return new LiveSums(
            watermark,
            buckets,
            [.. _traces.OrderByDescending(t => t.At).Take(query.LatestTraces).Select(t => FeedOf(t.Record))],
            [.. _traces.Where(t => t.Record.Summary.Running > 0 && t.Record.UpdatedAt >= query.RunningSince).Select(t => new RunningTrace(t.Record.Id, 1, t.Record.UpdatedAt))]);
    }

    /// <summary>Fails when the numbers of a series over some seconds are not those of the records.</summary>
    public void AssertEqual(LiveSeriesKey key, long from, long to, LiveStats actual)
    {
        var range = new LiveRange(from, to);
        var observations = _observations.Where(o => o.IsIn(range, key)).Select(o => o.Record).ToList();
        var calls = observations.Where(o => IsCall(o, key)).ToList();
        var modelCalls = observations.Where(o => o.Type.CallsModel()).ToList();
        var where = $"{key} from {from} to {to}";
        Equal(where, "traces", _traces.Count(t => t.IsIn(range, key)), actual.Traces);
        Equal(where, "observations", observations.Count, actual.Observations);
        Equal(where, "requests", calls.Count, actual.Requests);
        Equal(where, "errors", observations.Count(o => o.Level == ObservationLevel.Error), actual.Errors);
        Equal(where, "input", observations.Sum(o => o.InputTokens), actual.InputTokens);
        Equal(where, "output", observations.Sum(o => o.OutputTokens), actual.OutputTokens);
        Equal(where, "total", observations.Sum(o => o.TotalTokens), actual.TotalTokens);
        Equal(where, "cost", observations.Sum(o => o.Cost.TotalUsd ?? 0), actual.CostUsd);
        Equal(where, "input cost", observations.Sum(o => CostOf(o, "input")), actual.InputCostUsd);
        Equal(where, "output cost", observations.Sum(o => CostOf(o, "output")), actual.OutputCostUsd);
        Equal(where, "unpriced", modelCalls.Count(IsUnpriced), actual.Unpriced);
        var latencies = calls.Select(o => o.Latency?.TotalMilliseconds);
        Near(where, "latency p50", Quantile(latencies, 0.50), actual.LatencyP50Ms);
        Near(where, "latency p95", Quantile(latencies, 0.95), actual.LatencyP95Ms);
        Near(where, "latency p99", Quantile(latencies, 0.99), actual.LatencyP99Ms);
        var firstTokens = modelCalls.Select(o => o.TimeToFirstToken?.TotalMilliseconds);
        Near(where, "first token p50", Quantile(firstTokens, 0.50), actual.FirstTokenP50Ms);
        Near(where, "first token p95", Quantile(firstTokens, 0.95), actual.FirstTokenP95Ms);
        Near(where, "tokens per second", Quantile(modelCalls.Select(Speed), 0.50), actual.TokensPerSecondP50);
        AssertScores(where, key, range, actual);
    }

    private IEnumerable<long> Seconds => _observations.Select(o => o.Second).Concat(_traces.Select(t => t.Second)).Concat(_scores.Select(s => s.Second)).Distinct();

    private void AssertScores(string where, LiveSeriesKey key, LiveRange range, LiveStats actual)
    {
        var expected = ScoresOf(range, key).ToDictionary(g => g.Key, g => g.ToList());
        Equal(where, "kinds of scores", expected.Count, actual.Scores.Count);
        foreach (var score in actual.Scores)
        {
            var known = expected[new ScoreKind(score.Name, score.Source, score.Category)];
            Equal(where, "scores " + score.Name, known.Count, score.Count);
            Assert.Equal(known.Sum(s => s.Value ?? 0), score.Sum, 1e-9);
            var numbers = known.Where(s => s.DataType == ScoreDataType.Numeric).Select(s => s.Value!.Value).Order().ToList();
            foreach (var (q, told) in new[] { (0.10, score.P10), (0.50, score.P50), (0.90, score.P90) })
            {
                double? value = numbers.Count == 0 ? null : numbers[(int)Math.Floor(q * (numbers.Count - 1))];
                Near(where, $"score {score.Name} at {q}", value, told);
            }
        }
    }

    private SumBucket? BucketOf(long at, LiveRange range)
    {
        var seconds = Seconds.Where(range.Contains).ToList();
        return seconds.Count == 0
            ? null
            : new SumBucket(at, [.. Keys.Select(k => SumsOf(range, k)).Where(s => s.Observations + s.Traces + s.Scores.Count > 0)], seconds.Min(), seconds.Max());
    }

    private SeriesSums SumsOf(LiveRange range, LiveSeriesKey key)
    {
        var observations = _observations.Where(o => o.IsIn(range, key)).Select(o => o.Record).ToList();
        var calls = observations.Where(o => IsCall(o, key)).ToList();
        var modelCalls = observations.Where(o => o.Type.CallsModel()).ToList();
        return new SeriesSums
        {
            Key = key,
            Traces = _traces.Count(t => t.IsIn(range, key)),
            Observations = observations.Count,
            Requests = calls.Count,
            Errors = observations.Count(o => o.Level == ObservationLevel.Error),
            InputTokens = observations.Sum(o => o.InputTokens),
            OutputTokens = observations.Sum(o => o.OutputTokens),
            TotalTokens = observations.Sum(o => o.TotalTokens),
            CostUsd = observations.Sum(o => o.Cost.TotalUsd ?? 0),
            InputCostUsd = observations.Sum(o => CostOf(o, "input")),
            OutputCostUsd = observations.Sum(o => CostOf(o, "output")),
            Unpriced = modelCalls.Count(IsUnpriced),
            Latency = Sketch(calls.Select(o => o.Latency), ms => SketchMapping.IndexOfMilliseconds((long)ms)),
            FirstToken = Sketch(modelCalls.Select(o => o.TimeToFirstToken), ms => SketchMapping.IndexOfMilliseconds((long)ms)),
            TokensPerSecond = [.. modelCalls.Select(Speed).OfType<double>().CountBy(SketchMapping.IndexOf).Select(c => new SketchCount(c.Key, c.Value))],
            Scores = [.. ScoresOf(range, key).Select(SumsOf)],
        };
    }

    private IEnumerable<IGrouping<ScoreKind, ScoreRecord>> ScoresOf(LiveRange range, LiveSeriesKey key) => _scores
        .Where(s => s.IsIn(range, key)).Select(s => s.Record)
        .GroupBy(s => new ScoreKind(s.Name, s.Source, s.DataType == ScoreDataType.Categorical ? s.StringValue : null));

    private static ScoreSums SumsOf(IGrouping<ScoreKind, ScoreRecord> scores) => new(
        scores.Key,
        scores.Count(),
        scores.Sum(s => s.Value ?? 0),
        [.. scores.Where(s => s.DataType == ScoreDataType.Numeric).CountBy(s => SignedSketchMapping.IndexOf(s.Value!.Value)).Select(c => new SketchCount(c.Key, c.Value))]);

    private static SketchCount[] Sketch(IEnumerable<TimeSpan?> durations, Func<double, int> index) =>
        [.. durations.OfType<TimeSpan>().Where(d => d >= TimeSpan.Zero).CountBy(d => index(d.TotalMilliseconds)).Select(c => new SketchCount(c.Key, c.Value))];

    private static FeedTrace FeedOf(TraceRecord t) => new()
    {
        TraceId = t.Id,
        Version = 1,
        Timestamp = t.Timestamp,
        UpdatedAt = t.UpdatedAt,
        Environment = t.Environment,
        Summary = t.Summary,
    };

    private static bool IsCall(ObservationRecord o, LiveSeriesKey key) => o.Type.CallsModel() || key.Dimension == LiveDimension.Tool;

    private static bool IsUnpriced(ObservationRecord o) => o.Usage.Count > 0 && o.Cost.TotalUsd is null;

    private static bool IsCounted(ScoreRecord s) =>
        s.DataType == ScoreDataType.Categorical ? s.StringValue is not null : s.Value is not null && s.DataType is ScoreDataType.Numeric or ScoreDataType.Boolean;

    private static decimal CostOf(ObservationRecord o, string part) => o.Cost.Details.Where(d => d.Key.Contains(part, StringComparison.OrdinalIgnoreCase)).Sum(d => d.CostUsd);

    private static double? Speed(ObservationRecord o) =>
        o.Latency is { TotalMilliseconds: > 0 and var ms } && o.OutputTokens > 0 ? 1000.0 * o.OutputTokens / (long)ms : null;

    private static double? Quantile(IEnumerable<double?> values, double q)
    {
        var sorted = values.OfType<double>().Where(v => v >= 0).Order().ToList();
        return sorted.Count == 0 ? null : sorted[(int)Math.Floor(q * (sorted.Count - 1))];
    }

    private static void Near(string where, string what, double? expected, double? actual) =>
        Assert.True(
            expected is { } e ? Math.Abs(e - actual.GetValueOrDefault(double.NaN)) <= (Math.Abs(e) * 0.01) + 1e-9 : actual is null,
            $"{what} of {where}: expected {expected}, actual {actual}");

    private static void Equal<T>(string where, string what, T expected, T actual) =>
        Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{what} of {where}: expected {expected}, actual {actual}");

    private static Dictionary<LiveDimension, string?> DimsOf(TraceRecord t) => new()
    {
        [LiveDimension.Environment] = t.Environment,
        [LiveDimension.TraceName] = t.Name,
        [LiveDimension.Release] = t.Release,
        [LiveDimension.User] = t.UserId,
        [LiveDimension.Session] = t.SessionId,
    };

    private static Dictionary<LiveDimension, string?> DimsOf(ObservationRecord o, TraceRecord? trace)
    {
        var dims = trace is null ? [] : DimsOf(trace);
        AddObservation(dims, o);
        dims[LiveDimension.Environment] = o.Environment;
        dims[LiveDimension.Tool] = o.Type == ObservationType.Tool ? o.Name : null;
        return dims;
    }

    private static Dictionary<LiveDimension, string?> DimsOf(ScoreRecord s, Folded stream)
    {
        var dims = stream.Trace is null ? [] : DimsOf(stream.Trace);
        if (stream.Observations.FirstOrDefault(o => o.Id == s.ObservationId) is { } observation)
        {
            AddObservation(dims, observation);
        }

        if (s.SessionId is not null)
        {
            dims[LiveDimension.Session] = s.SessionId;
        }

        dims[LiveDimension.Environment] = s.Environment;
        return dims;
    }

    private static void AddObservation(Dictionary<LiveDimension, string?> dims, ObservationRecord o)
    {
        dims[LiveDimension.Model] = o.Model;
        dims[LiveDimension.Prompt] = o.PromptName;
        dims[LiveDimension.PromptVersion] = o.PromptName is not null && o.PromptVersion is not null ? $"{o.PromptName}@{o.PromptVersion}" : null;
    }

    private sealed record Counted<T>(T Record, DateTimeOffset At, IReadOnlyDictionary<LiveDimension, string?> Dims)
    {
        public long Second => At.ToUnixTimeSeconds();

        public HashSet<LiveSeriesKey> Keys { get; } = LiveSeriesKey.Dimensions
            .Where(d => Dims.GetValueOrDefault(d) is not null).Select(d => new LiveSeriesKey(d, Dims[d]!)).Prepend(LiveSeriesKey.Total).ToHashSet();

        public bool IsIn(LiveRange range, LiveSeriesKey key) => range.Contains(Second) && Keys.Contains(key);

        public bool Meets(LiveFilter filter) => filter.Conditions.All(c => Dims.GetValueOrDefault(c.Dimension) is { } value && c.Values.Contains(value));
    }
}
