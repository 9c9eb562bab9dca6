using Actors.Storage.Formats.V1;
using Actors.Tracing;
using PricingAttribute = Actors.Tracing.PricingAttribute;

namespace Actors.Storage.Formats;

/// <summary>Maps stored messages back to events.</summary>
internal static class EventDecoder
{
    // The highest number of each enumeration: a number beyond it is damage or a newer version, never a value to fold.
    private static readonly uint MaxType = (uint)Enum.GetValues<ObservationType>().Max();
    private static readonly uint MaxLevel = (uint)Enum.GetValues<ObservationLevel>().Max();
    private static readonly uint MaxDataType = (uint)Enum.GetValues<ScoreDataType>().Max();
    private static readonly uint MaxSource = (uint)Enum.GetValues<ScoreSource>().Max();
    private static readonly uint MaxAttributeSource = (uint)Enum.GetValues<PricingAttributeSource>().Max();

    public static StreamEvent Decode(EventHead head, EventBody? body)
    {
        var timestamp = Time(head.Timestamp);
        return head.ContentCase switch
        {
            EventHead.ContentOneofCase.Trace => Decode(head, timestamp, head.Trace, body),
            EventHead.ContentOneofCase.Observation => Decode(head, timestamp, head.Observation, body),
            EventHead.ContentOneofCase.Score => Decode(head, timestamp, head.Score, body),
            EventHead.ContentOneofCase.ScoreDeleted => new ScoreDeletedEvent
            {
                EventId = head.EventId,
                Timestamp = timestamp,
                Sequence = (int)head.Sequence,
                ScoreId = head.ScoreDeleted.ScoreId,
            },
            _ => throw new EventLogFormatException("An event has no content that this version knows."),
        };
    }

    private static TraceEvent Decode(EventHead e, DateTimeOffset timestamp, TraceHead head, EventBody? body) => new()
    {
        EventId = e.EventId,
        Timestamp = timestamp,
        Sequence = (int)e.Sequence,
        StartedAt = head.HasStartedAt ? Time(head.StartedAt) : null,
        Name = head.HasName ? head.Name : null,
        UserId = head.HasUserId ? head.UserId : null,
        SessionId = head.HasSessionId ? head.SessionId : null,
        Release = head.HasRelease ? head.Release : null,
        Version = head.HasVersion ? head.Version : null,
        Environment = head.HasEnvironment ? head.Environment : null,
        Public = head.HasPublic ? head.Public : null,
        Tags = head.Tags.Count > 0 ? [.. head.Tags] : [],
        Bookmarked = head.HasBookmarked ? head.Bookmarked : null,
        RemovedTags = head.RemovedTags.Count > 0 ? [.. head.RemovedTags] : [],
        Metadata = body is { HasMetadata: true } ? body.Metadata : null,
        Input = body is { HasInput: true } ? body.Input : null,
        Output = body is { HasOutput: true } ? body.Output : null,
        Cleared = (ClearedFields)head.Cleared,
    };

    private static ObservationEvent Decode(EventHead e, DateTimeOffset timestamp, ObservationHead head, EventBody? body) => new()
    {
        EventId = e.EventId,
        Timestamp = timestamp,
        Sequence = (int)e.Sequence,
        ObservationId = head.ObservationId,
        Type = head.HasType ? (ObservationType)Known(head.Type, MaxType) : null,
        IsCreate = head.IsCreate,
        Name = head.HasName ? head.Name : null,
        StartTime = head.HasStartTime ? Time(head.StartTime) : null,
        EndTime = head.HasEndTime ? Time(head.EndTime) : null,
        CompletionStartTime = head.HasCompletionStartTime ? Time(head.CompletionStartTime) : null,
        ParentObservationId = head.HasParentObservationId ? head.ParentObservationId : null,
        Level = head.HasLevel ? (ObservationLevel)Known(head.Level, MaxLevel) : null,
        StatusMessage = head.HasStatusMessage ? head.StatusMessage : null,
        Version = head.HasVersion ? head.Version : null,
        Environment = head.HasEnvironment ? head.Environment : null,
        Model = head.HasModel ? head.Model : null,
        Usage = Map(head.Usage, u => new UsageEntry(u.Key, u.Units)),
        UsageUnit = head.HasUsageUnit ? head.UsageUnit : null,
        Cost = Map(head.Cost, ExactCost.Decode),
        PromptName = head.HasPromptName ? head.PromptName : null,
        PromptVersion = head.HasPromptVersion ? head.PromptVersion : null,
        PricingAttributes = Map(
            head.PricingAttributes,
            a => new PricingAttribute((PricingAttributeSource)Known(a.Source, MaxAttributeSource), a.Key, a.Value)),
        ModelParameters = body is { HasModelParameters: true } ? body.ModelParameters : null,
        Metadata = body is { HasMetadata: true } ? body.Metadata : null,
        Input = body is { HasInput: true } ? body.Input : null,
        Output = body is { HasOutput: true } ? body.Output : null,
        Cleared = (ClearedFields)head.Cleared,
        Experiment = ExperimentCodec.Decode(head.Experiment, body?.Experiment),
        IsAppRoot = head.HasIsAppRoot ? head.IsAppRoot : null,
        InputTokens = TokenCodec.Decode(head.InputTokens),
        OutputTokens = TokenCodec.Decode(head.OutputTokens),
    };

    private static ScoreEvent Decode(EventHead e, DateTimeOffset timestamp, ScoreHead head, EventBody? body) => new()
    {
        EventId = e.EventId,
        Timestamp = timestamp,
        Sequence = (int)e.Sequence,
        ScoreId = head.ScoreId,
        Name = head.Name,
        DataType = (ScoreDataType)Known(head.DataType, MaxDataType),
        Value = head.HasValue ? head.Value : null,
        StringValue = head.HasStringValue ? head.StringValue : null,
        ObservationId = head.HasObservationId ? head.ObservationId : null,
        Source = (ScoreSource)Known(head.Source, MaxSource),
        Comment = head.HasComment ? head.Comment : null,
        Metadata = body is { HasMetadata: true } ? body.Metadata : null,
        Environment = head.HasEnvironment ? head.Environment : null,
        ConfigId = head.HasConfigId ? head.ConfigId : null,
        QueueId = head.HasQueueId ? head.QueueId : null,
        AuthorUserId = head.HasAuthorUserId ? head.AuthorUserId : null,
        ExecutionTraceId = head.HasExecutionTraceId ? head.ExecutionTraceId : null,
    };

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static uint Known(uint number, uint max) =>
        number <= max ? number : throw new EventLogFormatException($"An event has the unknown enumeration value {number}.");

    private static TTo[] Map<TFrom, TTo>(Google.Protobuf.Collections.RepeatedField<TFrom> from, Func<TFrom, TTo> map)
    {
        if (from.Count == 0)
        {
            return [];
        }

        var to = new TTo[from.Count];
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = map(from[i]);
        }

        return to;
    }
}
