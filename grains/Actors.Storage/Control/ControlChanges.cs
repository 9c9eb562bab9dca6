namespace Actors.Storage.Control;

/// <summary>
/// Tells those who remember rows of the control plane that they changed. Alone on its database, this process hears all there
/// is; beside others it trusts what it remembers as long as it has lately heard from the database that it misses nothing.
/// Safe for concurrent use.
/// </summary>
/// <param name="time">The clock of what is heard; null: there are no other nodes to hear of.</param>
internal sealed class ControlChanges(TimeProvider? time = null)
{
    /// <summary>How long what was read counts while nobody hears what other nodes change.</summary>
    public static readonly TimeSpan Unheard = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Listener[] _listeners = [];
    private long _heardAt = long.MinValue;

    /// <summary>Hears of changes from now on, for as long as the process lives. What is called is quick and never fails.</summary>
    /// <param name="subjects">Of what.</param>
    /// <param name="changed">Of a project, or of any: what was read before is wrong.</param>
    /// <param name="missed">
    /// Changes may have been missed: what was read before is to be read again, and may be answered only while it cannot be.
    /// </param>
    public void Subscribe(ControlSubjects subjects, Action<ProjectId?> changed, Action missed)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, new Listener(subjects, changed, missed)];
        }
    }

    /// <summary>Tells of a change that this process made or heard of.</summary>
    public void Tell(ControlChange change)
    {
        foreach (var listener in Volatile.Read(ref _listeners))
        {
            if ((listener.Subjects & change.Subjects) != 0)
            {
                listener.Changed(change.Project);
            }
        }
    }

    /// <summary>Tells that changes of other nodes may have been missed.</summary>
    public void TellMissed()
    {
        foreach (var listener in Volatile.Read(ref _listeners))
        {
            listener.Missed();
        }
    }

    /// <summary>Notes that every change that was stored before a moment has been told.</summary>
    public void HeardUntil(long timestamp) => Volatile.Write(ref _heardAt, timestamp);

    /// <summary>How long what was read may be remembered: as long as its owner wants, or less while changes are not heard.</summary>
    public TimeSpan Trust(TimeSpan lifetime) => IsHeard || lifetime < Unheard ? lifetime : Unheard;

    // Asked when it matters, and not noted by a timer: a process that was frozen wakes up with what it knew before.
    private bool IsHeard
    {
        get
        {
            var heardAt = Volatile.Read(ref _heardAt);
            return time is null || (heardAt != long.MinValue && time.GetElapsedTime(heardAt) < Unheard);
        }
    }

    private sealed record Listener(ControlSubjects Subjects, Action<ProjectId?> Changed, Action Missed);
}
