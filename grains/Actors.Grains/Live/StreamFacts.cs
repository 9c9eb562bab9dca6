using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>What one appended row changed, as old and new contributions, for the live edge.</summary>
internal sealed class StreamFacts
{
    public required ProjectId Project { get; init; }

    /// <summary>The position of the row.</summary>
    public required long Position { get; init; }

    /// <summary>Whether the row deleted the stream, and with it the rows before it.</summary>
    public bool IsErasure { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What the trace says of everything in it, before and after.</summary>
    public TraceDims OldDims { get; init; }

    public TraceDims NewDims { get; init; }

    public TraceContribution? OldTrace { get; init; }

    public TraceContribution? NewTrace { get; init; }

    /// <summary>What each observation adds; nothing new: it was deleted.</summary>
    public List<(Contribution? Old, Contribution? New)> Observations { get; } = [];

    public List<(ScoreContribution? Old, ScoreContribution? New)> Scores { get; } = [];

    /// <summary>All that the stream's observations add now. Valid while the facts are being published.</summary>
    public IReadOnlyCollection<Contribution> Whole { get; init; } = [];

    /// <summary>The trace for the feed, or that it was deleted; null when the stream has only scores.</summary>
    public FeedTrace? Feed { get; init; }

    /// <summary>The trace when it runs, or did before this row; null: neither.</summary>
    public RunningTrace? Running { get; init; }

    /// <summary>The scores that changed, for the feed.</summary>
    public List<FeedScore> FeedScores { get; } = [];
}
