using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// Which values of a dimension have a series of their own. A value keeps its answer until the board is ranked again, so
/// that a contribution is always taken away from the series it was added to.
/// </summary>
internal sealed class SeriesNames
{
    private const int MaxRemembered = 10_000;
    private const int MaxValueLength = 200;

    private readonly Dictionary<LiveSeriesKey, LiveSeriesKey> _known = [];
    private readonly Dictionary<LiveDimension, int> _own = [];

    /// <summary>Whether a value was joined under «other».</summary>
    public bool Overflowed { get; private set; }

    public LiveSeriesKey Map(LiveSeriesKey key)
    {
        if (key.Dimension == LiveDimension.Total)
        {
            return key;
        }

        if (key.Value.Length > MaxValueLength)
        {
            key = key with { Value = key.Value[..MaxValueLength] };
        }

        if (_known.TryGetValue(key, out var mapped))
        {
            return mapped;
        }

        var own = _own.GetValueOrDefault(key.Dimension);
        if (own < LiveWindowOptions.MaxSeriesPerDimension)
        {
            _own[key.Dimension] = own + 1;
            return _known[key] = key;
        }

        Overflowed = true;
        var other = key with { Value = LiveSeriesKey.Other };
        if (_known.Count < MaxRemembered)
        {
            _known[key] = other;
        }

        return other;
    }

    /// <summary>Starts again and gives the values that occur most a series of their own.</summary>
    public void Rank(LiveSeed seed)
    {
        _known.Clear();
        _own.Clear();
        Overflowed = false;
        Give(LiveDimension.Model, seed.Observations.Where(o => o.Model is not null).Select(o => (o.Model!, o.Count)));
        Give(LiveDimension.Environment, seed.Observations.Select(o => (o.Environment, o.Count)));
        Give(LiveDimension.TraceName, seed.Traces.Where(t => t.Name is not null).Select(t => (t.Name!, t.Count)));
    }

    /// <summary>Whether one of the dimensions of these series has no room.</summary>
    public static bool IsFull(IEnumerable<LiveSeriesKey> series) =>
        series.CountBy(s => s.Dimension).Any(d => d.Value >= LiveWindowOptions.MaxSeriesPerDimension);

    private void Give(LiveDimension dimension, IEnumerable<(string Value, long Count)> values)
    {
        var most = values.GroupBy(v => v.Value, v => v.Count)
            .OrderByDescending(g => g.Sum()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(LiveWindowOptions.MaxSeriesPerDimension);
        foreach (var value in most)
        {
            Map(new LiveSeriesKey(dimension, value.Key));
        }
    }
}
