using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>
/// The values that have a series of their own. A row of the file names its series with one number: for each dimension a byte,
/// which is 0 without a value, 1 for a value that is joined with others, and then the place of the value.
/// </summary>
internal sealed class SeriesPlaces
{
    private const int Bits = 8;
    private const int Mask = (1 << Bits) - 1;
    private const int Total = 0;
    private const int None = 0;
    private const int Joined = 1;
    private const int FirstOwn = 2;

    /// <summary>The most values of one dimension that a byte can tell apart.</summary>
    public const int MaxValues = (1 << Bits) - FirstOwn;

    private readonly List<string>[] _values = [.. LiveSeriesKey.Dimensions.Select(_ => new List<string>())];

    public SeriesPlaces(IEnumerable<LiveSeriesKey> own)
    {
        foreach (var key in own)
        {
            Add(LiveSeriesKey.Of(key.Dimension, key.Value));
        }
    }

    /// <summary>The most values that a dimension has.</summary>
    public int Most => _values.Max(values => values.Count);

    /// <summary>Gives a value a place if there is one.</summary>
    public void Give(LiveSeriesKey key)
    {
        if (_values[IndexOf(key.Dimension)].Count < LiveSeriesKey.MaxPerDimension)
        {
            Add(key);
        }
    }

    /// <summary>Writes the number of the series of a row as far as the dimensions say that are wanted.</summary>
    public void WriteNumber(Sql sql, SeriesSource source, Func<LiveDimension, bool> isWanted, bool cut)
    {
        sql.Append($"(0::BIGINT");
        for (var i = 0; i < _values.Length; i++)
        {
            var dimension = LiveSeriesKey.Dimensions[i];
            if (source.Has(dimension) && isWanted(dimension))
            {
                // Not cut, the value is still a number of the column's dictionary, and is looked for once for each of these.
                var value = cut ? SeriesText.Cut(source.Value(dimension)) : source.Value(dimension);
                var factor = new Sql.Fragment($"{1L << (i * Bits)}");
                sql.Append($"""
                    + {factor} * coalesce(list_position({_values[i]}, {value}) + {new Sql.Fragment($"{FirstOwn - 1}")}, ({value} IS NOT NULL)::INTEGER)
                    """);
            }
        }

        sql.Append($")");
    }

    /// <summary>The series that a number names, each by a number of its own: the total first, that of a tool last.</summary>
    public static IEnumerable<int> Of(long number)
    {
        yield return Total;
        for (var i = 0; i < LiveSeriesKey.Dimensions.Count; i++)
        {
            if (((int)(number >> (i * Bits)) & Mask) is var place and not None)
            {
                yield return (i << Bits) | place;
            }
        }
    }

    /// <summary>The series of one of these numbers.</summary>
    public LiveSeriesKey Key(int series)
    {
        var (i, place) = (series >> Bits, series & Mask);
        return place switch
        {
            None => LiveSeriesKey.Total,
            Joined => new LiveSeriesKey(LiveSeriesKey.Dimensions[i], LiveSeriesKey.Other),
            _ => new LiveSeriesKey(LiveSeriesKey.Dimensions[i], _values[i][place - FirstOwn]),
        };
    }

    /// <summary>Whether the last of them is that of a tool.</summary>
    public static bool HasTool(long number) => number >> (IndexOf(LiveDimension.Tool) * Bits) != None;

    private static int IndexOf(LiveDimension dimension)
    {
        for (var i = 0; i < LiveSeriesKey.Dimensions.Count; i++)
        {
            if (LiveSeriesKey.Dimensions[i] == dimension)
            {
                return i;
            }
        }

        return -1;
    }

    // The value «other» needs no place: its series is that of the values without one.
    private void Add(LiveSeriesKey key)
    {
        if (IndexOf(key.Dimension) is >= 0 and var index && key.Value != LiveSeriesKey.Other && !_values[index].Contains(key.Value))
        {
            _values[index].Add(key.Value);
        }
    }
}
