using Actors.Analytics.Schema;
using DuckDB.NET.Data;

namespace Actors.Analytics.Ingest;

/// <summary>Appends single values in the form that the file holds.</summary>
internal static class RowAppend
{
    // A decimal holds 28 digits: 15 before the point leave 12 behind it. No single bad number may stop the whole feed.
    private const decimal MaxMoney = 1_000_000_000_000_000m;
    private const decimal MaxPrice = 1_000_000_000m;

    public static IDuckDBAppenderRow Text(this IDuckDBAppenderRow row, string? value) => row.AppendValue(StoredText.Encode(value));

    public static IDuckDBAppenderRow Time(this IDuckDBAppenderRow row, DateTimeOffset value) => row.AppendValue(value.UtcDateTime);

    public static IDuckDBAppenderRow Time(this IDuckDBAppenderRow row, DateTimeOffset? value) => row.AppendValue(value?.UtcDateTime);

    /// <summary>Appends a duration; a negative one is a clock's mistake and no duration.</summary>
    public static IDuckDBAppenderRow Milliseconds(this IDuckDBAppenderRow row, TimeSpan? value) =>
        row.AppendValue(value is { Ticks: >= 0 } span ? span.Ticks / TimeSpan.TicksPerMillisecond : (long?)null);

    public static IDuckDBAppenderRow Money(this IDuckDBAppenderRow row, decimal? usd) => row.AppendValue(usd is { } value ? Money(value) : null);

    public static decimal Money(decimal usd) => Math.Round(Math.Clamp(usd, -MaxMoney, MaxMoney), 12);

    public static IDuckDBAppenderRow Price(this IDuckDBAppenderRow row, decimal? usd) =>
        row.AppendValue(usd is { } value ? Math.Round(Math.Clamp(value, -MaxPrice, MaxPrice), 18) : null);

    public static IDuckDBAppenderRow Texts(this IDuckDBAppenderRow row, IEnumerable<string> values) =>
        row.List(values.Select(value => StoredText.Encode(value)));

    /// <summary>Appends a list; the appender takes collections, not sequences.</summary>
    public static IDuckDBAppenderRow List<T>(this IDuckDBAppenderRow row, IEnumerable<T> values) => row.AppendValue(values.ToList());

    public static IDuckDBAppenderRow Number(this IDuckDBAppenderRow row, long value) => row.AppendValue(value);

    public static IDuckDBAppenderRow Number(this IDuckDBAppenderRow row, int value) => row.AppendValue(value);

    public static IDuckDBAppenderRow Flag(this IDuckDBAppenderRow row, bool value) => row.AppendValue(value);

    public static IDuckDBAppenderRow Code(this IDuckDBAppenderRow row, int value) => row.AppendValue((byte)value);
}
