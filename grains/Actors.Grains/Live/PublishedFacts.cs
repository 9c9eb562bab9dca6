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
            ReceivedAt = receivedAt,
            OldTraceName = _traceName,
            NewTraceName = trace?.Name,
            OldTrace = _trace,
            NewTrace = newTrace,
            Feed = trace is null ? null : ToFeed(trace, fold.Version, preview),
        };

        // Observations count under the name of their trace, so a new name moves all of them.
        var all = changes is null || _traceName != trace?.Name;
        AdvanceObservations(all ? null : changes!.Observations.Keys, fold, facts);
        AdvanceScores(changes is null ? null : changes.Scores.Keys, fold, facts);
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
    }

    private void AdvanceScores(IEnumerable<string>? ids, IStreamFold fold, StreamFacts facts)
    {
        foreach (var s in ids?.Select(id => fold.GetScore(id)!) ?? fold.GetScores())
        {
            var now = ScoreContribution.Of(s);
            ScoreContribution? before = _scores.TryGetValue(s.Id, out var old) ? old : null;
            if (before == now)
            {
                continue;
            }

            facts.Scores.Add((before, now));
            if (now is { } kept)
            {
                _scores[s.Id] = kept;
            }
            else
            {
                _scores.Remove(s.Id);
            }
        }
    }

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
