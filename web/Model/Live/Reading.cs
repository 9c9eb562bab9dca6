namespace Actors.Web.Model.Live;

/// <summary>An answer of the read model that is asked for again now and then.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="time">The clock.</param>
/// <param name="refresh">How old it may become.</param>
/// <param name="least">How old it is at least when news makes it worth asking again.</param>
public sealed class Reading<T>(TimeProvider time, TimeSpan refresh, TimeSpan least)
    where T : class
{
    private long? _askedAt;
    private bool _hasNews;

    /// <summary>The answer; null: there is none yet.</summary>
    public T? Value { get; private set; }

    /// <summary>When it was true; null: there is none yet.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>The last question failed, so the answer is older than it should be.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How often it is asked for when there is no news.</summary>
    public TimeSpan Refresh => refresh;

    /// <summary>Something happened that the answer lacks.</summary>
    public void Hint() => _hasNews = true;

    /// <summary>Forgets the answer.</summary>
    public void Reset() => (Value, At, HasFailed, _askedAt, _hasNews) = (null, null, false, null, false);

    /// <summary>Whether it is time to ask.</summary>
    /// <param name="once">One answer is enough: what it is about does not change any more.</param>
    public bool IsDue(bool once) => _askedAt is not { } asked
        || (!once && time.GetElapsedTime(asked) is var age && age >= (_hasNews ? least : refresh));

    /// <summary>Asks. A failure leaves the answer as it is, and is tried again after the usual wait.</summary>
    /// <param name="ask">Asks the read model.</param>
    /// <param name="isWanted">Whether anybody still wants this answer when it comes.</param>
    /// <returns>Whether there is a new answer.</returns>
    public async Task<bool> AskAsync(Func<Task<T>> ask, Func<bool> isWanted)
    {
        (_askedAt, _hasNews) = (time.GetTimestamp(), false);
        try
        {
            var at = time.GetUtcNow();
            var answer = await ask();
            if (!isWanted())
                return false;
            (Value, At, HasFailed) = (answer, at, false);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            HasFailed |= isWanted();
            return false;
        }
    }
}
