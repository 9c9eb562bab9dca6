namespace Actors.Web.Api;

/// <summary>Numbers as they look best on the wire.</summary>
internal static class WireNumbers
{
    // Dividing by a one with many zeros drops the trailing zeros that a decimal carries along.
    private const decimal One = 1.000000000000000000000000000000000m;

    public static decimal Trim(decimal value) => value / One;

    public static decimal? Trim(decimal? value) => value / One;

    /// <summary>Seconds with the precision of whole milliseconds.</summary>
    public static double? Seconds(TimeSpan? span) => span is { } value ? Seconds(value) : null;

    public static double Seconds(TimeSpan span) => Math.Round(span.TotalMilliseconds) / 1000;
}
