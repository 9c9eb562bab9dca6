using Actors.Storage.Formats.V1;
using Actors.Tracing;
using StoredAttribute = Actors.Storage.Formats.V1.PricingAttribute;

namespace Actors.Storage.Formats;

/// <summary>Maps events to their stored messages.</summary>
internal static class EventEncoder
{
    public static EventHead EncodeHead(StreamEvent e)
    {
        var head = new EventHead { EventId = e.EventId, Timestamp = e.Timestamp.ToUnixTimeMilliseconds(), Sequence = (uint)e.Sequence };
        switch (e)
        {
            case TraceEvent trace:
                head.Trace = Encode(trace);
                break;
            case ObservationEvent observation:
                head.Observation = Encode(observation);
                break;
            case ScoreEvent score:
                head.Score = Encode(score);
                break;
            case ScoreDeletedEvent deleted:
                head.ScoreDeleted = new ScoreDeletedHead { ScoreId = deleted.ScoreId };
                break;
            default:
                throw new ArgumentException($"The log cannot store a {e.GetType().Name}.");
        }

        return head;
    }

    /// <summary>The event's text; null when it has none.</summary>
    public static EventBody? EncodeBody(StreamEvent e) => e switch
    {
        TraceEvent t => Body(t.Input, t.Output, t.Metadata),
        ObservationEvent o => Body(o.Input, o.Output, o.Metadata, o.ModelParameters, ExperimentCodec.EncodeBody(o.Experiment)),
        ScoreEvent s => Body(null, null, s.Metadata),
        _ => null,
    };

    private static EventBody? Body(
        string? input, string? output, string? metadata, string? modelParameters = null, ExperimentBody? experiment = null)
    {
        if (input is null && output is null && metadata is null && modelParameters is null && experiment is null)
        {
            return null;
        }

        var body = new EventBody { Experiment = experiment };
        if (input is not null) body.Input = input;
        if (output is not null) body.Output = output;
        if (metadata is not null) body.Metadata = metadata;
        if (modelParameters is not null) body.ModelParameters = modelParameters;
        return body;
    }

    private static TraceHead Encode(TraceEvent e)
    {
        var head = new TraceHead { Cleared = (uint)e.Cleared };
        if (e.StartedAt is { } startedAt) head.StartedAt = startedAt.ToUnixTimeMilliseconds();
        if (e.Name is not null) head.Name = e.Name;
        if (e.UserId is not null) head.UserId = e.UserId;
        if (e.SessionId is not null) head.SessionId = e.SessionId;
        if (e.Release is not null) head.Release = e.Release;
        if (e.Version is not null) head.Version = e.Version;
        if (e.Environment is not null) head.Environment = e.Environment;
        if (e.Public is { } isPublic) head.Public = isPublic;
        if (e.Bookmarked is { } bookmarked) head.Bookmarked = bookmarked;
        head.Tags.AddRange(e.Tags);
        head.RemovedTags.AddRange(e.RemovedTags);
        return head;
    }

    private static ObservationHead Encode(ObservationEvent e)
    {
        var head = new ObservationHead
        {
            ObservationId = e.ObservationId,
            IsCreate = e.IsCreate,
            Cleared = (uint)e.Cleared,
            Experiment = ExperimentCodec.EncodeHead(e.Experiment),
            InputTokens = TokenCodec.Encode(e.InputTokens),
            OutputTokens = TokenCodec.Encode(e.OutputTokens),
        };
        if (e.Type is { } type) head.Type = (uint)type;
        if (e.Name is not null) head.Name = e.Name;
        if (e.StartTime is { } start) head.StartTime = start.ToUnixTimeMilliseconds();
        if (e.EndTime is { } end) head.EndTime = end.ToUnixTimeMilliseconds();
        if (e.CompletionStartTime is { } completion) head.CompletionStartTime = completion.ToUnixTimeMilliseconds();
        if (e.ParentObservationId is not null) head.ParentObservationId = e.ParentObservationId;
        if (e.Level is { } level) head.Level = (uint)level;
        if (e.StatusMessage is not null) head.StatusMessage = e.StatusMessage;
        if (e.Version is not null) head.Version = e.Version;
        if (e.Environment is not null) head.Environment = e.Environment;
        if (e.Model is not null) head.Model = e.Model;
        if (e.UsageUnit is not null) head.UsageUnit = e.UsageUnit;
        if (e.PromptName is not null) head.PromptName = e.PromptName;
        if (e.PromptVersion is { } promptVersion) head.PromptVersion = promptVersion;
        if (e.IsAppRoot is { } isAppRoot) head.IsAppRoot = isAppRoot;
        foreach (var usage in e.Usage)
        {
            head.Usage.Add(new Usage { Key = usage.Key, Units = usage.Units });
        }

        foreach (var cost in e.Cost)
        {
            head.Cost.Add(ExactCost.Encode(cost));
        }

        foreach (var attribute in e.PricingAttributes)
        {
            head.PricingAttributes.Add(
                new StoredAttribute { Source = (uint)attribute.Source, Key = attribute.Key, Value = attribute.Value });
        }

        return head;
    }

    private static ScoreHead Encode(ScoreEvent e)
    {
        var head = new ScoreHead { ScoreId = e.ScoreId, Name = e.Name, DataType = (uint)e.DataType, Source = (uint)e.Source };
        if (e.Value is { } value) head.Value = value;
        if (e.StringValue is not null) head.StringValue = e.StringValue;
        if (e.ObservationId is not null) head.ObservationId = e.ObservationId;
        if (e.Comment is not null) head.Comment = e.Comment;
        if (e.Environment is not null) head.Environment = e.Environment;
        if (e.ConfigId is not null) head.ConfigId = e.ConfigId;
        if (e.QueueId is not null) head.QueueId = e.QueueId;
        if (e.AuthorUserId is not null) head.AuthorUserId = e.AuthorUserId;
        if (e.ExecutionTraceId is not null) head.ExecutionTraceId = e.ExecutionTraceId;
        return head;
    }
}
