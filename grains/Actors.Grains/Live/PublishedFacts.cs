using Actors.Live;
using Actors.Tracing;

namespace Actors.Grains.Live;

/// <summary>Remembers what a stream has contributed, and says what a new version of it changes.</summary>
internal sealed class PublishedFacts
{
    private readonly Dictionary<string, Contribution> _observations = [];
    private readonly Dictionary<string, ScoreContribution> _scores = [];
    private TraceContribution? _trace;
    private string? _traceName;

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
            if (ScoreContribution.Of(s) is { } contribution)
            {
                _scores[s.Id] = contribution;
            }
        }

        var trace = fold.GetTrace();
        _trace = trace is null ? null : TraceContribution.Of(trace);
        _traceName = trace?.Name;
    }

    /// <summary>What the row at the fold's position changed. Null <paramref name="changes"/>: everything is compared.</summary>
    public StreamFacts Advance(ProjectId project, IStreamFold fold, StreamChanges? changes, DateTimeOffset receivedAt, string? preview)
    {
        var trace = fold.GetTrace();
        TraceContribution? newTrace = trace is null ? null : TraceContribution.Of(trace);
        var facts = new StreamFacts
        {
            Project = project,
            Position = fold.Position,
            IsErasure = changes is { Deleted: true },
            ReceivedAt = receivedAt,
            OldTraceName = _traceName,
            NewTraceName = trace?.Name,
            OldTrace = _trace,
            NewTrace = newTrace,
            Feed = trace is not null ? ToFeed(trace, fold.Version, preview)
                : _trace is not null ? Gone(fold, receivedAt)
                : null,
        };

        // Observations count under the name of their trace, so a new name moves all of them.
        var isKnown = changes is { Deleted: false };
        AdvanceObservations(isKnown && _traceName == trace?.Name ? changes!.Observations.Keys : null, fold, facts);
        AdvanceScores(isKnown ? changes!.Scores.Keys : _scores.Keys.Union(fold.GetScores().Select(s => s.Id)).ToList(), fold, facts);
        _trace = newTrace;
        _traceName = trace?.Name;
        return facts;
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

    private void AdvanceScores(IEnumerable<string> ids, IStreamFold fold, StreamFacts facts)
    {
        foreach (var id in ids)
        {
            var now = fold.GetScore(id) is { } score ? ScoreContribution.Of(score) : null;
            ScoreContribution? before = _scores.TryGetValue(id, out var old) ? old : null;
            if (before == now)
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

    private static FeedTrace Gone(IStreamFold fold, DateTimeOffset receivedAt) => new()
    {
        TraceId = fold.Stream.Id,
        Version = fold.Version,
        Timestamp = receivedAt,
        UpdatedAt = receivedAt,
        Environment = "",
        Summary = TraceSummary.Empty,
        IsDeleted = true,
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
