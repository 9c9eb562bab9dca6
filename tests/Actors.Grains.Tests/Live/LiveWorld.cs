using System.Globalization;
using Actors.Grains.Live;
using Actors.Grains.Tracing;
using Actors.Grains.Tests.Tracing;
using Actors.Live;
using Actors.Testing;
using Actors.Tracing;

namespace Actors.Grains.Tests.Live;

/// <summary>
/// The live edge without actors: a log, two silos that gather facts, and one board, driven step by step. Whatever may go
/// wrong between commit and board goes wrong here on demand.
/// </summary>
internal sealed class LiveWorld
{
    private const LiveWindows Windows = LiveWindows.Minute | LiveWindows.Hour | LiveWindows.Day | LiveWindows.AllTime;

    private readonly List<LogRow> _log = [];
    private readonly Dictionary<StreamId, Actor> _actors = [];
    private readonly Silo[] _silos;

    private readonly LiveFilter _filter;
    private readonly TimeSpan _late;

    /// <param name="filter">What is counted.</param>
    /// <param name="late">How long after it happened everything is told.</param>
    public LiveWorld(LiveFilter filter, TimeSpan late)
    {
        _filter = filter;
        _late = late;
        _silos = [new(filter), new(filter)];
        Audit = new LiveAudit(Board);
    }

    public LiveBoard Board { get; } = new();

    public LiveAudit Audit { get; }

    private DateTimeOffset Now => EventScript.Second(30) + _late;

    public static long FirstSecond { get; } = LogSamples.Noon.ToUnixTimeSeconds() - 5;

    public static long EndSecond { get; } = LogSamples.Noon.ToUnixTimeSeconds() + 40;

    private (SpanQuestion Question, long Head)? _question;
    private int _asked;

    private long Head => _log.Count == 0 ? 0 : _log[^1].Position;

    /// <summary>A row is committed and its facts reach the silo.</summary>
    public void Append(int trace, IReadOnlyList<StreamEvent> events, int silo, bool actorIsNew)
    {
        var actor = ActorOf(trace);
        if (actorIsNew || actor.Fold is null)
        {
            actor.Load(Rows(actor.Stream));
        }

        var row = Commit(actor, events);
        _silos[silo].Deltas.Add(actor.Advance(row, Rows(actor.Stream)), Now);
    }

    /// <summary>A trace is deleted: its rows leave the log, also for a read model that has not come so far yet.</summary>
    public void Delete(int trace, int silo, bool actorIsNew)
    {
        var actor = ActorOf(trace);
        if (actorIsNew || actor.Fold is null)
        {
            actor.Load(Rows(actor.Stream));
        }

        if (Erase(actor) is { } deletion)
        {
            _silos[silo].Deltas.Add(actor.Advance(deletion, Rows(actor.Stream)), Now);
        }
    }

    /// <summary>The outcome of a deletion stays unknown: its facts are lost, its seconds are doubted.</summary>
    public void DeleteWithUnknownOutcome(int trace, int silo)
    {
        var actor = ActorOf(trace);
        if (actor.Fold is null)
        {
            actor.Load(Rows(actor.Stream));
        }

        if (Erase(actor) is not null)
        {
            Distrust(actor, silo, []);
        }
    }

    /// <summary>The outcome of a commit stays unknown: it was stored or not, its facts are lost, its seconds are doubted.</summary>
    public void AppendWithUnknownOutcome(int trace, IReadOnlyList<StreamEvent> events, int silo, bool isStored)
    {
        var actor = ActorOf(trace);
        if (actor.Fold is null)
        {
            actor.Load(Rows(actor.Stream));
        }

        if (isStored)
        {
            Commit(actor, events);
        }

        Distrust(actor, silo, events);
    }

    /// <summary>The silo takes what it has gathered; it is under way from now on.</summary>
    public void Send(int silo)
    {
        var s = _silos[silo];
        if (s.UnderWay is null && !s.Deltas.IsEmpty)
        {
            s.UnderWay = s.Deltas.Take(s.Id, ++s.Sequence, watches: 0, Now);
        }
    }

    /// <summary>What is under way reaches the board; without acknowledgement it will come again to a board that was reset.</summary>
    public void Arrive(int silo, bool isAcknowledged)
    {
        if (_silos[silo].UnderWay is not { } partial)
        {
            return;
        }

        Board.Apply(partial, Head, Now);
        if (isAcknowledged)
        {
            _silos[silo].UnderWay = null;
        }
        else
        {
            // The board's actor died: only then does a partial come twice, to the actor's next life.
            Reset(0);
        }
    }

    /// <summary>The board starts again from a read model that is behind by some rows.</summary>
    public void Reset(int behind) => Board.Reset(SeedAt(Head - behind, FirstSecond, EndSecond), Head, Head);

    /// <summary>Doubtful seconds are asked for from a read model that is behind by some rows.</summary>
    public void Ask(int behind)
    {
        if (Board.IsIncomplete)
        {
            Reset(behind);
        }
        else if (Board.Doubted() is { } range)
        {
            Board.Replace(SeedAt(Head - behind, range.From, range.To + 1), Board.Own, range.From, range.To, Head);
        }

        Reply(behind);
        AskWindows();
        Reply(behind);
    }

    /// <summary>The read model is asked for what windows need; the answer is under way from now on.</summary>
    public void AskWindows()
    {
        // Late enough for all that happens to lie in the part of the window that the read model adds up.
        if (!Board.IsIncomplete && Board.Spans.Ask(Windows, Now.AddMinutes(4).AddSeconds(_asked += 3)) is { } question)
        {
            _question = (question, Head);
        }
    }

    /// <summary>The read model answers, behind by some rows.</summary>
    public void Reply(int behind)
    {
        if (_question is { } asked)
        {
            var watermark = Math.Max(0, Head - behind);
            var answer = LiveOracle.At(_log, watermark, _filter).Answer(watermark, new LiveSumsQuery { Ranges = asked.Question.Ranges });
            Board.Spans.Answer(asked.Question, answer, asked.Head, Head);
            Board.Spans.GiveUp(asked.Question);
            _question = null;
        }
    }

    /// <summary>A silo dies and starts again: what it had gathered and not told is lost, and nobody knows.</summary>
    public void Die(int silo)
    {
        _silos[silo] = new Silo(_filter);
        foreach (var actor in _actors.Values)
        {
            actor.Fold = null;
        }
    }

    /// <summary>The board is compared with a read model that is behind by some rows.</summary>
    public AuditResult Compare(int behind)
    {
        var look = Audit.Begin(FirstSecond, EndSecond);
        return Audit.End(look, SeedAt(Head - behind, FirstSecond, EndSecond));
    }

    /// <summary>Everything under way arrives and nothing more comes; then two looks find whatever was lost.</summary>
    public void Heal()
    {
        Deliver();
        Compare(behind: 0);
        Compare(behind: 0);
        // Windows are asked for anew when they move on; a span whose seconds are right is not doubted before.
        _asked += 600;
        Ask(behind: 0);
    }

    /// <summary>Everything under way arrives, every doubt is resolved; then every number must be that of the records.</summary>
    public void Settle()
    {
        Deliver();
        var oracle = LiveOracle.At(_log, Head, _filter);
        var keys = oracle.Keys;
        keys.UnionWith(Board.SeriesIn(Enumerable.Range(0, (int)(EndSecond - FirstSecond)).Select(s => FirstSecond + s)));
        foreach (var key in _late == TimeSpan.Zero ? keys : [])
        {
            for (var second = FirstSecond; second < EndSecond; second++)
            {
                oracle.AssertEqual(key, second, second + 1, Board.Sum(key, second, second + 1));
            }

            oracle.AssertEqual(key, FirstSecond, EndSecond, Board.Sum(key, FirstSecond, EndSecond));
            oracle.AssertEqual(key, FirstSecond + 8, FirstSecond + 20, Board.Sum(key, FirstSecond + 8, FirstSecond + 20));
        }

        foreach (var span in Windows.Each().SelectMany(w => Board.Spans.Find(w)!.All))
        {
            foreach (var key in keys.Union(span.Bucket!.Keys))
            {
                var sum = new WindowSum();
                sum.Add(span.Bucket.Find(key));
                oracle.AssertEqual(key, span.Range.From, span.Range.To, sum.ToStats());
            }
        }
    }

    private void Deliver()
    {
        for (var silo = 0; silo < _silos.Length; silo++)
        {
            Arrive(silo, isAcknowledged: true);
            Send(silo);
            Arrive(silo, isAcknowledged: true);
        }

        Ask(behind: 0);
    }

    private LiveSums SeedAt(long watermark, long from, long to) =>
        LiveOracle.At(_log, Math.Max(0, watermark), _filter)
            .Answer(Math.Max(0, watermark), new LiveSumsQuery { Ranges = [new(from, to)], BySecond = true });

    private Actor ActorOf(int trace)
    {
        var stream = StreamId.ForTrace(trace.ToString(CultureInfo.InvariantCulture));
        if (!_actors.TryGetValue(stream, out var actor))
        {
            _actors.Add(stream, actor = new Actor(stream));
        }

        return actor;
    }

    private void Distrust(Actor actor, int silo, IReadOnlyList<StreamEvent> events)
    {
        var deltas = _silos[silo].Deltas;
        var seconds = LiveAggregator.SecondsOf(events).Concat(actor.Published.Seconds).ToList();
        actor.Load(Rows(actor.Stream));
        foreach (var second in seconds.Concat(actor.Published.Seconds).Distinct())
        {
            deltas.Doubt(second, Now);
        }

        if (actor.Fold!.ErasedAt is { } position)
        {
            deltas.NoteErasure(position, Now);
        }
    }

    // The rows of the stream leave the log but for a mark at its beginning, as in the real one.
    private LogRow? Erase(Actor actor)
    {
        var rows = Rows(actor.Stream);
        if (rows.Count == 0 || rows[^1].IsDeletion)
        {
            return null;
        }

        var deletion = Commit(actor, [], isDeletion: true);
        _log.RemoveAll(r => r.Stream == actor.Stream && r.Version > 1 && r.Version < deletion.Version);
        var first = _log.FindIndex(r => r.Stream == actor.Stream);
        _log[first] = _log[first] with { Events = [], IsDeletion = true };
        return deletion;
    }

    private LogRow Commit(Actor actor, IReadOnlyList<StreamEvent> events, bool isDeletion = false)
    {
        var row = new LogRow
        {
            Stream = actor.Stream,
            Version = (Rows(actor.Stream).LastOrDefault()?.Version ?? 0) + 1,
            Position = Head + 1,
            PriceBook = 1,
            ReceivedAt = Now,
            Events = events,
            IsDeletion = isDeletion,
        };
        _log.Add(row);
        return row;
    }

    private List<LogRow> Rows(StreamId stream) => [.. _log.Where(r => r.Stream == stream)];

    private sealed class Silo(LiveFilter filter)
    {
        public Guid Id { get; } = Guid.NewGuid();

        public ProjectDeltas Deltas { get; } = new(filter);

        public long Sequence { get; set; }

        public SiloPartial? UnderWay { get; set; }
    }

    private sealed class Actor(StreamId stream)
    {
        private readonly StreamChanges _changes = new();

        public StreamId Stream { get; } = stream;

        public StreamFold? Fold { get; set; }

        public PublishedFacts Published { get; } = new();

        public void Load(List<LogRow> rows)
        {
            Fold = TestPrices.Start(Stream, LogText.Without);
            Fold.Load(rows);
            Published.Assume(Fold);
        }

        public StreamFacts Advance(LogRow row, List<LogRow> rows)
        {
            _changes.Clear();
            if (Fold!.TryApply(row, _changes))
            {
                return Published.Advance(LogSamples.Project, Fold, _changes, row.ReceivedAt, preview: null);
            }

            Fold = TestPrices.Start(Stream, LogText.Without);
            Fold.Load(rows);
            return Published.Advance(LogSamples.Project, Fold, changes: null, row.ReceivedAt, preview: null);
        }
    }
}
