using System.Collections.Concurrent;

namespace Actors.Grains.Pricing;

/// <summary>
/// Remembers which model a name led to, misses included. Names are whatever a client sends, so the cache is bounded:
/// two generations, of which the old one is dropped when the young one is full. A name in use moves to the young
/// generation and so survives any flood of names that are used once.
/// </summary>
internal sealed class MatchCache(int generationSize)
{
    private readonly Lock _turn = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    public int Count => _young.Entries.Count + _old.Entries.Count;

    public bool TryGet(string name, out ModelPrice? model)
    {
        if (_young.Entries.TryGetValue(name, out model))
        {
            return true;
        }
        if (!_old.Entries.TryGetValue(name, out model))
        {
            return false;
        }
        Add(name, model);
        return true;
    }

    public void Add(string name, ModelPrice? model)
    {
        var young = _young;
        if (!young.Entries.TryAdd(name, model) || Interlocked.Increment(ref young.Size) < generationSize)
        {
            return;
        }
        lock (_turn)
        {
            if (_young == young)
            {
                _old = young;
                _young = new();
            }
        }
    }

    /// <summary>The size is counted here because a concurrent dictionary locks itself entirely to count.</summary>
    private sealed class Generation
    {
        public readonly ConcurrentDictionary<string, ModelPrice?> Entries = new(StringComparer.Ordinal);
        public int Size;
    }
}
