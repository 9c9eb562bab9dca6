using System.Globalization;

namespace Actors.Web.Model.Shell;

/// <summary>
/// A range of time as it stands in an address: a length back from now such as <c>60s</c>, <c>5m</c>, <c>24h</c>, <c>7d</c>, or
/// two instants <c>2026-01-01T00:00:00Z,2026-01-02T00:00:00Z</c>.
/// </summary>
public sealed record TimeRange
{
    /// <summary>No range is longer.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(400);

    private TimeRange(string text, TimeSpan length, DateTimeOffset? from)
    {
        Text = text;
        Length = length;
        Start = from;
    }

    /// <summary>The last minute, second by second.</summary>
    public static TimeRange Minute { get; } = Back("60s", TimeSpan.FromSeconds(60));

    /// <summary>The last five minutes, second by second.</summary>
    public static TimeRange FiveMinutes { get; } = Back("5m", TimeSpan.FromMinutes(5));

    /// <summary>The last hour.</summary>
    public static TimeRange Hour { get; } = Back("1h", TimeSpan.FromHours(1));

    /// <summary>The last day.</summary>
    public static TimeRange Day { get; } = Back("24h", TimeSpan.FromHours(24));

    /// <summary>The last week.</summary>
    public static TimeRange Week { get; } = Back("7d", TimeSpan.FromDays(7));

    /// <summary>The last month.</summary>
    public static TimeRange Month { get; } = Back("30d", TimeSpan.FromDays(30));

    /// <summary>As it is written in the address.</summary>
    public string Text { get; }

    /// <summary>How long it is; always above zero.</summary>
    public TimeSpan Length { get; }

    /// <summary>The first instant of a fixed range; null when the range ends now.</summary>
    public DateTimeOffset? Start { get; }

    /// <summary>The range does not move with the clock.</summary>
    public bool IsFixed => Start is not null;

    /// <summary>The live edge holds every second of it.</summary>
    public bool IsLive => !IsFixed && Length <= FiveMinutes.Length;

    /// <summary>First instant, and the instant after the last.</summary>
    public (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset now) =>
        Start is { } start ? (start, start + Length) : (now - Length, now);

    /// <summary>A fixed range; the ends may come in any order.</summary>
    public static TimeRange Between(DateTimeOffset a, DateTimeOffset b)
    {
        var (from, to) = a <= b ? (a, b) : (b, a);
        if (to == from)
            to = from.AddMilliseconds(1);
        return new(Iso(from) + "," + Iso(to), to - from, from);
    }

    /// <summary>The same length just before.</summary>
    public TimeRange Earlier(DateTimeOffset now)
    {
        var (from, _) = At(now);
        return Between(from - Length, from);
    }

    /// <summary>The same length just after; what reaches into the future ends now.</summary>
    public TimeRange Later(DateTimeOffset now)
    {
        var (_, to) = At(now);
        var end = to + Length < now ? to + Length : now;
        return Between(end - Length, end);
    }

    /// <summary>Twice as long around the same middle, or up to now.</summary>
    public TimeRange Wider(DateTimeOffset now)
    {
        var (from, to) = At(now);
        var half = Length * 2 > Longest ? (Longest - Length) / 2 : Length / 2;
        var end = to + half < now ? to + half : now;
        return Between(from - half - (to + half - end), end);
    }

    /// <summary>The instants that it means now, for a link that shows the same to everybody.</summary>
    public TimeRange Held(DateTimeOffset now)
    {
        var (from, to) = At(now);
        return Between(from, to);
    }

    /// <summary>Reads an address; anything unreadable is <paramref name="fallback"/>.</summary>
    public static TimeRange Parse(string? text, TimeRange fallback)
    {
        if (string.IsNullOrEmpty(text))
            return fallback;
        if (text.Split(',') is [var first, var second])
        {
            return TryInstant(first, out var from) && TryInstant(second, out var to) && from != to && (to - from).Duration() <= Longest
                ? Between(from, to)
                : fallback;
        }

        var unit = text[^1] switch { 's' => 1d, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        return unit > 0
            && int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            && amount > 0 && amount * unit <= Longest.TotalSeconds
            ? Back(text, TimeSpan.FromSeconds(amount * unit))
            : fallback;
    }

    private static TimeRange Back(string text, TimeSpan length) => new(text, length, null);

    private static string Iso(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static bool TryInstant(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
}
