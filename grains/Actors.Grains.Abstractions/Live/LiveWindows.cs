namespace Actors.Live;

/// <summary>Rolling windows. All end now.</summary>
[Flags]
public enum LiveWindows
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>One minute.</summary>
    Minute = 1,

    /// <summary>Five minutes.</summary>
    FiveMinutes = 2,

    /// <summary>A quarter of an hour. Begins at a multiple of 15 seconds.</summary>
    QuarterHour = 4,

    /// <summary>One hour. Begins at a whole minute.</summary>
    Hour = 8,

    /// <summary>24 hours. Begins at a multiple of five minutes.</summary>
    Day = 16,

    /// <summary>All there is, ahead of the clock too. Has no window before it.</summary>
    AllTime = 32,
}

/// <summary>How long windows are.</summary>
public static class LiveWindowLengths
{
    /// <summary>The length of one window; <see cref="TimeSpan.MaxValue"/> for all time.</summary>
    public static TimeSpan Length(this LiveWindows window) => window switch
    {
        LiveWindows.Minute => TimeSpan.FromMinutes(1),
        LiveWindows.FiveMinutes => TimeSpan.FromMinutes(5),
        LiveWindows.QuarterHour => TimeSpan.FromMinutes(15),
        LiveWindows.Hour => TimeSpan.FromHours(1),
        LiveWindows.Day => TimeSpan.FromDays(1),
        LiveWindows.AllTime => TimeSpan.MaxValue,
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, "One window has one length."),
    };

    /// <summary>Each of several windows, the shortest first.</summary>
    public static IEnumerable<LiveWindows> Each(this LiveWindows windows) => Enum.GetValues<LiveWindows>().Where(w => w != LiveWindows.None && windows.HasFlag(w));
}

/// <summary>One rolling window of one series.</summary>
[GenerateSerializer, Immutable, Alias("actors.LiveWindow")]
public sealed record LiveWindow
{
    /// <summary>Which series.</summary>
    [Id(0)]
    public required LiveSeriesKey Key { get; init; }

    /// <summary>Which window.</summary>
    [Id(1)]
    public required LiveWindows Window { get; init; }

    /// <summary>Its first Unix second; a long window begins a little before its length, see <see cref="LiveWindows"/>.</summary>
    [Id(2)]
    public required long From { get; init; }

    /// <summary>The window that ends now.</summary>
    [Id(3)]
    public required LiveStats Current { get; init; }

    /// <summary>The window of the same length before it; null: none, or not known yet.</summary>
    [Id(4)]
    public LiveStats? Previous { get; init; }

    /// <summary>The same window a day earlier, as a whole; null: nobody asked for it, none, or not known yet.</summary>
    [Id(5)]
    public LiveStats? Yesterday { get; init; }

    /// <summary>Whether some of its numbers wait to be confirmed by the read model.</summary>
    [Id(6)]
    public bool IsWaiting { get; init; }
}
