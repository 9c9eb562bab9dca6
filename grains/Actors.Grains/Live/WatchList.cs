using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>The parts of a project that are counted on their own, each until it has not been heard of for a while.</summary>
internal sealed class WatchList(DateTimeOffset since)
{
    /// <summary>How long a part is counted after it was last asked for.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Dictionary<LiveScope, DateTimeOffset> _heardAt = [];

    // Silos must not take the list of another life for this one.
    private LiveWatches _current = new(since.UtcTicks, []);

    /// <summary>What is counted, when that is not what a silo knows already; else null.</summary>
    public LiveWatches? NewsFor(long version) => version == _current.Version ? null : _current;

    /// <summary>Renews a part.</summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="LiveWatchesFullException">There is no room.</exception>
    public bool Watch(LiveScope scope, DateTimeOffset now)
    {
        var isNew = !_heardAt.ContainsKey(scope);
        if (isNew && _heardAt.Count >= LiveWatches.Max)
        {
            throw new LiveWatchesFullException();
        }

        _heardAt[scope] = now;
        if (isNew)
        {
            Change();
        }

        return isNew;
    }

    /// <summary>Drops the parts that nobody asks for any more.</summary>
    public void Expire(DateTimeOffset now)
    {
        var silent = _heardAt.Where(w => now - w.Value > Lease).Select(w => w.Key).ToList();
        silent.ForEach(s => _heardAt.Remove(s));
        if (silent.Count > 0)
        {
            Change();
        }
    }

    private void Change() => _current = new LiveWatches(_current.Version + 1, [.. _heardAt.Keys]);
}
