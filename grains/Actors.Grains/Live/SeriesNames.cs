using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// Which values of a dimension have a series of their own. A value keeps its answer until the board starts again, so that a
/// contribution is always taken away from the series it was added to.
/// </summary>
internal sealed class SeriesNames
{
    private const int MaxRemembered = 10_000;

    private readonly Dictionary<LiveSeriesKey, LiveSeriesKey> _known = [];
    private readonly HashSet<LiveSeriesKey> _own = [];
    private readonly Dictionary<LiveDimension, int> _counts = [];

    /// <summary>Whether a value was joined under «other».</summary>
    public bool Overflowed { get; private set; }

    /// <summary>The series that have a place of their own.</summary>
    public IReadOnlyList<LiveSeriesKey> Own => [.. _own];

    public LiveSeriesKey Map(LiveSeriesKey key)
    {
        if (key.Dimension == LiveDimension.Total)
        {
            return key;
        }

        if (key.Value == LiveSeriesKey.Other)
        {
            // It may be that somebody's model is called so.
            Overflowed |= _counts.GetValueOrDefault(key.Dimension) >= LiveSeriesKey.MaxPerDimension;
            return key;
        }

        if (_known.TryGetValue(key, out var mapped))
        {
            return mapped;
        }

        if (TryGive(key))
        {
            return key;
        }

        Overflowed = true;
        var other = key with { Value = LiveSeriesKey.Other };
        if (_known.Count < MaxRemembered)
        {
            _known[key] = other;
        }

        return other;
    }

    /// <summary>
    /// Whether numbers can be laid on this board, in which the values of <paramref name="asked"/> and those of
    /// <paramref name="buckets"/> have places and all others share one.
    /// </summary>
    public bool CanAdopt(IReadOnlyCollection<LiveSeriesKey> asked, IEnumerable<SumBucket> buckets)
    {
        var places = asked.ToHashSet();
        var joined = new HashSet<LiveDimension>();
        foreach (var key in buckets.SelectMany(b => b.Series).Select(s => s.Key))
        {
            if (key.Value == LiveSeriesKey.Other)
            {
                joined.Add(key.Dimension);
            }
            else if (key.Dimension != LiveDimension.Total)
            {
                places.Add(key);
            }
        }

        // A value that got its place here meanwhile may be among those that were joined there, and the other way round.
        return _own.All(own => places.Contains(own) || !joined.Contains(own.Dimension))
            && places.All(place => !_known.TryGetValue(place, out var mapped) || mapped == place)
            && places.Union(_own).CountBy(p => p.Dimension).All(d => d.Value <= LiveSeriesKey.MaxPerDimension);
    }

    /// <summary>Starts again.</summary>
    public void Clear()
    {
        _known.Clear();
        _own.Clear();
        _counts.Clear();
        Overflowed = false;
    }

    /// <summary>Whether one of the dimensions of these series has no room.</summary>
    public static bool IsFull(IEnumerable<LiveSeriesKey> series) =>
        series.Where(s => s.Value != LiveSeriesKey.Other).CountBy(s => s.Dimension).Any(d => d.Value >= LiveSeriesKey.MaxPerDimension);

    private bool TryGive(LiveSeriesKey key)
    {
        var count = _counts.GetValueOrDefault(key.Dimension);
        if (count >= LiveSeriesKey.MaxPerDimension)
        {
            return false;
        }

        _counts[key.Dimension] = count + 1;
        _own.Add(key);
        _known[key] = key;
        return true;
    }
}
