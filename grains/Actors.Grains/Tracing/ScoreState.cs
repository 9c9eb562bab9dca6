using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>
/// One score as folded so far: what was said last stands, but its place, time and environment are those of the first event.
/// A deletion takes back what was said before it; the score remains known, so that it is not brought back by what is older.
/// </summary>
internal sealed class ScoreState(string id)
{
    private ScoreEvent? _first;
    private ScoreEvent? _last;
    private string? _environment;

    public string Id { get; } = id;

    public EventOrder? Newest { get; private set; }

    public bool IsDeleted => _last is null;

    public DateTimeOffset CreatedAt { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset UpdatedAt { get; private set; } = DateTimeOffset.MinValue;

    public void Apply(ScoreEvent e)
    {
        Newest = EventOrder.Of(e);
        _first ??= e;
        _environment ??= e.Environment;
        _last = _last is null ? e : e with
        {
            Comment = e.Comment ?? _last.Comment,
            Metadata = e.Metadata ?? _last.Metadata,
            ObservationId = _last.ObservationId ?? e.ObservationId,
            ConfigId = e.ConfigId ?? _last.ConfigId,
            QueueId = e.QueueId ?? _last.QueueId,
            AuthorUserId = e.AuthorUserId ?? _last.AuthorUserId,
            ExecutionTraceId = e.ExecutionTraceId ?? _last.ExecutionTraceId,
        };
    }

    public void Delete(ScoreDeletedEvent e)
    {
        Newest = EventOrder.Of(e);
        _first = _last = null;
        _environment = null;
        CreatedAt = DateTimeOffset.MaxValue;
        UpdatedAt = DateTimeOffset.MinValue;
    }

    public void Touch(DateTimeOffset receivedAt)
    {
        CreatedAt = receivedAt < CreatedAt ? receivedAt : CreatedAt;
        UpdatedAt = receivedAt > UpdatedAt ? receivedAt : UpdatedAt;
    }

    public ScoreRecord ToRecord(StreamId stream)
    {
        var last = _last ?? throw new InvalidOperationException($"Score '{Id}' has no event.");
        return new ScoreRecord
        {
            Id = Id,
            TraceId = stream.Kind == StreamKind.Trace ? stream.Id : null,
            SessionId = stream.Kind == StreamKind.Session ? stream.Id : null,
            DatasetRunId = stream.Kind == StreamKind.Run ? stream.Id : null,
            ObservationId = last.ObservationId,
            Name = last.Name,
            DataType = last.DataType,
            Value = last.Value,
            StringValue = last.StringValue,
            Source = last.Source,
            Comment = last.Comment,
            Metadata = last.Metadata,
            Environment = _environment ?? StreamFold.DefaultEnvironment,
            ConfigId = last.ConfigId,
            QueueId = last.QueueId,
            AuthorUserId = last.AuthorUserId,
            ExecutionTraceId = last.ExecutionTraceId,
            Timestamp = _first!.Timestamp,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
        };
    }
}
