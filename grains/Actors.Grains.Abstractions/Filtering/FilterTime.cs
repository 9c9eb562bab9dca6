using System.Globalization;

namespace Actors.Filtering;

/// <summary>Times in filters: ISO 8601, a day alone or with a time of day; UTC when no offset is given.</summary>
public static class FilterTime
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2300, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a time in whole milliseconds.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Styles, out time) || time < Earliest || time > Latest)
        {
            return false;
        }

        time = time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerMillisecond));
        return true;
    }

    /// <summary>The shortest text of a time that reads as the same.</summary>
    public static string ToText(DateTimeOffset time) => time.UtcDateTime.TimeOfDay == TimeSpan.Zero
        ? time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
