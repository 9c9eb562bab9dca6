using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>What the read model adds up for one window, and when it was asked for that.</summary>
internal sealed class WindowSpans(WindowPlan plan, DateTimeOffset askedAt)
{
    public WindowPlan Plan { get; } = plan;

    public DateTimeOffset AskedAt { get; } = askedAt;

    public BoardSpan? Tail { get; } = Of(plan.Tail);

    public BoardSpan? Previous { get; } = Of(plan.Previous);

    public BoardSpan? Yesterday { get; } = Of(plan.Yesterday);

    /// <summary>In the order of <see cref="WindowPlan.Ranges"/>.</summary>
    public IEnumerable<BoardSpan> All => new[] { Tail, Previous, Yesterday }.OfType<BoardSpan>();

    public bool IsDoubted => All.Any(s => s.IsDoubted);

    private static BoardSpan? Of(LiveRange? range) => range is { } r ? new BoardSpan(r) : null;
}

/// <summary>A question about several windows, while it is asked.</summary>
/// <param name="Windows">What is asked for; facts are added to it from now on.</param>
/// <param name="Own">The series that had places when it was asked.</param>
internal sealed record SpanQuestion(IReadOnlyDictionary<LiveWindows, WindowSpans> Windows, IReadOnlyList<LiveSeriesKey> Own)
{
    /// <summary>The ranges of all of them.</summary>
    public IReadOnlyList<LiveRange> Ranges => [.. Windows.Values.SelectMany(w => w.Plan.Ranges)];
}
