using System.Globalization;
using System.Text;
using Actors.Tracing;
using Xunit;
using static Actors.Testing.LogSamples;

namespace Actors.Testing;

/// <summary>A seeded random sequence of calls of a log, and the plain list that says what each must answer.</summary>
public sealed class EventLogSequence(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Row> _rows = [];
    private readonly List<(LogAppend Append, AppendOutcome Outcome)> _answers = [];
    private readonly Dictionary<(ProjectId, string), StreamId> _scores = [];
    private readonly StringBuilder _history = new();
    private int _events;

    /// <summary>The calls so far.</summary>
    public string History => _history.ToString();

    /// <summary>Makes the next call and compares.</summary>
    /// <returns>Whether the log shall be closed and opened now.</returns>
    public async Task<bool> StepAsync(IEventLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        var project = new ProjectId(_random.Next(2) == 0 ? "project-a" : "project-b");
        var stream = StreamId.ForTrace(_random.Next(5).ToString(CultureInfo.InvariantCulture));
        switch (_random.Next(20))
        {
            case < 8:
                await AppendAsync(log, project, stream, cancellationToken);
                return false;
            case < 9:
                await DeleteAsync(log, project, stream, cancellationToken);
                return false;
            case < 11 when _answers.Count > 0:
                await RepeatAsync(log, cancellationToken);
                return false;
            case < 14:
                Note($"read {project} {stream}");
                Compare(
                    RowsOf(project, stream),
                    await log.ReadStreamAsync(project, stream, LogText.With, cancellationToken));
                return false;
            case < 17:
                await ReadChangesAsync(log, project, cancellationToken);
                return false;
            case < 19:
                await FindScoreAsync(log, project, cancellationToken);
                return false;
            default:
                Note("reopen");
                return true;
        }
    }

    private async Task AppendAsync(IEventLog log, ProjectId project, StreamId stream, CancellationToken cancellationToken)
    {
        var current = VersionOf(project, stream);
        var version = Math.Max(1, NearbyVersion(current));
        var append = Append(stream, version, Events()) with { Project = project };
        Note($"append {project} {stream} {version}");
        var outcome = await log.AppendAsync(append, cancellationToken);
        if (version != current + 1)
        {
            Assert.Equal(new AppendOutcome(0, current, IsConflict: true), outcome);
            return;
        }

        AssertNewest(project, version, outcome);
        _answers.Add((append, outcome));
        foreach (var deleted in append.Events.OfType<ScoreDeletedEvent>())
        {
            Redact(project, stream, deleted);
        }

        _rows.Add(new Row(project, stream, version, outcome.Position, append.Events, IsDeletion: false));
        foreach (var e in append.Events)
        {
            if (e is ScoreEvent score)
            {
                _scores[(project, score.ScoreId)] = stream;
            }
            else if (e is ScoreDeletedEvent deleted)
            {
                Forget(project, stream, deleted.ScoreId);
            }
        }
    }

    private async Task DeleteAsync(IEventLog log, ProjectId project, StreamId stream, CancellationToken cancellationToken)
    {
        var current = VersionOf(project, stream);
        var deletion = Deletion(stream, Math.Max(2, NearbyVersion(current))) with { Project = project };
        Note($"delete {project} {stream} {deletion.Version}");
        var outcome = await log.DeleteStreamAsync(deletion, cancellationToken);
        if (deletion.Version != current + 1)
        {
            Assert.Equal(new AppendOutcome(0, current, IsConflict: true), outcome);
            return;
        }

        AssertNewest(project, deletion.Version, outcome);
        Assert.Equal(outcome, await log.DeleteStreamAsync(deletion, cancellationToken));
        foreach (var score in RowsOf(project, stream).SelectMany(r => r.Events).OfType<ScoreEvent>())
        {
            Forget(project, stream, score.ScoreId);
        }

        _rows.RemoveAll(r => r.Project == project && r.Stream == stream && r.Version > 1);
        var first = _rows.FindIndex(r => r.Project == project && r.Stream == stream);
        _rows[first] = _rows[first] with { Events = [], IsDeletion = true };
        _rows.Add(new Row(project, stream, deletion.Version, outcome.Position, [], IsDeletion: true));
        for (var i = 0; i < _answers.Count; i++)
        {
            if (_answers[i].Append.Project == project && _answers[i].Append.Stream == stream)
            {
                _answers[i] = (_answers[i].Append, outcome with { IsDeleted = true });
            }
        }
    }

    private async Task RepeatAsync(IEventLog log, CancellationToken cancellationToken)
    {
        var (append, outcome) = _answers[_random.Next(_answers.Count)];
        Note($"repeat {append.Project} {append.Stream} {append.Version}");
        Assert.Equal(outcome, await log.AppendAsync(append, cancellationToken));
    }

    // A score deletion takes what was said of its score before out of the rows that have it.
    private void Redact(ProjectId project, StreamId stream, ScoreDeletedEvent deleted)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            if (_rows[i].Project == project && _rows[i].Stream == stream)
            {
                _rows[i] = _rows[i] with { Events = [.. _rows[i].Events.Where(e => (e as ScoreEvent)?.ScoreId != deleted.ScoreId)] };
            }
        }
    }

    private void Forget(ProjectId project, StreamId stream, string scoreId)
    {
        if (_scores.GetValueOrDefault((project, scoreId)) == stream)
        {
            _scores.Remove((project, scoreId));
        }
    }

    private void AssertNewest(ProjectId project, long version, AppendOutcome outcome)
    {
        Assert.Equal(new AppendOutcome(outcome.Position, version, IsConflict: false), outcome);
        Assert.True(outcome.Position > _rows.Where(r => r.Project == project).Select(r => r.Position).LastOrDefault());
    }

    private long NearbyVersion(long current) => current + 1 + (_random.Next(4) == 0 ? _random.Next(-2, 3) : 0);

    private IEnumerable<Row> RowsOf(ProjectId project, StreamId stream) => _rows.Where(r => r.Project == project && r.Stream == stream);

    private long VersionOf(ProjectId project, StreamId stream) => RowsOf(project, stream).Select(r => r.Version).LastOrDefault();

    private async Task ReadChangesAsync(IEventLog log, ProjectId project, CancellationToken cancellationToken)
    {
        var mine = _rows.Where(r => r.Project == project).ToList();
        var after = mine.Count > 0 && _random.Next(3) > 0 ? mine[_random.Next(mine.Count)].Position : 0;
        var max = _random.Next(1, 30);
        Note($"changes {project} after {after} max {max}");
        Compare(mine.Where(r => r.Position > after).Take(max), await log.ReadChangesAsync(project, after, max, cancellationToken));
        Assert.Equal(mine.Select(r => r.Position).LastOrDefault(), await log.GetHeadAsync(project, cancellationToken));
    }

    private async Task FindScoreAsync(IEventLog log, ProjectId project, CancellationToken cancellationToken)
    {
        var id = ScoreId();
        Note($"score {project} {id}");
        StreamId? expected = _scores.TryGetValue((project, id), out var stream) ? stream : null;
        Assert.Equal(expected, await log.FindScoreAsync(project, id, cancellationToken));
    }

    private StreamEvent[] Events() =>
    [
        .. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => (StreamEvent)(_random.Next(6) switch
        {
            0 or 1 => Score(ScoreId(), _random.NextDouble()),
            2 when _random.Next(2) == 0 => ScoreDeleted(ScoreId()),
            _ => Generation($"generation-{_events++}", new string('x', _random.Next(2000)), _random.Next(2) == 0 ? null : "1"),
        })),
    ];

    private string ScoreId() => $"score-{_random.Next(10)}";

    private void Note(string call) => _history.Append(call).Append("; ");

    private static void Compare(IEnumerable<Row> expected, IReadOnlyList<LogRow> actual)
    {
        static string Print(StreamId stream, long version, long position, bool isDeletion, IReadOnlyList<StreamEvent> events) =>
            $"{stream} {version} {position} {isDeletion} {string.Join('\n', EventEquality.Print(events))}";

        Assert.Equal(
            expected.Select(r => Print(r.Stream, r.Version, r.Position, r.IsDeletion, r.Events)),
            actual.Select(r => Print(r.Stream, r.Version, r.Position, r.IsDeletion, r.Events)));
    }

    private sealed record Row(
        ProjectId Project, StreamId Stream, long Version, long Position, IReadOnlyList<StreamEvent> Events, bool IsDeletion);
}
