using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>What one silo gathers for one actor of live numbers, and what it has sent and not been thanked for. Not safe for concurrent use.</summary>
internal sealed class Gathering(LiveScope scope)
{
    private bool _isSending;

    public LiveScope Scope { get; } = scope;

    public ProjectDeltas Deltas { get; } = new(scope.Filter);

    /// <summary>Whether the last sending failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>What was taken and not acknowledged yet.</summary>
    public SiloPartial? Unsent { get; private set; }

    public bool TryTake(Guid silo, ref long sequence, long watches, DateTimeOffset now)
    {
        if (_isSending)
        {
            return false;
        }

        if (Unsent is null && !Deltas.IsEmpty)
        {
            Unsent = Deltas.Take(silo, ++sequence, watches, now);
        }

        return _isSending = Unsent is not null;
    }

    /// <summary>Ends a sending.</summary>
    /// <returns>Whether there is more to send.</returns>
    public bool Finish(bool isTaken)
    {
        _isSending = false;
        HasFailed = !isTaken;
        if (isTaken)
        {
            Unsent = null;
        }

        return Unsent is not null || !Deltas.IsEmpty;
    }
}
