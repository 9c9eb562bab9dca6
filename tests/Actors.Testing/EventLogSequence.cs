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
    private readonly List<(LogAppend Append, long Position)> _rows = [];
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
            case < 9:
                await AppendAsync(log, project, stream, cancellationToken);
                return false;
            case < 11 when _rows.Count > 0:
                await RepeatAsync(log, cancellationToken);
                return false;
            case < 14:
                Note($"read {project} {stream}");
                Compare(
                    _rows.Where(r => r.Append.Project == project && r.Append.Stream == stream),
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
        var current = _rows.Count(r => r.Append.Project == project && r.Append.Stream == stream);
        var version = Math.Max(1, current + 1 + (_random.Next(4) == 0 ? _random.Next(-2, 3) : 0));
        var append = Append(stream, version, Events()) with { Project = project };
        Note($"append {project} {stream} {version}");
        var outcome = await log.AppendAsync(append, cancellationToken);
        if (version != current + 1)
        {
            Assert.Equal(new AppendOutcome(0, current, IsConflict: true), outcome);
            return;
        }

        Assert.Equal(new AppendOutcome(outcome.Position, version, IsConflict: false), outcome);
        Assert.True(outcome.Position > _rows.Where(r => r.Append.Project == project).Select(r => r.Position).LastOrDefault());
        _rows.Add((append, outcome.Position));
        foreach (var score in append.Events.OfType<ScoreEvent>())
        {
            _scores[(project, score.ScoreId)] = stream;
        }
    }

    private async Task RepeatAsync(IEventLog log, CancellationToken cancellationToken)
    {
        var (append, position) = _rows[_random.Next(_rows.Count)];
        Note($"repeat {append.Project} {append.Stream} {append.Version}");
        Assert.Equal(new AppendOutcome(position, append.Version, IsConflict: false), await log.AppendAsync(append, cancellationToken));
    }

    private async Task ReadChangesAsync(IEventLog log, ProjectId project, CancellationToken cancellationToken)
    {
        var mine = _rows.Where(r => r.Append.Project == project).ToList();
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
        .. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => (StreamEvent)(_random.Next(3) == 0
            ? Score(ScoreId(), _random.NextDouble())
            : Generation($"generation-{_events++}", new string('x', _random.Next(2000)), _random.Next(2) == 0 ? null : "1"))),
    ];

    private string ScoreId() => $"score-{_random.Next(10)}";

    private void Note(string call) => _history.Append(call).Append("; ");

    private static void Compare(IEnumerable<(LogAppend Append, long Position)> expected, IReadOnlyList<LogRow> actual)
    {
        static string Row(StreamId stream, long version, long position, IReadOnlyList<StreamEvent> events) =>
            $"{stream} {version} {position} {string.Join('\n', EventEquality.Print(events))}";

        Assert.Equal(
            expected.Select(r => Row(r.Append.Stream, r.Append.Version, r.Position, r.Append.Events)),
            actual.Select(r => Row(r.Stream, r.Version, r.Position, r.Events)));
    }
}
