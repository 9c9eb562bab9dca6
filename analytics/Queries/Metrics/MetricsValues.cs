using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Metrics;

/// <summary>Reads values of answers from the form that the file holds.</summary>
internal static class MetricsValues
{
    private static readonly string TypeNames = Names(Enum.GetValues<ObservationType>().Select(ObservationNames.ToWire));
    private static readonly string LevelNames = Names(Enum.GetValues<ObservationLevel>().Select(ObservationNames.ToWire));
    private static readonly string SourceNames = Names(Enum.GetValues<ScoreSource>().Select(ScoreNames.ToWire));
    private static readonly string DataTypeNames = Names(Enum.GetValues<ScoreDataType>().Select(ScoreNames.ToWire));

    public static MetricsValue Read(DbDataReader row, int i, MetricsKind kind)
    {
        if (row.IsDBNull(i))
        {
            return default;
        }

        return kind switch
        {
            MetricsKind.Text => new MetricsValue { Text = row.Text(i) },
            MetricsKind.Number => new MetricsValue { Number = Convert.ToDouble(row.GetValue(i), System.Globalization.CultureInfo.InvariantCulture) },
            MetricsKind.Flag => new MetricsValue { Flag = row.GetBoolean(i) },
            MetricsKind.Texts => new MetricsValue { Texts = row.Texts(i) },
            MetricsKind.ObservationType => new MetricsValue { Text = ((ObservationType)row.GetByte(i)).ToWire() },
            MetricsKind.ObservationLevel => new MetricsValue { Text = ((ObservationLevel)row.GetByte(i)).ToWire() },
            MetricsKind.ScoreSource => new MetricsValue { Text = ((ScoreSource)row.GetByte(i)).ToWire() },
            MetricsKind.ScoreDataType => new MetricsValue { Text = ((ScoreDataType)row.GetByte(i)).ToWire() },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of value."),
        };
    }

    /// <summary>The bins of a group; none without values, one when all values are the same.</summary>
    public static MetricsValue ReadHistogram(DbDataReader row, int i, int bins)
    {
        var parts = row.GetFieldValue<Dictionary<string, object?>>(i);
        if (parts["low"] is not double low || parts["high"] is not double high)
        {
            return new MetricsValue { Bins = [] };
        }

        var filled = (List<int>)parts["bins"]!;
        var counts = (List<long>)parts["counts"]!;
        if (high <= low)
        {
            return new MetricsValue { Bins = [new HistogramBin(low, high, counts[0])] };
        }

        var heights = new long[bins];
        for (var n = 0; n < filled.Count; n++)
        {
            heights[filled[n]] = counts[n];
        }

        var width = (high - low) / bins;
        return new MetricsValue
        {
            Bins = [.. heights.Select((height, n) => new HistogramBin(low + (n * width), n == bins - 1 ? high : low + ((n + 1) * width), height))],
        };
    }

    /// <summary>What to sort a key by: numbers of enumerations by their names, as the caller sees them.</summary>
    public static string OrderText(MetricsKind kind, string column) => kind switch
    {
        MetricsKind.ObservationType => $"{TypeNames}[{column} + 1]",
        MetricsKind.ObservationLevel => $"{LevelNames}[{column} + 1]",
        MetricsKind.ScoreSource => $"{SourceNames}[{column} + 1]",
        MetricsKind.ScoreDataType => $"{DataTypeNames}[{column} + 1]",
        _ => column,
    };

    private static string Names(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(name => $"'{name}'"))}]";
}
