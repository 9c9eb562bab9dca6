using System.Globalization;
using Actors.Tracing;

namespace Actors.Testing;

/// <summary>
/// Writes the events of one stream as a story: <c>new EventScript().At(0).Trace().At(1).Generation("g")</c>. Times are
/// seconds after <see cref="LogSamples.Noon"/>; event ids number the events unless one is given.
/// </summary>
public sealed class EventScript(string traceId = "trace-1")
{
    private readonly List<StreamEvent> _events = [];
    private double _seconds;
    private string? _eventId;

    /// <summary>The stream of the trace.</summary>
    public StreamId Stream { get; } = StreamId.ForTrace(traceId);

    /// <summary>What was said so far, in the order of telling.</summary>
    public IReadOnlyList<StreamEvent> Events => _events;

    private DateTimeOffset Now => Second(_seconds);

    /// <summary>A moment of the story.</summary>
    public static DateTimeOffset Second(double seconds) => LogSamples.Noon.AddSeconds(seconds);

    /// <summary>The next events have this envelope time.</summary>
    public EventScript At(double seconds)
    {
        _seconds = seconds;
        return this;
    }

    /// <summary>The next event has this envelope id.</summary>
    public EventScript WithId(string eventId)
    {
        _eventId = eventId;
        return this;
    }

    /// <summary>The trace is described.</summary>
    public EventScript Trace(Func<TraceEvent, TraceEvent>? say = null) =>
        Add(new TraceEvent { EventId = NextId(), Timestamp = Now }, say);

    /// <summary>A span is created.</summary>
    public EventScript Span(string id, Func<ObservationEvent, ObservationEvent>? say = null) =>
        Create(id, ObservationType.Span, say);

    /// <summary>A generation is created.</summary>
    public EventScript Generation(string id, Func<ObservationEvent, ObservationEvent>? say = null) =>
        Create(id, ObservationType.Generation, say);

    /// <summary>An observation of any type is created.</summary>
    public EventScript Create(string id, ObservationType? type, Func<ObservationEvent, ObservationEvent>? say = null) =>
        Add(new ObservationEvent { EventId = NextId(), Timestamp = Now, ObservationId = id, Type = type, IsCreate = true }, say);

    /// <summary>An observation is updated.</summary>
    public EventScript Update(string id, Func<ObservationEvent, ObservationEvent>? say = null) =>
        Add(new ObservationEvent { EventId = NextId(), Timestamp = Now, ObservationId = id }, say);

    /// <summary>A numeric score is given.</summary>
    public EventScript Score(string id, double value, Func<ScoreEvent, ScoreEvent>? say = null) =>
        Add(new ScoreEvent { EventId = NextId(), Timestamp = Now, ScoreId = id, Name = "helpfulness", DataType = ScoreDataType.Numeric, Value = value }, say);

    /// <summary>A score is deleted.</summary>
    public EventScript DeleteScore(string id) =>
        Add(new ScoreDeletedEvent { EventId = NextId(), Timestamp = Now, ScoreId = id }, say: null);

    private EventScript Add<T>(T e, Func<T, T>? say)
        where T : StreamEvent
    {
        _events.Add(say is null ? e : say(e));
        return this;
    }

    private string NextId()
    {
        var id = _eventId ?? string.Create(CultureInfo.InvariantCulture, $"event-{_events.Count:000}");
        _eventId = null;
        return id;
    }
}
