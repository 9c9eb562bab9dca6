namespace Actors.Live;

/// <summary>How the live numbers of one project do, since their actor became active.</summary>
[GenerateSerializer, Immutable, Alias("actors.LiveHealth")]
public sealed record LiveHealth
{
    /// <summary>When the actor became active.</summary>
    [Id(0)]
    public required DateTimeOffset Since { get; init; }

    /// <summary>The newest position of the log that the numbers include.</summary>
    [Id(1)]
    public required long Position { get; init; }

    /// <summary>Whether some numbers wait for the read model.</summary>
    [Id(2)]
    public required bool IsWaiting { get; init; }

    /// <summary>How many watch: one per web node and project.</summary>
    [Id(3)]
    public required int Observers { get; init; }

    /// <summary>From the receipt of the oldest new event to the tick that told of it, the last time; null: nothing came yet.</summary>
    [Id(4)]
    public TimeSpan? Lag { get; init; }

    /// <summary>When numbers were last compared with the read model; null: not yet.</summary>
    [Id(5)]
    public DateTimeOffset? AuditedAt { get; init; }

    /// <summary>Seconds compared so far; a second is compared again and again while it is kept.</summary>
    [Id(6)]
    public long SecondsCompared { get; init; }

    /// <summary>Seconds that were wrong and asked for again; 0 while all is right.</summary>
    [Id(7)]
    public long Differences { get; init; }

    /// <summary>The last difference in words: second, series, what, live value, value of the read model; null: none.</summary>
    [Id(8)]
    public string? LastDifference { get; init; }
}
