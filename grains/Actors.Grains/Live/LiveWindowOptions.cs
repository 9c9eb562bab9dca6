using Actors.Live;

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

    /// <summary>How much the clocks of silos may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Whether a second is inside what is kept.</summary>
    public static bool IsLive(long second, DateTimeOffset now) => IsWithin(second, now, Kept, Ahead);

    /// <summary>Whether a silo tells of a second by itself, since an actor with another clock may keep it.</summary>
    public static bool IsTold(long second, DateTimeOffset now) => IsWithin(second, now, Kept + Skew, Ahead + Skew);

    /// <summary>The first second of the coarse bucket of a second.</summary>
    public static long Coarse(long second) => Floor(second, PartialBucket.CoarseSeconds);

    /// <summary>The greatest multiple of a step up to a second.</summary>
    public static long Floor(long second, long step) => second - (((second % step) + step) % step);

    private static bool IsWithin(long second, DateTimeOffset now, TimeSpan past, TimeSpan ahead)
    {
        var age = now.ToUnixTimeSeconds() - second;
        return age < (long)past.TotalSeconds && age > -(long)ahead.TotalSeconds;
    }
}
