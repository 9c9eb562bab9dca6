namespace Actors.Web.Model.Health;

/// <summary>How the doors of one web node do, through which events come in.</summary>
public sealed record DoorFacts
{
    /// <summary>Requests that were sent away since the start, by reason in words.</summary>
    public required IReadOnlyList<(string Reason, long Count)> Refused { get; init; }

    /// <summary>When the last one was; null: none.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>Bytes of requests that are not answered yet.</summary>
    public long BytesUnderWay { get; init; }

    /// <summary>Their bound.</summary>
    public long MaxBytesUnderWay { get; init; }

    /// <summary>How near the process is to the memory at which requests are sent away; at 1 they are.</summary>
    public double MemoryShare { get; init; }

    /// <summary>Rows that wait for a commit of the log; null: the log is another process's.</summary>
    public int? WaitingRows { get; init; }

    /// <summary>How many may wait.</summary>
    public int? MaxWaitingRows { get; init; }
}

/// <summary>Tells how the doors do.</summary>
public interface IDoorHealth
{
    /// <summary>Now.</summary>
    DoorFacts Read();
}
