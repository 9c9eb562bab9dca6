using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>The traces that run: something in them has begun and not ended, and there was news of late.</summary>
internal sealed class RunningTraces
{
    private readonly Dictionary<string, RunningTrace> _traces = [];

    public int Count => _traces.Count;

    public void Reset(IReadOnlyList<RunningTrace> traces)
    {
        _traces.Clear();
        Apply(traces);
    }

    public void Apply(IReadOnlyList<RunningTrace> traces)
    {
        foreach (var trace in traces)
        {
            if (_traces.TryGetValue(trace.TraceId, out var known) && known.Version > trace.Version)
            {
                continue;
            }

            if (trace.HasEnded)
            {
                _traces.Remove(trace.TraceId);
            }
            else if (_traces.Count < RunningTrace.Max || _traces.ContainsKey(trace.TraceId))
            {
                _traces[trace.TraceId] = trace;
            }
        }
    }

    /// <summary>Forgets those whose process has ended without a word.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Expire(DateTimeOffset now)
    {
        var lost = _traces.Values.Where(t => now - t.UpdatedAt > RunningTrace.Lease).ToList();
        lost.ForEach(t => _traces.Remove(t.TraceId));
        return lost.Count > 0;
    }
}
