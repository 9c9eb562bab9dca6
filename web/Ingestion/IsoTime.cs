namespace Actors.Web.Ingestion;

/// <summary>
/// Reads ISO 8601 times with an offset, cut to whole milliseconds. Years outside 1970 to 2199 are refused: they are always
/// a mistake, and they would stretch every time axis.
/// </summary>
internal static class IsoTime
{
    public const int FirstYear = 1970;
    public const int LastYear = 2199;

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 17 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t') || text[13] != ':'
            || !Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)
            || !Number(text[11..13], out var hour) || !Number(text[14..16], out var minute))
        {
            return false;
        }

        var rest = text[16..];
        var second = 0;
        var millisecond = 0;
        if (rest[0] == ':')
        {
            if (rest.Length < 4 || !Number(rest[1..3], out second))
            {
                return false;
            }

            rest = rest[3..];
            if (rest[0] == '.' && !TryReadFraction(ref rest, out millisecond))
            {
                return false;
            }
        }

        if (!TryReadOffset(rest, out var offsetMinutes)
            || year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var utc = new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc).AddMinutes(-offsetMinutes);
        if (utc.Year is < FirstYear or > LastYear)
        {
            return false;
        }

        time = new DateTimeOffset(utc);
        return true;
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> rest, out int millisecond)
    {
        millisecond = 0;
        var digits = 0;
        rest = rest[1..];
        while (!rest.IsEmpty && rest[0] is >= (byte)'0' and <= (byte)'9')
        {
            if (digits < 3)
            {
                millisecond = (millisecond * 10) + rest[0] - '0';
            }

            digits++;
            rest = rest[1..];
        }

        for (var i = digits; i < 3; i++)
        {
            millisecond *= 10;
        }

        return digits > 0;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.Length == 1 && rest[0] is (byte)'Z' or (byte)'z')
        {
            return true;
        }

        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':'
            || !Number(rest[1..3], out var hour) || !Number(rest[4..6], out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
