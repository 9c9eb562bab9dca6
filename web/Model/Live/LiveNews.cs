using Actors.Live;

namespace Actors.Web.Model.Live;

/// <summary>
/// Notices in what is pushed that the read model has something to tell: the pushed numbers say that something failed or that
/// a model is new, and not why or since when.
/// </summary>
public sealed class LiveNews
{
    private const int MaxKnown = 1_000;

    private static readonly LiveDimension[] Watched = [LiveDimension.Model, LiveDimension.PromptVersion, LiveDimension.Release];

    private readonly HashSet<LiveSeriesKey> _known = [];
    private long _version = -1;
    private int _running;

    /// <summary>Forgets what was noticed.</summary>
    public void Reset()
    {
        _known.Clear();
        (_version, _running) = (-1, 0);
    }

    /// <summary>Compares with the state before.</summary>
    /// <returns>Whether something failed, whether a value was never seen here, and whether a trace that runs has changed.</returns>
    public (bool Failed, bool Unknown, bool Runs) Notice(LiveState state)
    {
        // An actor that starts again counts from the start.
        var since = state.Version < _version ? -1 : _version;
        if (state.Version == since)
            return default;
        var failed = false;
        foreach (var point in state.Points(LiveSeriesKey.Total))
            failed |= point.Changed > since && point.Stats.Errors > 0;

        if (_known.Count > MaxKnown)
            _known.Clear();
        var unknown = false;
        foreach (var (key, _) in state.Windows)
            unknown |= Watched.Contains(key.Key.Dimension) && _known.Add(key.Key);

        var runs = state.Running > 0 || _running > 0;
        (_version, _running) = (state.Version, state.Running);
        return (failed, unknown, runs);
    }
}
