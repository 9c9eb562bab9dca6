using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// What a window is made of at one moment. The short ones are seconds of the board. A long one is a past that the read model
/// adds up (the tail), and the seconds after it; so are the window before it and the same window yesterday.
/// </summary>
/// <param name="From">The first second of the window.</param>
/// <param name="End">After its last second.</param>
/// <param name="Length">Its length in seconds.</param>
/// <param name="Tail">What the read model adds up of it; null: nothing.</param>
/// <param name="Previous">The window before it, when the read model adds it up; null: the board's seconds do, or there is none.</param>
/// <param name="Yesterday">The same window a day earlier; null: there is none.</param>
internal sealed record WindowPlan(long From, long End, long Length, LiveRange? Tail, LiveRange? Previous, LiveRange? Yesterday)
{
    // Of seconds younger than this most facts are still coming; older ones are kept long enough to ask again in time.
    private const long TailAge = 120;
    private const long Day = 24 * 3_600;

    public static WindowPlan Of(LiveWindows window, DateTimeOffset now)
    {
        var end = now.ToUnixTimeSeconds() + 1;
        if (window == LiveWindows.AllTime)
        {
            return new WindowPlan(long.MinValue, end, long.MaxValue, LiveRange.AllTime, null, null);
        }

        var length = (long)window.Length().TotalSeconds;
        if (window is LiveWindows.Minute or LiveWindows.FiveMinutes)
        {
            var then = LiveWindowOptions.Coarse(end - length - Day);
            return new WindowPlan(end - length, end, length, null, null, new LiveRange(then, then + length));
        }

        var from = LiveWindowOptions.Floor(end - length, StepOf(window));
        return new WindowPlan(
            from,
            end,
            length,
            new LiveRange(from, LiveWindowOptions.Coarse(end - TailAge)),
            new LiveRange(from - length, from),
            new LiveRange(from - Day, from - Day + length));
    }

    /// <summary>The ranges that the read model adds up.</summary>
    public IEnumerable<LiveRange> Ranges => new[] { Tail, Previous, Yesterday }.OfType<LiveRange>();

    /// <summary>Whether what was asked for by this plan serves another one of the same window.</summary>
    public bool Serves(WindowPlan now) => Previous == now.Previous && Yesterday == now.Yesterday && Tail?.From == now.Tail?.From;

    private static long StepOf(LiveWindows window) => window switch
    {
        LiveWindows.QuarterHour => PartialBucket.CoarseSeconds,
        LiveWindows.Hour => 60,
        _ => 300,
    };
}
