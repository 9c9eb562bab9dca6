using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>The latest traces, by when they began.</summary>
internal sealed class LiveFeedList
{
    private readonly Dictionary<string, FeedTrace> _traces = [];

    /// <summary>Newest first; at most <see cref="ProjectDeltas.MaxFeed"/>.</summary>
    public IReadOnlyList<FeedTrace> Latest { get; private set; } = [];

    public void Reset(IReadOnlyList<FeedTrace> traces)
    {
        _traces.Clear();
        Add(traces);
    }

    /// <summary>Adds or replaces traces and drops the oldest beyond the limit.</summary>
    /// <returns>Those of <paramref name="traces"/> that are in the list now, newest first.</returns>
    public IReadOnlyList<FeedTrace> Add(IReadOnlyList<FeedTrace> traces)
    {
        foreach (var trace in traces)
        {
            if (!_traces.TryGetValue(trace.TraceId, out var known) || known.Version < trace.Version)
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
        return [.. Latest.Where(t => ids.Contains(t.TraceId))];
    }
}
