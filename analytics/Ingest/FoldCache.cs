using Actors.Tracing;

namespace Actors.Analytics.Ingest;

/// <summary>The streams that grew last, kept folded within a bound of bytes. Not safe for concurrent use.</summary>
internal sealed class FoldCache(long maxBytes)
{
    private readonly Dictionary<StreamId, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    /// <summary>The bytes that the kept folds hold, roughly.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes the state out; it comes back by <see cref="Put"/> when it is still usable.</summary>
    public StreamState? Take(StreamId stream)
    {
        if (!_entries.Remove(stream, out var node))
        {
            return null;
        }

        _byUse.Remove(node);
        Bytes -= node.Value.Bytes;
        return node.Value.State;
    }

    /// <summary>Keeps a state as the most recently used and drops the least recently used beyond the bound.</summary>
    public void Put(StreamState state)
    {
        Take(state.Fold.Stream);
        var entry = new Entry(state, state.Fold.ApproximateBytes);
        _entries.Add(state.Fold.Stream, _byUse.AddLast(entry));
        Bytes += entry.Bytes;
        while (Bytes > maxBytes && _byUse.First is { } oldest)
        {
            Take(oldest.Value.State.Fold.Stream);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _entries.Clear();
        _byUse.Clear();
        Bytes = 0;
    }

    private readonly record struct Entry(StreamState State, long Bytes);
}
