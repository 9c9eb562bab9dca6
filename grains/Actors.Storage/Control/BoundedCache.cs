using System.Diagnostics.CodeAnalysis;

namespace Actors.Storage.Control;

/// <summary>
/// Remembers values of the control plane for a while and never more than a given number of them: two generations, of which
/// the older one is dropped whole when the younger one is full. Safe for concurrent use.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity, TimeSpan lifetime, ControlChanges changes, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private Dictionary<TKey, Entry> _young = [];
    private Dictionary<TKey, Entry> _old = [];
    private long _generation;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var trust = changes.Trust(lifetime);
        lock (_gate)
        {
            if (_young.TryGetValue(key, out var entry) || _old.TryGetValue(key, out entry))
            {
                if (entry.Generation == _generation && time.GetElapsedTime(entry.StoredAt) < trust)
                {
                    Keep(key, entry);
                    value = entry.Value;
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    /// <summary>
    /// A value that may be older than it should be: for when no newer one can be had, and for no longer than
    /// <see cref="ControlOutage.Patience"/> after it was read.
    /// </summary>
    public bool TryGetLast(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            var isKnown = (_young.TryGetValue(key, out var entry) || _old.TryGetValue(key, out entry))
                && time.GetElapsedTime(entry.StoredAt) < ControlOutage.Patience;
            value = entry.Value;
            return isKnown;
        }
    }

    /// <summary>Rises with every <see cref="Clear"/> and <see cref="Doubt"/>: ask before reading what is then set.</summary>
    public long Generation
    {
        get
        {
            lock (_gate)
            {
                return _generation;
            }
        }
    }

    /// <summary>Remembers a value, unless it was read before the last <see cref="Clear"/> or <see cref="Doubt"/>.</summary>
    public void Set(TKey key, TValue value, long generation)
    {
        lock (_gate)
        {
            if (generation == _generation)
            {
                Keep(key, new Entry(value, time.GetTimestamp(), generation));
            }
        }
    }

    /// <summary>Forgets everything: it is wrong.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _generation++;
            _young.Clear();
            _old.Clear();
        }
    }

    /// <summary>Keeps everything for <see cref="TryGetLast"/> alone: it may be wrong.</summary>
    public void Doubt()
    {
        lock (_gate)
        {
            _generation++;
        }
    }

    private void Keep(TKey key, Entry entry)
    {
        if (_young.Count >= capacity / 2 && !_young.ContainsKey(key))
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[key] = entry;
    }

    private readonly record struct Entry(TValue Value, long StoredAt, long Generation);
}
