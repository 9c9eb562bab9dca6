using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>What one silo gathers for the actors of one project: always for the project's own, for others while they are watched. Not safe for concurrent use.</summary>
internal sealed class ProjectGatherings(ProjectId project, bool tellsRows)
{
    private readonly Gathering _whole = new(LiveScope.Of(project));
    private readonly Dictionary<LiveScope, Gathering> _parts = [];
    private readonly List<Gathering> _others = [];
    private long _highestPosition;
    private long _watches;

    // One for all: an actor that is gathered for again must not take new partials for old ones.
    private long _sequence;

    /// <summary>Gathers what a row changed, or repeats how things are.</summary>
    /// <param name="facts">What changed.</param>
    /// <param name="row">The position of the row; null: there is none.</param>
    /// <param name="now">The time.</param>
    public void Add(StreamFacts facts, long? row, DateTimeOffset now)
    {
        _highestPosition = Math.Max(_highestPosition, facts.Position);
        if (tellsRows && row is { } position)
        {
            _whole.Deltas.NoteRow(position, facts.ReceivedAt);
        }

        if (facts.IsErasure)
        {
            foreach (var gathering in All)
            {
                gathering.Deltas.Add(facts, now);
            }

            return;
        }

        _whole.Deltas.Add(facts, now);
        foreach (var gathering in _others)
        {
            gathering.Deltas.Add(facts, now);
        }

        // Most that is watched is one session or one user, and no row is about more than two of either.
        Add(LiveScopeKind.Session, facts.OldDims.SessionId, facts.NewDims.SessionId, facts, now);
        Add(LiveScopeKind.User, facts.OldDims.UserId, facts.NewDims.UserId, facts, now);
    }

    public void Doubt(IReadOnlyList<long> seconds, long? erasedAt, DateTimeOffset now)
    {
        foreach (var gathering in All)
        {
            foreach (var second in seconds)
            {
                gathering.Deltas.Doubt(second, now);
            }

            if (erasedAt is { } position)
            {
                gathering.Deltas.NoteErasure(position, now);
            }
        }
    }

    /// <summary>Has everything asked for again from a read model that has passed a position.</summary>
    public void Miss(long upTo, DateTimeOffset now)
    {
        _highestPosition = Math.Max(_highestPosition, upTo);
        foreach (var gathering in All)
        {
            gathering.Deltas.NoteMissed(upTo, now);
        }
    }

    /// <summary>Begins to gather for actors that are new on the list, and stops for those that are no longer on it.</summary>
    /// <returns>Whether there is something to send.</returns>
    public bool Watch(LiveWatches watches, DateTimeOffset now)
    {
        _watches = watches.Version;
        foreach (var gone in _parts.Keys.Except(watches.Scopes).ToList())
        {
            _parts.Remove(gone);
        }

        _others.RemoveAll(g => !_parts.ContainsKey(g.Scope));

        var isNew = false;
        foreach (var scope in watches.Scopes)
        {
            if (!_parts.ContainsKey(scope))
            {
                var gathering = new Gathering(scope);
                gathering.Deltas.NoteMissed(_highestPosition, now);
                _parts.Add(scope, gathering);
                if (scope.Kind is not (LiveScopeKind.Session or LiveScopeKind.User))
                {
                    _others.Add(gathering);
                }

                isNew = true;
            }
        }

        return isNew;
    }

    /// <summary>Those that have something to send and are not sending.</summary>
    public IReadOnlyList<Gathering> Take(Guid silo, DateTimeOffset now)
    {
        var ready = new List<Gathering>();
        foreach (var gathering in All)
        {
            if (gathering.TryTake(silo, ref _sequence, _watches, now))
            {
                ready.Add(gathering);
            }
        }

        return ready;
    }

    private void Add(LiveScopeKind kind, string? before, string? after, StreamFacts facts, DateTimeOffset now)
    {
        if (_parts.Count == _others.Count)
        {
            return;
        }

        if (after is not null && _parts.TryGetValue(new LiveScope(project, kind, after), out var gathering))
        {
            gathering.Deltas.Add(facts, now);
        }

        if (before is not null && before != after && _parts.TryGetValue(new LiveScope(project, kind, before), out gathering))
        {
            gathering.Deltas.Add(facts, now);
        }
    }

    private IEnumerable<Gathering> All => _parts.Count == 0 ? [_whole] : _parts.Values.Prepend(_whole);
}
