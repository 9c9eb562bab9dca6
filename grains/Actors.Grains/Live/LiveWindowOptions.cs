namespace Actors.Grains.Live;

/// <summary>The shape of the live edge. Constants: every number that is shown depends on all sides agreeing.</summary>
internal static class LiveWindowOptions
{
    /// <summary>How much is shown second by second.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromMinutes(5);

    /// <summary>How much is kept, so that the window before the shown one can be compared with it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>How far ahead a client's clock may be and still be counted when its time comes.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <summary>How often a silo sends what it has gathered.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How many values of one dimension have a series of their own.</summary>
    public const int MaxSeriesPerDimension = 30;

    /// <summary>Whether a second is inside what is kept.</summary>
    public static bool IsLive(long second, DateTimeOffset now)
    {
        var age = now.ToUnixTimeSeconds() - second;
        return age < (long)Kept.TotalSeconds && age > -(long)Ahead.TotalSeconds;
    }
}
