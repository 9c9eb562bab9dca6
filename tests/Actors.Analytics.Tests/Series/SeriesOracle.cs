using System.Globalization;
using System.Text;
using Actors.Analytics.Schema;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Series;

/// <summary>Counts what live series are, one fact after the other, from what the log folds to.</summary>
internal sealed class SeriesOracle
{
    private readonly List<Fact> _facts = [];
    private readonly Truth _truth;

    public SeriesOracle(Truth truth)
    {
        _truth = truth;
        _facts.AddRange(truth.Traces.Select(t => new Fact(t.Record.Timestamp.ToUnixTimeSeconds(), t.Record, Dims(t.Record, t.Record.Environment, null, null))));
        _facts.AddRange(truth.Observations.Select(o => new Fact(o.CountedAt.ToUnixTimeSeconds(), o, Dims(TraceOf(o.TraceId), o.Environment, o, null))));
        _facts.AddRange(truth.Scores.Where(Counts).Select(s => new Fact(
            s.Timestamp.ToUnixTimeSeconds(),
            s,
            Dims(
                TraceOf(s.TraceId),
                s.Environment,
                truth.Observations.Find(o => o.TraceId == s.TraceId && o.Id == s.ObservationId),
                s))));
    }

    public IReadOnlyList<SumBucket> Buckets(LiveSumsQuery query)
    {
        var facts = Facts(query.Filter).Where(f => query.Ranges.Any(r => r.Contains(f.Second))).ToList();
        var places = Places(query, facts);
        var buckets = query.BySecond
            ? facts.GroupBy(f => f.Second).OrderBy(g => g.Key).Select(g => (g.Key, g.ToList()))
            : query.Ranges.Select((range, i) => ((long)i, facts.FindAll(f => range.Contains(f.Second))));
        return
        [
            .. buckets.Where(bucket => bucket.Item2.Count > 0).Select(bucket => new SumBucket(
                bucket.Item1, Series(bucket.Item2, places), bucket.Item2.Min(f => f.Second), bucket.Item2.Max(f => f.Second))),
        ];
    }

    public IEnumerable<TraceRecord> Shown(LiveFilter filter)
    {
        var facts = Facts(filter).ToList();
        return _truth.Traces.Select(t => t.Record).Where(t => facts.Exists(f => filter.LeavesTracesOut
            ? f.Record is ObservationRecord o && o.TraceId == t.Id
            : ReferenceEquals(f.Record, t)));
    }

    public LiveTop Top(LiveTopQuery query, long watermark)
    {
        var values = Facts(query.Filter)
            .Where(f => query.Range.Contains(f.Second) && f.Record is not ScoreRecord && f.Dims.ContainsKey(query.Dimension))
            .GroupBy(f => LiveSeriesKey.Of(query.Dimension, f.Dims[query.Dimension]).Value)
            .Select(g => Value(g.Key, g))
            .OrderByDescending(v => query.OrderBy switch
            {
                LiveTopOrder.Cost => v.CostUsd,
                LiveTopOrder.Count => v.Observations,
                _ => v.Errors,
            })
            .ThenBy(v => v.Value, Stored).ToList();
        var rest = values.Skip(query.Limit).ToList();
        var other = new TopValue(
            LiveSeriesKey.Other, rest.Sum(v => v.Traces), rest.Sum(v => v.Observations), rest.Sum(v => v.Errors), rest.Sum(v => v.TotalTokens), rest.Sum(v => v.CostUsd));
        return new LiveTop(watermark, [.. values.Take(query.Limit)], values.Count, other);
    }

    // As the file orders its own form of text.
    private static Comparer<string> Stored { get; } = Comparer<string>.Create((a, b) =>
        Encoding.UTF8.GetBytes(StoredText.Encode(a)).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(StoredText.Encode(b))));

    private IEnumerable<Fact> Facts(LiveFilter filter) => _facts.Where(f =>
        (f.Record is not TraceRecord || !filter.LeavesTracesOut)
        && filter.Conditions.All(c => f.Dims.TryGetValue(c.Dimension, out var value) && c.Values.Contains(value)));

    private static HashSet<LiveSeriesKey> Places(LiveSumsQuery query, List<Fact> facts)
    {
        var places = query.Own.Select(key => LiveSeriesKey.Of(key.Dimension, key.Value)).Where(key => key.Value != LiveSeriesKey.Other).ToHashSet();
        foreach (var dimension in LiveSeriesKey.Dimensions)
        {
            var most = facts.Select(f => (Fact: f, Key: f.Key(dimension))).Where(f => f.Key is { Value: not LiveSeriesKey.Other })
                .GroupBy(f => f.Key!.Value, f => f.Fact)
                .OrderByDescending(g => g.Count(f => f.Record is ObservationRecord))
                .ThenByDescending(g => g.Count(f => f.Record is TraceRecord))
                .ThenBy(g => g.Key.Value, Stored);
            foreach (var value in most.Where(g => !places.Contains(g.Key)).ToList())
            {
                if (places.Count(p => p.Dimension == dimension) < LiveSeriesKey.MaxPerDimension)
                {
                    places.Add(value.Key);
                }
            }
        }

        return places;
    }

    private static List<SeriesSums> Series(List<Fact> facts, HashSet<LiveSeriesKey> places) =>
    [
        Sums(LiveSeriesKey.Total, facts),
        .. LiveSeriesKey.Dimensions.SelectMany(dimension => facts
            .Where(f => f.Key(dimension) is not null)
            .GroupBy(f => places.Contains(f.Key(dimension)!.Value) ? f.Key(dimension)!.Value : new LiveSeriesKey(dimension, LiveSeriesKey.Other))
            .Select(g => Sums(g.Key, [.. g]))),
    ];

    private static SeriesSums Sums(LiveSeriesKey key, List<Fact> facts)
    {
        var all = facts.Select(f => f.Record).OfType<ObservationRecord>().ToList();
        var models = all.FindAll(o => o.Type.CallsModel());
        var calls = key.Dimension == LiveDimension.Tool ? all : models;
        var speeds = models.Where(o => o.OutputTokens > 0 && Milliseconds(o.Latency) is > 0)
            .Select(o => 1000.0 * o.OutputTokens / Milliseconds(o.Latency)!.Value);
        return new SeriesSums
        {
            Key = key,
            Traces = facts.Count(f => f.Record is TraceRecord),
            Observations = all.Count,
            Requests = calls.Count,
            Errors = all.Count(o => o.Level == ObservationLevel.Error),
            InputTokens = all.Sum(o => o.InputTokens),
            OutputTokens = all.Sum(o => o.OutputTokens),
            TotalTokens = all.Sum(o => o.TotalTokens),
            CostUsd = all.Sum(o => o.Cost.TotalUsd ?? 0),
            InputCostUsd = Cost(all, "input"),
            OutputCostUsd = Cost(all, "output"),
            Unpriced = models.Count(o => o.Usage.Count > 0 && o.Cost.TotalUsd is null),
            Latency = Sketch(calls.Select(o => Milliseconds(o.Latency)).OfType<long>().Select(SketchMapping.IndexOfMilliseconds)),
            FirstToken = Sketch(models.Select(o => Milliseconds(o.TimeToFirstToken)).OfType<long>().Select(SketchMapping.IndexOfMilliseconds)),
            TokensPerSecond = Sketch(speeds.Select(SketchMapping.IndexOf)),
            Scores =
            [
                .. facts.Select(f => f.Record).OfType<ScoreRecord>()
                    .GroupBy(s => new ScoreKind(s.Name, s.Source, s.DataType == ScoreDataType.Categorical ? s.StringValue : null))
                    .Select(g => new ScoreSums(
                        g.Key,
                        g.Count(),
                        g.Sum(s => s.DataType == ScoreDataType.Categorical ? 0 : s.Value!.Value),
                        Sketch(g.Where(s => s.DataType == ScoreDataType.Numeric).Select(s => SignedSketchMapping.IndexOf(s.Value!.Value))))),
            ],
        };
    }

    private static TopValue Value(string value, IEnumerable<Fact> facts)
    {
        var sums = Sums(LiveSeriesKey.Total, [.. facts]);
        return new TopValue(value, sums.Traces, sums.Observations, sums.Errors, sums.TotalTokens, sums.CostUsd);
    }

    private static decimal Cost(IEnumerable<ObservationRecord> observations, string part) =>
        observations.SelectMany(o => o.Cost.Details).Where(c => c.Key.Contains(part, StringComparison.OrdinalIgnoreCase)).Sum(c => c.CostUsd);

    private static IReadOnlyList<SketchCount> Sketch(IEnumerable<int> indexes) =>
        [.. indexes.CountBy(i => i).OrderBy(c => c.Key).Select(c => new SketchCount(c.Key, c.Value))];

    private static long? Milliseconds(TimeSpan? span) => span is { Ticks: >= 0 } s ? (long)s.TotalMilliseconds : null;

    private static bool Counts(ScoreRecord s) => s.DataType switch
    {
        ScoreDataType.Numeric or ScoreDataType.Boolean => s.Value is not null,
        ScoreDataType.Categorical => s.StringValue is not null,
        _ => false,
    };

    private static Dictionary<LiveDimension, string> Dims(TraceRecord? trace, string environment, ObservationRecord? o, ScoreRecord? score)
    {
        var dims = new Dictionary<LiveDimension, string?>
        {
            [LiveDimension.Model] = o?.Model,
            [LiveDimension.TraceName] = trace?.Name,
            [LiveDimension.Environment] = environment,
            [LiveDimension.Release] = trace?.Release,
            [LiveDimension.Prompt] = o?.PromptName,
            [LiveDimension.PromptVersion] = o is { PromptName: not null, PromptVersion: { } version }
                ? $"{o.PromptName}@{version.ToString(CultureInfo.InvariantCulture)}" : null,
            [LiveDimension.Tool] = score is null && o?.Type == ObservationType.Tool ? o.Name : null,
            [LiveDimension.User] = trace?.UserId,
            [LiveDimension.Session] = score?.SessionId ?? trace?.SessionId,
        };
        return dims.Where(d => d.Value is not null).ToDictionary(d => d.Key, d => d.Value!);
    }

    private TraceRecord? TraceOf(string? id) => _truth.Traces.Find(t => t.Record.Id == id)?.Record;

    private sealed record Fact(long Second, object Record, Dictionary<LiveDimension, string> Dims)
    {
        public LiveSeriesKey? Key(LiveDimension dimension) =>
            Dims.TryGetValue(dimension, out var value) ? LiveSeriesKey.Of(dimension, value) : null;
    }
}
