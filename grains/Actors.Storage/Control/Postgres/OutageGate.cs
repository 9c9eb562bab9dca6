using Actors.Access;

namespace Actors.Storage.Control.Postgres;

/// <summary>
/// While the database does not answer, one caller a second tries it and all others are told at once, so that what can be answered
/// from memory does not wait for it. Safe for concurrent use.
/// </summary>
internal sealed class OutageGate(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The time of the last failure or try after it; 0: the database answers.
    private long _closedAt;

    /// <summary>Runs a question.</summary>
    /// <param name="ask">Is asked a second time when the first one met a connection that had broken meanwhile.</param>
    /// <exception cref="ControlPlaneUnavailableException">The database does not answer.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        Enter();
        for (var isAgain = false; ; isAgain = true)
        {
            try
            {
                var answer = await ask();
                Passed();
                return answer;
            }
            catch (Exception e) when (PostgresFaults.IsOutage(e))
            {
                if (isAgain)
                {
                    throw Failed(e);
                }
            }
        }
    }

    /// <summary>Lets the caller try, or says that others have just tried in vain.</summary>
    public void Enter()
    {
        var closedAt = Volatile.Read(ref _closedAt);
        if (closedAt != 0
            && (time.GetElapsedTime(closedAt) < Pause || Interlocked.CompareExchange(ref _closedAt, Now(), closedAt) != closedAt))
        {
            throw Unavailable(null);
        }
    }

    /// <summary>The database answered.</summary>
    public void Passed()
    {
        if (Volatile.Read(ref _closedAt) != 0)
        {
            Volatile.Write(ref _closedAt, 0);
        }
    }

    /// <summary>The database did not do what it was asked.</summary>
    /// <returns>What to tell the caller.</returns>
    public ControlPlaneUnavailableException Failed(Exception cause)
    {
        if (!PostgresFaults.HasAnswered(cause))
        {
            Volatile.Write(ref _closedAt, Now());
        }

        return cause as ControlPlaneUnavailableException ?? Unavailable(cause);
    }

    private static ControlPlaneUnavailableException Unavailable(Exception? cause) =>
        new("The database of the control plane does not answer; send the request again.", cause);

    private long Now() => time.GetTimestamp() is var now && now == 0 ? 1 : now;
}
