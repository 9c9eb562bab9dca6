using Actors.Live;
using Actors.Tracing;

namespace Actors.Grains.Live;

/// <summary>Remembers what a stream has contributed, and says what a new version of it changes.</summary>
internal sealed class PublishedFacts
{
    private readonly Dictionary<string, Contribution> _observations = [];
    private readonly Dictionary<string, ScoreContribution> _scores = [];
    private TraceContribution? _trace;
    private TraceDims _dims;
    private bool _isRunning;

    /// <summary>The seconds in which the stream counts, or may count after one more event; with repetitions.</summary>
    public IEnumerable<long> Seconds
    {
        get
        {
            var seconds = _observations.Values.Select(o => o.Second)
                .Concat(_observations.Values.Select(o => o.StartSecond))
                .Concat(_scores.Values.Select(s => s.Second));
            return _trace is { } trace ? seconds.Append(trace.Second) : seconds;
        }
    }

    /// <summary>Takes over what a loaded stream has contributed already, without publishing it.</summary>
    public void Assume(IStreamFold fold)
    {
        _observations.Clear();
        _scores.Clear();
        foreach (var o in fold.GetObservations())
        {
            _observations[o.Id] = Contribution.Of(o);
        }

        foreach (var s in fold.GetScores())
        {
            if (ScoreContribution.Of(s, fold) is { } contribution)
            {
                _scores[s.Id] = contribution;
            }
        }

        var trace = fold.GetTrace();
        _trace = trace is null ? null : TraceContribution.Of(trace);
        _dims = TraceDims.Of(fold.Stream, trace);
        _isRunning = trace?.Summary.Running > 0;
    }

    /// <summary>Takes over what a loaded stream has contributed already, and says how it stands: as if nothing had changed.</summary>
    public StreamFacts Repeat(ProjectId project, IStreamFold fold, DateTimeOffset receivedAt)
    {
        Assume(fold);
        var trace = fold.GetTrace();
        return new StreamFacts
        {
            Project = project,
            Position = fold.Position,
            ReceivedAt = receivedAt,
            OldDims = _dims,
            NewDims = _dims,
            OldTrace = _trace,
            NewTrace = _trace,
            Whole = _observations.Values,
            Feed = trace is null ? null : ToFeed(trace, fold.Version, preview: null),
            Running = trace is null ? null : new RunningTrace(fold.Stream.Id, fold.Version, trace.UpdatedAt, !_isRunning),
        };
    }

    /// <summary>What the row at the fold's position changed. Null <paramref name="changes"/>: everything is compared.</summary>
    public StreamFacts Advance(ProjectId project, IStreamFold fold, StreamChanges? changes, DateTimeOffset receivedAt, string? preview)
    {
        var trace = fold.GetTrace();
        var dims = TraceDims.Of(fold.Stream, trace);
        TraceContribution? newTrace = trace is null ? null : TraceContribution.Of(trace);
        var isRunning = trace?.Summary.Running > 0;
        var facts = new StreamFacts
        {
            Project = project,
            Position = fold.Position,
            IsErasure = changes is { Deleted: true },
            ReceivedAt = receivedAt,
            OldDims = _dims,
            NewDims = dims,
            OldTrace = _trace,
            NewTrace = newTrace,
            Whole = _observations.Values,
            Feed = trace is not null ? ToFeed(trace, fold.Version, preview)
                : _trace is not null ? FeedTraces.Gone(fold.Stream.Id, fold.Version, receivedAt)
                : null,
            Running = isRunning || _isRunning ? new RunningTrace(fold.Stream.Id, fold.Version, trace?.UpdatedAt ?? receivedAt, !isRunning) : null,
        };

        var isKnown = changes is { Deleted: false };
        AdvanceScoreFeed(isKnown ? changes!.Scores.Keys : _scores.Keys.Union(fold.GetScores().Select(s => s.Id)), fold, facts);

        // Everything counts under the name, the user, the session and the release of its trace, so new ones move all of it.
        isKnown &= _dims == dims;
        AdvanceObservations(isKnown ? changes!.Observations.Keys : null, fold, facts);
        AdvanceScores(isKnown ? Touched(changes!) : _scores.Keys.Union(fold.GetScores().Select(s => s.Id)).ToList(), !isKnown, fold, facts);
        (_trace, _dims, _isRunning) = (newTrace, dims, isRunning);
        return facts;
    }

    // A score counts for the model and the prompt of its observation, which may come later or change.
    private List<string> Touched(StreamChanges changes)
    {
        List<string> ids = [.. changes.Scores.Keys];
        foreach (var (id, score) in _scores)
        {
            if (score.ObservationId is { } observation && changes.Observations.ContainsKey(observation) && !changes.Scores.ContainsKey(id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private void AdvanceObservations(IEnumerable<string>? ids, IStreamFold fold, StreamFacts facts)
    {
        foreach (var o in ids?.Select(id => fold.GetObservation(id)!) ?? fold.GetObservations())
        {
            var now = Contribution.Of(o);
            Contribution? before = _observations.TryGetValue(o.Id, out var old) ? old : null;
            if (before != now || ids is null)
            {
                facts.Observations.Add((before, now));
                _observations[o.Id] = now;
            }
        }

        if (ids is null)
        {
            foreach (var (id, gone) in _observations.Where(o => fold.GetObservation(o.Key) is null).ToList())
            {
                facts.Observations.Add((gone, null));
                _observations.Remove(id);
            }
        }
    }

    private void AdvanceScores(IEnumerable<string> ids, bool all, IStreamFold fold, StreamFacts facts)
    {
        foreach (var id in ids)
        {
            var now = fold.GetScore(id) is { } score ? ScoreContribution.Of(score, fold) : null;
            ScoreContribution? before = _scores.TryGetValue(id, out var old) ? old : null;
            if (before == now && !(all && now is not null))
            {
                continue;
            }

            facts.Scores.Add((before, now));
            if (now is { } kept)
            {
                _scores[id] = kept;
            }
            else
            {
                _scores.Remove(id);
            }
        }
    }

    private void AdvanceScoreFeed(IEnumerable<string> ids, IStreamFold fold, StreamFacts facts)
    {
        foreach (var id in ids)
        {
            if (fold.GetScore(id) is { } score)
            {
                if (ScoreContribution.Of(score, fold) is { } now && (!_scores.TryGetValue(id, out var old) || old != now))
                {
                    facts.FeedScores.Add(ToFeed(score, fold.Version));
                }
            }
            else if (_scores.TryGetValue(id, out var gone))
            {
                facts.FeedScores.Add(new FeedScore { ScoreId = id, Version = fold.Version, Name = gone.Kind.Name, Timestamp = facts.ReceivedAt, IsDeleted = true });
            }
        }
    }

    private static FeedScore ToFeed(ScoreRecord score, long version) => new()
    {
        ScoreId = score.Id,
        Version = version,
        TraceId = score.TraceId,
        ObservationId = score.ObservationId,
        SessionId = score.SessionId,
        Name = score.Name,
        Value = score.DataType == ScoreDataType.Categorical ? null : score.Value,
        Category = score.DataType == ScoreDataType.Categorical ? score.StringValue : null,
        Source = score.Source,
        Timestamp = score.Timestamp,
    };

    private static FeedTrace ToFeed(TraceRecord trace, long version, string? preview) => new()
    {
        TraceId = trace.Id,
        Version = version,
        Timestamp = trace.Timestamp,
        UpdatedAt = trace.UpdatedAt,
        Name = trace.Name,
        UserId = trace.UserId,
        SessionId = trace.SessionId,
        Environment = trace.Environment,
        Preview = preview,
        Summary = trace.Summary,
    };
}
