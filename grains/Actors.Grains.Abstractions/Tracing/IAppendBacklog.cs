namespace Actors.Tracing;

/// <summary>What waits for a commit of this process's event log. Safe for concurrent callers.</summary>
public interface IAppendBacklog
{
    /// <summary>Rows that wait now.</summary>
    int Rows { get; }

    /// <summary>How many may wait; more are refused.</summary>
    int MaxRows { get; }
}
