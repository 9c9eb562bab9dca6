using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>The latest traces, by when they began.</summary>
internal sealed class LiveFeedList
{
    private readonly Dictionary<string, FeedTrace> _traces = [];

    // What was deleted of late, so that what another silo says late does not bring it back.
    private readonly Dictionary<string, long> _deleted = [];
    private readonly Queue<string> _deletedByAge = [];

    /// <summary>Newest first; at most <see cref="ProjectDeltas.MaxFeed"/>.</summary>
    public IReadOnlyList<FeedTrace> Latest { get; private set; } = [];

    public void Reset(IReadOnlyList<FeedTrace> traces)
    {
        _traces.Clear();
        Add(traces);
    }

    /// <summary>Adds, replaces and removes traces and drops the oldest beyond the limit.</summary>
    /// <returns>Those of <paramref name="traces"/> that are in the list now, newest first, then those that were deleted.</returns>
    public IReadOnlyList<FeedTrace> Add(IReadOnlyList<FeedTrace> traces)
    {
        foreach (var trace in traces)
        {
            var known = _traces.GetValueOrDefault(trace.TraceId);
            if (trace.IsDeleted)
            {
                NoteDeleted(trace);
                if (known?.Version < trace.Version)
                {
                    _traces.Remove(trace.TraceId);
                }
            }
            else if (!(known?.Version >= trace.Version) && _deleted.GetValueOrDefault(trace.TraceId) < trace.Version)
            {
                // An actor that was away for a while does not know the text of earlier rows.
                _traces[trace.TraceId] = trace with { Preview = trace.Preview ?? known?.Preview };
            }
        }

        Latest = [.. _traces.Values.OrderByDescending(t => t.Timestamp).ThenByDescending(t => t.TraceId, StringComparer.Ordinal).Take(ProjectDeltas.MaxFeed)];
        if (_traces.Count > Latest.Count)
        {
            _traces.Clear();
            foreach (var trace in Latest)
            {
                _traces.Add(trace.TraceId, trace);
            }
        }

        var ids = traces.Select(t => t.TraceId).ToHashSet(StringComparer.Ordinal);
        return [.. Latest.Where(t => ids.Contains(t.TraceId)), .. traces.Where(t => t.IsDeleted && !_traces.ContainsKey(t.TraceId))];
    }

    private void NoteDeleted(FeedTrace trace)
    {
        if (_deleted.TryAdd(trace.TraceId, trace.Version))
        {
            _deletedByAge.Enqueue(trace.TraceId);
            if (_deletedByAge.Count > ProjectDeltas.MaxDeleted)
            {
                _deleted.Remove(_deletedByAge.Dequeue());
            }
        }
        else
        {
            _deleted[trace.TraceId] = Math.Max(_deleted[trace.TraceId], trace.Version);
        }
    }
}
