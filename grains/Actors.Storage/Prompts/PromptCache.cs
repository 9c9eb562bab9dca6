using System.Collections.Concurrent;
using Actors.Storage.Control;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Prompts;

/// <summary>
/// Remembers what was read of the prompts, bounded in size. A change of a project makes everything that was read of it before
/// old at once. What is old is kept until it is read again, as the answer to give while the database fails, for no longer than
/// <see cref="ControlOutage.Patience"/>. Readers of the same thing share one read. Safe for concurrent use.
/// </summary>
internal sealed partial class PromptCache<TKey, TValue>(
    long maxWeight, TimeSpan lifetime, Func<TValue, long> weigh, ControlChanges heard, TimeProvider time, ILogger logger)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<ProjectId, long> _changes = [];
    private readonly ConcurrentDictionary<(ProjectId, TKey, long Changes), Lazy<Task<TValue?>>> _reads = [];
    private readonly Lock _gate = new();
    private Dictionary<(ProjectId, TKey), Entry> _young = [];
    private Dictionary<(ProjectId, TKey), Entry> _old = [];
    private long _youngWeight;
    private long _allChanges;
    private int _isFailing;

    /// <summary>The value, from memory or read; null: it does not exist, which is not remembered.</summary>
    public ValueTask<TValue?> GetAsync(ProjectId project, TKey key, Func<Task<TValue?>> read, CancellationToken cancellationToken)
    {
        // Both only rise, and so does their sum.
        var changes = _changes.GetValueOrDefault(project) + Volatile.Read(ref _allChanges);
        var known = Find((project, key));
        return known is { } entry && entry.Changes == changes && time.GetElapsedTime(entry.ReadAt) < heard.Trust(lifetime)
            ? new(entry.Value)
            : new(ReadAsync((project, key, changes), known, read, cancellationToken));
    }

    /// <summary>
    /// Tells that prompts of a project, or of any, have changed. Call it after the change is stored and before it is answered.
    /// </summary>
    public void Invalidate(ProjectId? project)
    {
        if (project is { } one)
        {
            _changes.AddOrUpdate(one, 1, static (_, changes) => changes + 1);
        }
        else
        {
            Interlocked.Increment(ref _allChanges);
        }
    }

    private async Task<TValue?> ReadAsync(
        (ProjectId Project, TKey Key, long Changes) key, Entry? known, Func<Task<TValue?>> read, CancellationToken cancellationToken)
    {
        // A read that began after the last change sees it, so whoever asks now may share that read.
        var shared = _reads.GetOrAdd(key, static (k, a) => new(() => a.Cache.ReadAndKeepAsync(k, a.Read)), (Cache: this, Read: read));
        try
        {
            var value = await shared.Value.WaitAsync(cancellationToken);
            if (Interlocked.Exchange(ref _isFailing, 0) == 1)
            {
                LogAgain(logger);
            }

            return value;
        }
        catch (Exception e) when (ControlOutage.IsBehind(e) && known is not null && time.GetElapsedTime(known.ReadAt) < ControlOutage.Patience)
        {
            if (Interlocked.Exchange(ref _isFailing, 1) == 0)
            {
                LogFailing(logger, e);
            }

            return known.Value;
        }
    }

    private async Task<TValue?> ReadAndKeepAsync((ProjectId Project, TKey Key, long Changes) key, Func<Task<TValue?>> read)
    {
        try
        {
            // Entity Framework reads SQLite on the caller's thread; the caller may hold what others wait for.
            await Task.Yield();
            var readAt = time.GetTimestamp();
            var value = await read();
            Keep((key.Project, key.Key), value is null ? null : new Entry(value, readAt, key.Changes));
            return value;
        }
        finally
        {
            _reads.TryRemove((key.Project, key.Key, key.Changes), out _);
        }
    }

    private Entry? Find((ProjectId, TKey) key)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out var entry))
            {
                return entry;
            }

            if (!_old.Remove(key, out entry))
            {
                return null;
            }

            Add(key, entry);
            return entry;
        }
    }

    private void Keep((ProjectId, TKey) key, Entry? entry)
    {
        lock (_gate)
        {
            _old.Remove(key);
            if (_young.Remove(key, out var replaced))
            {
                _youngWeight -= weigh(replaced.Value);
            }

            if (entry is not null)
            {
                Add(key, entry);
            }
        }
    }

    private void Add((ProjectId, TKey) key, Entry entry)
    {
        var weight = weigh(entry.Value);
        if (_youngWeight + weight > maxWeight / 2)
        {
            (_old, _young) = (_young, []);
            _youngWeight = 0;
        }

        _young[key] = entry;
        _youngWeight += weight;
    }

    [LoggerMessage(2030, LogLevel.Warning, "Prompts cannot be read: the last known ones are answered until they can be.")]
    private static partial void LogFailing(ILogger logger, Exception exception);

    [LoggerMessage(2031, LogLevel.Information, "Prompts can be read again.")]
    private static partial void LogAgain(ILogger logger);

    private sealed record Entry(TValue Value, long ReadAt, long Changes);
}
