using System.Runtime.InteropServices;
using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>Adds the rows of the single answers up to buckets and series.</summary>
internal sealed class SumsBuilder(SeriesTimes times, SeriesPlaces places)
{
    private readonly SortedDictionary<long, Bucket> _buckets = [];

    public void Add(List<SeriesSumsRow> rows)
    {
        foreach (var row in rows)
        {
            foreach (var at in times.Of(row.Place.Bucket))
            {
                var bucket = At(at);
                bucket.Note(row.First, row.Last);
                bucket.Of(row.Place).Add(row.Sums);
            }
        }
    }

    public void Add(List<SeriesSketchRow> rows)
    {
        foreach (var row in rows)
        {
            foreach (var at in times.Of(row.Place.Bucket))
            {
                At(at).Of(row.Place).Add(row.Sketch, row.Count);
            }
        }
    }

    public IReadOnlyList<SumBucket> ToBuckets() => [.. _buckets.Select(bucket => bucket.Value.ToBucket(bucket.Key, places))];

    private Bucket At(long at)
    {
        if (!_buckets.TryGetValue(at, out var bucket))
        {
            _buckets.Add(at, bucket = new Bucket());
        }

        return bucket;
    }

    private sealed class Bucket
    {
        private readonly Dictionary<(LiveDimension Dimension, int? Place), Sums> _series = [];
        private DateTimeOffset _first = DateTimeOffset.MaxValue;
        private DateTimeOffset _last = DateTimeOffset.MinValue;

        public void Note(DateTimeOffset first, DateTimeOffset last)
        {
            _first = first < _first ? first : _first;
            _last = last > _last ? last : _last;
        }

        public Sums Of(SeriesPlace place)
        {
            ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, (place.Dimension, place.Place), out _);
            return sums ??= new Sums();
        }

        public SumBucket ToBucket(long at, SeriesPlaces places) => new(
            at,
            [.. _series.OrderBy(s => s.Key).Select(s => s.Value.ToSums(places.Key(s.Key.Dimension, s.Key.Place)))],
            _first.ToUnixTimeSeconds(),
            _last.ToUnixTimeSeconds());
    }

    private sealed class Sums
    {
        private readonly SortedDictionary<int, long>[] _sketches = [[], [], []];
        private readonly Dictionary<(string, Tracing.ScoreSource, string?), ScoreStats> _scores = [];
        private SeriesSums _sums = new() { Key = LiveSeriesKey.Total };

        public void Add(SeriesSums sums)
        {
            _sums = _sums with
            {
                Traces = _sums.Traces + sums.Traces,
                Observations = _sums.Observations + sums.Observations,
                Requests = _sums.Requests + sums.Requests,
                Errors = _sums.Errors + sums.Errors,
                InputTokens = Bounded(_sums.InputTokens, sums.InputTokens),
                OutputTokens = Bounded(_sums.OutputTokens, sums.OutputTokens),
                TotalTokens = Bounded(_sums.TotalTokens, sums.TotalTokens),
                CostUsd = _sums.CostUsd + sums.CostUsd,
                InputCostUsd = _sums.InputCostUsd + sums.InputCostUsd,
                OutputCostUsd = _sums.OutputCostUsd + sums.OutputCostUsd,
                Unpriced = _sums.Unpriced + sums.Unpriced,
            };
            foreach (var score in sums.Scores)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_scores, (score.Name, score.Source, score.Category), out _);
                sum = score with { Count = sum.Count + score.Count, Sum = sum.Sum + score.Sum };
            }
        }

        public void Add(SeriesSketch sketch, SketchCount count)
        {
            var counts = _sketches[(int)sketch];
            counts[count.Index] = counts.GetValueOrDefault(count.Index) + count.Count;
        }

        public SeriesSums ToSums(LiveSeriesKey key) => _sums with
        {
            Key = key,
            Latency = Counts(SeriesSketch.Latency),
            FirstToken = Counts(SeriesSketch.FirstToken),
            TokensPerSecond = Counts(SeriesSketch.TokensPerSecond),
            Scores = [.. _scores.Values],
        };

        private SketchCount[] Counts(SeriesSketch sketch) => [.. _sketches[(int)sketch].Select(c => new SketchCount(c.Key, c.Value))];

        // The sums of the file are bounded like this too.
        private static long Bounded(long a, long b) => (long)Int128.Clamp((Int128)a + b, long.MinValue, long.MaxValue);
    }
}
