using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>
/// The folded state of one stream. Events of one entity must be applied in their total order; <see cref="Load"/> sorts,
/// <see cref="TryApply"/> takes what is newer than everything its entity has seen and refuses the rest.
/// </summary>
internal sealed class StreamFold(StreamId stream, LogText text, ObservationPricing pricing) : IStreamFold
{
    public const string DefaultEnvironment = "default";

    private const long EmptyBytes = 500;

    private TraceState _trace = new();
    private readonly Dictionary<string, ObservationState> _observations = [];
    private readonly Dictionary<string, ScoreState> _scores = [];
    private DateTimeOffset _createdAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _updatedAt = DateTimeOffset.MinValue;
    private TraceRecord? _record;

    public StreamId Stream { get; } = stream;

    public long Version { get; private set; }

    public long Position { get; private set; }

    public long ApproximateBytes { get; private set; } = EmptyBytes;

    public void Load(IReadOnlyList<LogRow> rows)
    {
        if (Version != 0)
        {
            throw new InvalidOperationException($"The fold of {Stream} has begun already.");
        }

        var events = new List<RowEvent>();
        foreach (var row in rows)
        {
            NoteRow(row);
            if (row.IsDeletion)
            {
                events.Clear();
            }

            foreach (var e in row.Events)
            {
                events.Add(new RowEvent(e, row));
            }
        }

        events.Sort(RowEvent.Compare);
        for (var i = 0; i < events.Count;)
        {
            var end = EndOfSame(events, i);
            var priceBook = events[i].Row.PriceBook;
            for (var j = i + 1; j < end; j++)
            {
                priceBook = Math.Min(priceBook, events[j].Row.PriceBook);
            }

            for (var first = i; i < end; i++)
            {
                var isRepetition = i > first && RowEvent.IsRepetition(events[i - 1], events[i]);
                Apply(events[i].Event, events[i].Row, priceBook, isRepetition);
            }
        }
    }

    public bool TryApply(LogRow row, StreamChanges changes)
    {
        if (row.Version != Version + 1 && !(row.IsDeletion && row.Version > Version))
        {
            throw new InvalidOperationException($"Version {row.Version} of {Stream} does not follow {Version}.");
        }

        NoteRow(row);
        if (row.IsDeletion)
        {
            changes.Trace = changes.Deleted = true;
        }

        foreach (var e in InOrder(row.Events))
        {
            if (NewestOf(e) is { } newest && EventOrder.Of(e).CompareTo(newest) <= 0)
            {
                return false;
            }

            NoteChange(e, changes);
            Apply(e, row, row.PriceBook, isRepetition: false);
        }

        return true;
    }

    public TraceRecord? GetTrace()
    {
        if (_trace.Newest is null && _observations.Count == 0)
        {
            return null;
        }

        return _record ??= TraceSummaries.ToRecord(
            Stream.Id, _trace, Observations(), _scores.Values.Count(s => !s.IsDeleted), _createdAt, _updatedAt);
    }

    public ObservationRecord? GetObservation(string observationId) =>
        _observations.TryGetValue(observationId, out var state) ? ToRecord(state) : null;

    public bool HasSaidUsage(string observationId) =>
        _observations.TryGetValue(observationId, out var state) && (state.Usage.Count > 0 || state.ProvidedCost.Count > 0);

    public ScoreRecord? GetScore(string scoreId) =>
        HasScore(scoreId) ? _scores[scoreId].ToRecord(Stream) : null;

    public DateTimeOffset? GetScoreNewest(string scoreId) =>
        _scores.TryGetValue(scoreId, out var state) && state.Newest is { } newest ? new DateTimeOffset(newest.Ticks, TimeSpan.Zero) : null;

    public IReadOnlyList<ObservationRecord> GetObservations()
    {
        var records = Observations();
        records.Sort(static (a, b) =>
            a.StartTime.CompareTo(b.StartTime) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));
        return records;
    }

    public IReadOnlyList<ScoreRecord> GetScores()
    {
        var records = _scores.Values.Where(s => !s.IsDeleted).Select(s => s.ToRecord(Stream)).ToList();
        records.Sort(static (a, b) =>
            a.Timestamp.CompareTo(b.Timestamp) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));
        return records;
    }

    // What is said again, perhaps with other text, is priced by the book under which it was said first.
    private static int EndOfSame(List<RowEvent> events, int start)
    {
        var end = start + 1;
        while (end < events.Count && RowEvent.IsSameApartFromText(events[start], events[end]))
        {
            end++;
        }

        return end;
    }

    private List<ObservationRecord> Observations()
    {
        var records = new List<ObservationRecord>(_observations.Count);
        foreach (var state in _observations.Values)
        {
            records.Add(ToRecord(state));
        }

        return records;
    }

    private ObservationRecord ToRecord(ObservationState state) =>
        state.Record ??= ObservationRecords.ToRecord(Stream.Id, state, pricing);

    // Most rows hold events that are in order already; then nothing is sorted or copied.
    private static IReadOnlyList<StreamEvent> InOrder(IReadOnlyList<StreamEvent> events)
    {
        for (var i = 1; i < events.Count; i++)
        {
            if (EventOrder.Of(events[i - 1]).CompareTo(EventOrder.Of(events[i])) >= 0)
            {
                var sorted = events.ToArray();
                Array.Sort(sorted, static (a, b) => EventOrder.Of(a).CompareTo(EventOrder.Of(b)));
                return sorted;
            }
        }

        return events;
    }

    private EventOrder? NewestOf(StreamEvent e) => e switch
    {
        TraceEvent => _trace.Newest,
        ObservationEvent o => _observations.GetValueOrDefault(o.ObservationId)?.Newest,
        ScoreEvent s => _scores.GetValueOrDefault(s.ScoreId)?.Newest,
        ScoreDeletedEvent s => _scores.GetValueOrDefault(s.ScoreId)?.Newest,
        _ => throw Unknown(e),
    };

    private void NoteChange(StreamEvent e, StreamChanges changes)
    {
        changes.Trace = true;
        switch (e)
        {
            case ObservationEvent o:
                changes.Observations.TryAdd(o.ObservationId, !_observations.ContainsKey(o.ObservationId));
                break;
            case ScoreEvent s:
                changes.Scores.TryAdd(s.ScoreId, !HasScore(s.ScoreId));
                break;
            case ScoreDeletedEvent s:
                changes.Scores.TryAdd(s.ScoreId, !HasScore(s.ScoreId));
                break;
        }
    }

    private void NoteRow(LogRow row)
    {
        Version = row.Version;
        Position = row.Position;
        _record = null;
        if (row.IsDeletion)
        {
            Reset();
            return;
        }

        _createdAt = row.ReceivedAt < _createdAt ? row.ReceivedAt : _createdAt;
        _updatedAt = row.ReceivedAt > _updatedAt ? row.ReceivedAt : _updatedAt;
    }

    private void Reset()
    {
        _trace = new TraceState();
        _observations.Clear();
        _scores.Clear();
        _createdAt = DateTimeOffset.MaxValue;
        _updatedAt = DateTimeOffset.MinValue;
        ApproximateBytes = EmptyBytes;
    }

    // A repetition says nothing new, but it was received: only the times of the entity follow.
    private void Apply(StreamEvent e, LogRow row, int priceBook, bool isRepetition)
    {
        switch (e)
        {
            case TraceEvent t when !isRepetition:
                ApproximateBytes -= _trace.TextLength * 2;
                _trace.Apply(t, text);
                ApproximateBytes += _trace.TextLength * 2;
                break;
            case TraceEvent:
                break;
            case ObservationEvent o:
                ApplyObservation(o, row, priceBook, isRepetition);
                break;
            case ScoreEvent s:
                ApplyScore(s, row, isRepetition);
                break;
            case ScoreDeletedEvent s:
                StateOf(s.ScoreId).Delete(s);
                break;
            default:
                throw Unknown(e);
        }
    }

    private void ApplyObservation(ObservationEvent e, LogRow row, int priceBook, bool isRepetition)
    {
        if (!_observations.TryGetValue(e.ObservationId, out var state))
        {
            state = new ObservationState(e.ObservationId);
            _observations.Add(e.ObservationId, state);
            ApproximateBytes += 700;
        }

        state.Touch(row.ReceivedAt);
        if (!isRepetition)
        {
            ApproximateBytes -= state.TextLength * 2;
            state.Apply(e, priceBook, text);
            ApproximateBytes += state.TextLength * 2;
        }
    }

    private void ApplyScore(ScoreEvent e, LogRow row, bool isRepetition)
    {
        var state = StateOf(e.ScoreId);
        state.Touch(row.ReceivedAt);
        if (!isRepetition)
        {
            state.Apply(e);
        }
    }

    private bool HasScore(string scoreId) => _scores.TryGetValue(scoreId, out var state) && !state.IsDeleted;

    private ScoreState StateOf(string scoreId)
    {
        if (!_scores.TryGetValue(scoreId, out var state))
        {
            state = new ScoreState(scoreId);
            _scores.Add(scoreId, state);
            ApproximateBytes += 400;
        }

        return state;
    }

    private static InvalidOperationException Unknown(StreamEvent e) => new($"Events of type {e.GetType().Name} cannot be folded.");
}
