namespace Actors.Web.Model.Live;

/// <summary>How fresh a part of the page is, in a word or two.</summary>
/// <param name="Tone">A class of the style sheet: <c>ok</c>, <c>held</c>, <c>late</c>, or empty.</param>
/// <param name="Text">The words.</param>
/// <param name="At">When the part was true; null: not known.</param>
public readonly record struct Freshness(string Tone, string Text, DateTimeOffset? At)
{
    // The live edge is told once a second even when nothing happens.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    /// <summary>Of what is pushed.</summary>
    public static Freshness Pushed(DateTimeOffset? at, DateTimeOffset now, bool isPaused) => at is not { } known
        ? new("", "waiting", null)
        : isPaused ? new("held", "paused", at) : now - known > Late ? new("late", $"{Format.Duration(now - known)} old", at) : new("ok", "live", at);

    /// <summary>Of what is read now and then.</summary>
    public static Freshness Read<T>(Reading<T> reading, DateTimeOffset now, bool isPaused, bool isFixed)
        where T : class => reading.At is not { } at
        ? new("", reading.HasFailed ? "not read" : "reading", null)
        : isFixed ? new("", "", at)
        : isPaused ? new("held", "paused", at)
        : reading.HasFailed || now - at > 3 * reading.Refresh ? new("late", $"{Format.Duration(now - at)} old", at)
        : new("", $"every {reading.Refresh.TotalSeconds:0} s", at);
}
