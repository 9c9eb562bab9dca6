namespace Actors.Analytics.Queries;

/// <summary>
/// Answers that serve other callers of the same query for a short time; callers that come while the answer is computed
/// share it. Bounded; safe for concurrent use.
/// </summary>
internal sealed class AnswerCache(TimeSpan keep, int maxEntries, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, Entry> _entries = [];

    /// <summary>The kept answer, or that of <paramref name="compute"/>, which is not cancelled by one of its callers.</summary>
    public async Task<T> GetAsync<T>(object key, Func<Task<T>> compute, CancellationToken cancellationToken)
    {
        Task<T> answer;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var entry) && IsFresh(entry))
            {
                answer = (Task<T>)entry.Answer;
            }
            else
            {
                MakeRoom();
                answer = compute();
                _entries[key] = new Entry(answer, time.GetTimestamp());
            }
        }

        return await answer.WaitAsync(cancellationToken);
    }

    private bool IsFresh(Entry entry) =>
        !entry.Answer.IsFaulted && !entry.Answer.IsCanceled
        && (!entry.Answer.IsCompleted || time.GetElapsedTime(entry.At) < keep);

    private void MakeRoom()
    {
        if (_entries.Count < maxEntries)
        {
            return;
        }

        foreach (var (key, entry) in _entries)
        {
            if (!IsFresh(entry))
            {
                _entries.Remove(key);
            }
        }

        if (_entries.Count >= maxEntries)
        {
            _entries.Remove(_entries.MinBy(pair => pair.Value.At).Key);
        }
    }

    private readonly record struct Entry(Task Answer, long At);
}
