using Actors.Tracing;

namespace Actors.Web.Model.People;

/// <summary>What went wrong in a turn.</summary>
[Flags]
public enum TurnMarks
{
    /// <summary>Nothing that is known.</summary>
    None = 0,

    /// <summary>An observation failed.</summary>
    Error = 1,

    /// <summary>A score says that it was not good.</summary>
    LowScore = 2,

    /// <summary>The question was asked before, in nearly the same words.</summary>
    Repeated = 4,

    /// <summary>The conversation went to somebody else.</summary>
    HandOver = 8,
}

/// <summary>One turn of a conversation as its page shows it.</summary>
public sealed record Turn
{
    /// <summary>Its trace, with the texts that are shown.</summary>
    public required TraceRecord Trace { get; init; }

    /// <summary>From 1, over the whole session.</summary>
    public required int Number { get; init; }

    /// <summary>The scores of the trace and its observations.</summary>
    public IReadOnlyList<ScoreRecord> Scores { get; init; } = [];

    /// <summary>What it adds to the conversation; null: what was sent is no conversation, and is shown as it is.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>Messages of earlier turns that were sent again, which are not shown.</summary>
    public int Repeats { get; init; }

    /// <summary>The texts have not been read.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What was asked; empty: not known.</summary>
    public string Question { get; init; } = "";

    /// <summary>What went wrong.</summary>
    public TurnMarks Marks { get; init; }

    /// <summary>The first score that says that it was not good; null: none.</summary>
    public ScoreRecord? LowScore { get; init; }

    /// <summary>The earlier turn that asked the same; null: none.</summary>
    public int? AskedIn { get; init; }

    /// <summary>What gave the conversation to somebody else; null: nothing.</summary>
    public string? HandOver { get; init; }

    /// <summary>The id of its place on the page.</summary>
    public string Anchor => $"turn-{Number}";

    /// <summary>Something in it has begun and not ended.</summary>
    public bool Running => Trace.Summary.Running > 0;

    /// <summary>What went wrong, in words, the gravest first.</summary>
    public IEnumerable<(TurnMarks Mark, string Text)> Troubles()
    {
        if (Marks.HasFlag(TurnMarks.Error))
            yield return (TurnMarks.Error, Trace.Summary.Errors == 1 ? "error" : $"{Trace.Summary.Errors} errors");
        if (LowScore is { } low)
            yield return (TurnMarks.LowScore, $"poor {low.Name} {Format.Score(low.Value ?? 0)}");
        if (AskedIn is { } earlier)
            yield return (TurnMarks.Repeated, $"asked in turn {earlier} already");
        if (HandOver is { } name)
            yield return (TurnMarks.HandOver, $"handed over: {name}");
    }
}
