using System.Runtime.InteropServices;
using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>
/// What the series add up to in one bucket. Rows of the same series are added up together first, so that most of the work is
/// done once and not for each of the seven series that a row may have.
/// </summary>
internal sealed class SeriesBucket(SeriesPlaces places)
{
    private const int MaxCombinations = 10_000;

    private readonly Dictionary<int, SeriesTally> _series = [];
    private readonly Dictionary<long, Combination> _combinations = [];
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public bool IsEmpty => _first > _last;

    public void Add(ObservationFact fact) => At(fact.Series, fact.At).Add(fact);

    public void Add(TraceFact fact) => At(fact.Series, fact.At).Numbers.AddTrace();

    public void Add(ScoreFact fact)
    {
        foreach (var series in At(fact.Series, fact.At).Series)
        {
            series.Add(fact);
        }
    }

    public void Add(SeriesBucket other)
    {
        other.Settle();
        (_first, _last) = (Math.Min(_first, other._first), Math.Max(_last, other._last));
        foreach (var (series, tally) in other._series)
        {
            Of(series).Add(tally);
        }
    }

    public SumBucket ToBucket(long at)
    {
        Settle();
        return new SumBucket(at, [.. _series.OrderBy(s => s.Key).Select(s => s.Value.ToSums(places.Key(s.Key)))], SecondOf(_first), SecondOf(_last));
    }

    /// <summary>The Unix second of a time in microseconds.</summary>
    public static long SecondOf(long microseconds) => (microseconds - (((microseconds % 1_000_000) + 1_000_000) % 1_000_000)) / 1_000_000;

    private Combination At(long series, long at)
    {
        (_first, _last) = (Math.Min(_first, at), Math.Max(_last, at));
        if (_combinations.TryGetValue(series, out var known))
        {
            return known;
        }

        if (_combinations.Count >= MaxCombinations)
        {
            Settle();
        }

        return _combinations[series] = new Combination([.. SeriesPlaces.Of(series).Select(Of)], SeriesPlaces.HasTool(series));
    }

    private SeriesTally Of(int series)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, series, out _);
        return tally ??= new SeriesTally();
    }

    private void Settle()
    {
        foreach (var combination in _combinations.Values)
        {
            combination.Settle();
        }

        _combinations.Clear();
    }

    /// <summary>Rows that have all their series in common. That of a tool is the last one.</summary>
    private sealed class Combination(SeriesTally[] series, bool hasTool)
    {
        public SeriesNumbers Numbers { get; } = new();

        public SeriesTally[] Series => series;

        public void Add(in ObservationFact fact)
        {
            Numbers.Add(fact);
            if (fact.CallsModel)
            {
                AddModelCall(fact);
            }
            else if (hasTool && fact.LatencyMs is { } latency)
            {
                series[^1].AddLatency(SketchMapping.IndexOfMilliseconds(latency));
            }
        }

        public void Settle()
        {
            foreach (var tally in series)
            {
                tally.Numbers.Add(Numbers);
            }
        }

        private void AddModelCall(in ObservationFact fact)
        {
            if (fact.LatencyMs is { } latency)
            {
                var index = SketchMapping.IndexOfMilliseconds(latency);
                foreach (var tally in series)
                {
                    tally.AddLatency(index);
                }

                if (fact.OutputTokens > 0 && latency > 0)
                {
                    var speed = 1000.0 * fact.OutputTokens / latency;
                    index = speed >= SketchMapping.MinValue ? SketchMapping.IndexOf(speed) : SketchCount.ZeroIndex;
                    foreach (var tally in series)
                    {
                        tally.AddTokensPerSecond(index);
                    }
                }
            }

            if (fact.FirstTokenMs is { } firstToken)
            {
                var index = SketchMapping.IndexOfMilliseconds(firstToken);
                foreach (var tally in series)
                {
                    tally.AddFirstToken(index);
                }
            }
        }
    }
}
