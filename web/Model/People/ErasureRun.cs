namespace Actors.Web.Model.People;

/// <summary>What would go with a user.</summary>
/// <param name="Traces">Traces of the user.</param>
/// <param name="Observations">Their observations.</param>
/// <param name="Scores">Scores on them, and on the sessions that are the user's alone.</param>
/// <param name="Sessions">Sessions in which the user has traces.</param>
/// <param name="OwnSessions">Those of them that no other user has traces in: their own scores go too.</param>
/// <param name="Files">Images and other files of the traces.</param>
/// <param name="IsPartial">The read model is being built, or there are more traces than were looked at: there may be more.</param>
public sealed record ErasurePreview(long Traces, long Observations, long Scores, long Sessions, long OwnSessions, long Files, bool IsPartial);

/// <summary>How an erasure does.</summary>
public enum ErasureState
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>Everything is gone.</summary>
    Done,

    /// <summary>It ended early; what is deleted is deleted, and it can be begun again.</summary>
    Failed,
}

/// <summary>One erasure of a user. Its numbers may be read at any time, by anybody.</summary>
public sealed class ErasureRun
{
    private long _traces;
    private long _sessions;
    private int _state;

    /// <summary>Traces that are deleted.</summary>
    public long Traces => Interlocked.Read(ref _traces);

    /// <summary>Sessions whose own scores are deleted.</summary>
    public long Sessions => Interlocked.Read(ref _sessions);

    /// <summary>How it does.</summary>
    public ErasureState State => (ErasureState)Volatile.Read(ref _state);

    internal void CountTraces(int more) => Interlocked.Add(ref _traces, more);

    internal void CountSession() => Interlocked.Increment(ref _sessions);

    internal void End(ErasureState state) => Volatile.Write(ref _state, (int)state);
}
