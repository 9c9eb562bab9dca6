using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>The values that have a series of their own, by their place within their dimension.</summary>
internal sealed class SeriesPlaces
{
    /// <summary>The place of all values that have none.</summary>
    public const int Other = -1;

    private readonly Dictionary<LiveDimension, List<string>> _values = LiveSeriesKey.Dimensions.ToDictionary(d => d, _ => new List<string>());

    public SeriesPlaces(IEnumerable<LiveSeriesKey> own)
    {
        foreach (var key in own)
        {
            Add(LiveSeriesKey.Of(key.Dimension, key.Value));
        }
    }

    /// <summary>Whether a dimension has places that nobody has.</summary>
    public bool HasRoom => _values.Values.Any(HasRoomIn);

    /// <summary>The most values that a dimension has.</summary>
    public int Most => _values.Values.Max(values => values.Count);

    /// <summary>The values of a dimension, in the order of their places.</summary>
    public IReadOnlyList<string> Of(LiveDimension dimension) => _values[dimension];

    /// <summary>Gives a value a place if there is one.</summary>
    public void Give(LiveSeriesKey key)
    {
        if (HasRoomIn(_values[key.Dimension]))
        {
            Add(key);
        }
    }

    /// <summary>The series of a place.</summary>
    public LiveSeriesKey Key(LiveDimension dimension, int? place) => place switch
    {
        null => LiveSeriesKey.Total,
        Other => new LiveSeriesKey(dimension, LiveSeriesKey.Other),
        { } own => new LiveSeriesKey(dimension, _values[dimension][own]),
    };

    private static bool HasRoomIn(List<string> values) => values.Count < LiveSeriesKey.MaxPerDimension;

    // The value «other» needs no place: its series is that of the values without one.
    private void Add(LiveSeriesKey key)
    {
        if (key.Value != LiveSeriesKey.Other && _values.TryGetValue(key.Dimension, out var values) && !values.Contains(key.Value))
        {
            values.Add(key.Value);
        }
    }
}
