using System.Globalization;

namespace Actors.LoadGen.Report;

/// <summary>Writes values as cells of a table; what was not measured is a dash.</summary>
internal static class Cells
{
    private const string None = "–";

    public static string Number(double? value, string format = "0.#") =>
        value is { } v ? v.ToString(format, CultureInfo.InvariantCulture) : None;

    public static string Thousands(double? value) => Number(value, "#,0");

    public static string Milliseconds(TimeSpan? value) => Number(value?.TotalMilliseconds, "0.#");

    public static string Seconds(TimeSpan? value) => Number(value?.TotalSeconds, "0.00");

    public static string Megabytes(long? bytes) => Number(bytes / (1024.0 * 1024.0), "0");

    public static string Money(decimal? value) => value is { } v ? v.ToString("0.############", CultureInfo.InvariantCulture) : None;

    public static string Verdict(bool? isReached) => isReached switch { true => "yes", false => "**no**", null => None };
}
