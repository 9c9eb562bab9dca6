using System.Data.Common;
using Actors.Analytics.Schema;

namespace Actors.Analytics.Queries;

/// <summary>Reads single values from the form that the file holds.</summary>
internal static class RowRead
{
    // Dividing by one with 28 decimals takes the zeros off that the column's scale has put on.
    private const decimal One = 1.0000000000000000000000000000m;

    public static string Text(this DbDataReader row, int i) => StoredText.Decode(row.GetString(i));

    public static string? TextOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.Text(i);

    public static DateTimeOffset Time(this DbDataReader row, int i) => new(DateTime.SpecifyKind(row.GetDateTime(i), DateTimeKind.Utc));

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.Time(i);

    public static TimeSpan? MillisecondsOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : TimeSpan.FromMilliseconds(row.GetInt64(i));

    public static long? LongOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetInt64(i);

    public static int? IntOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetInt32(i);

    public static double? DoubleOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetDouble(i);

    public static decimal Money(this DbDataReader row, int i) => row.GetDecimal(i) / One;

    public static decimal? MoneyOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.Money(i);

    public static IReadOnlyList<string> Texts(this DbDataReader row, int i)
    {
        var values = row.GetFieldValue<List<string>>(i);
        return values.Count == 0 ? [] : values.ConvertAll(StoredText.Decode);
    }

    public static IReadOnlyList<T> Pairs<TValue, T>(this DbDataReader row, int keys, int values, Func<string, TValue, T> pair)
    {
        var names = row.Texts(keys);
        if (names.Count == 0)
        {
            return [];
        }

        var numbers = row.GetFieldValue<List<TValue>>(values);
        var pairs = new T[names.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = pair(names[i], numbers[i]);
        }

        return pairs;
    }

    public static decimal Trim(decimal value) => value / One;
}
