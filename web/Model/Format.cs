using System.Globalization;

namespace Actors.Web.Model;

/// <summary>A number split into what is read first and its unit, so that a tile can set them in different sizes.</summary>
/// <param name="Value">The digits, with a magnitude suffix when large; <c>–</c> when there is no value.</param>
/// <param name="Unit">The unit, or empty.</param>
public readonly record struct Quantity(string Value, string Unit)
{
    /// <summary>No value was measured. This is not zero.</summary>
    public static Quantity None { get; } = new("–", "");
}

/// <summary>Numbers, durations and money as every page writes them. Culture never changes them.</summary>
public static class Format
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A count or rate in at most about four digits: <c>0.42</c>, <c>115</c>, <c>93.8k</c>, <c>1.2M</c>.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1e9 => (value / 1e9).ToString("0.##", Culture) + "G",
        >= 1e6 => (value / 1e6).ToString("0.##", Culture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.#", Culture) + "k",
        >= 100 => value.ToString("#,0", Culture),
        >= 10 => value.ToString("0.#", Culture),
        _ => value.ToString("0.##", Culture),
    };

    /// <summary>A whole number with thousands separators.</summary>
    public static string Count(long value) => value.ToString("#,0", Culture);

    /// <summary>A length of time: <c>8.2 ms</c>, <c>412 ms</c>, <c>1.98 s</c>, <c>2 m 05 s</c>, <c>3 h 12 m</c>.</summary>
    public static string Duration(TimeSpan value)
    {
        var ms = value.TotalMilliseconds;
        return ms switch
        {
            < 0 => "–" + Duration(value.Negate()),
            < 10 => ms.ToString("0.#", Culture) + " ms",
            < 999.5 => ms.ToString("0", Culture) + " ms",
            < 59_995 => (ms / 1000).ToString(ms < 9_995 ? "0.00" : "0.0", Culture) + " s",
            < 3_600_000 => string.Create(Culture, $"{(int)value.TotalMinutes} m {value.Seconds:00} s"),
            _ => string.Create(Culture, $"{(long)value.TotalHours} h {value.Minutes:00} m"),
        };
    }

    /// <summary>A latency for a tile: milliseconds up to ten seconds, then seconds.</summary>
    public static Quantity Latency(double? ms) => ms switch
    {
        null => Quantity.None,
        < 10 => new(ms.Value.ToString("0.#", Culture), "ms"),
        < 10_000 => new(ms.Value.ToString("#,0", Culture), "ms"),
        < 600_000 => new((ms.Value / 1000).ToString("0.0", Culture), "s"),
        _ => new((ms.Value / 60_000).ToString("0.0", Culture), "min"),
    };

    /// <summary>A rate for a tile.</summary>
    public static Quantity Rate(double? value, string unit) => value is { } v ? new(Number(v), unit) : Quantity.None;

    /// <summary>A share between 0 and 1 as percent.</summary>
    public static Quantity Percent(double? share) =>
        share is { } v ? new((v * 100).ToString(v is < 0.1 and > 0 ? "0.00" : "0.#", Culture), "%") : Quantity.None;

    /// <summary>Money in US dollars with the digits small sums need: <c>$0.000042</c>, <c>$0.0312</c>, <c>$12.40</c>.</summary>
    public static string Cost(decimal usd) => "$" + Money(usd);

    /// <summary>Money with every digit that is known, for tables that add up.</summary>
    public static string ExactCost(decimal usd) => "$" + usd.ToString("#,0.00##########", Culture);

    /// <summary>The digits of <see cref="Cost"/> without the sign of the currency.</summary>
    public static string Money(decimal usd) => Math.Abs(usd) switch
    {
        0 => "0",
        < 0.0001m => usd.ToString("0.000###", Culture),
        < 1m => usd.ToString("0.0000", Culture),
        < 1000m => usd.ToString("#,0.00", Culture),
        _ => usd.ToString("#,0", Culture),
    };

    /// <summary>A score: whole numbers bare, others with up to three digits.</summary>
    public static string Score(double value) => value.ToString("0.###", Culture);

    /// <summary>The start and end of a long id, enough to tell two apart: <c>9f2c…41ab</c>.</summary>
    public static string ShortId(string id) => id.Length <= 14 ? id : $"{id[..4]}…{id[^4..]}";

    /// <summary>A size: <c>812 B</c>, <c>14.2 KB</c>, <c>5 MB</c>; a thousand bytes to the next unit.</summary>
    public static string Bytes(long value) => value switch
    {
        < 1_000 => string.Create(Culture, $"{value} B"),
        < 1_000_000 => (value / 1e3).ToString("0.#", Culture) + " KB",
        < 1_000_000_000 => (value / 1e6).ToString("0.#", Culture) + " MB",
        _ => (value / 1e9).ToString("0.##", Culture) + " GB",
    };

    /// <summary>Share of a whole as a CSS percentage, never in exponent form.</summary>
    public static string Css(double percent) => percent.ToString("0.####", Culture);
}
