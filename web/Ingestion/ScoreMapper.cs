using Actors.Contracts;
using Actors.Tracing;
using static Actors.Web.Ingestion.BodyField;

namespace Actors.Web.Ingestion;

/// <summary>Makes a score out of a body and checks that its value fits its type (langfuse-api §1.3).</summary>
internal static class ScoreMapper
{
    private const int MaxTextLength = 500;

    public static (StreamId Stream, StreamEvent Event)? Map(
        EventPlace place, EventBody body, ref List<RequestIssue>? issues)
    {
        if (string.IsNullOrEmpty(body[Name]) && issues is null)
        {
            EventMapper.Refuse(ref issues, "too_small", ["body", "name"], "Too small: expected a name");
        }

        var targets = (body[TraceId] is null ? 0 : 1) + (body[SessionId] is null ? 0 : 1) + (body[DatasetRunId] is null ? 0 : 1);
        if (targets != 1 && issues is null)
        {
            EventMapper.Refuse(ref issues, "custom", ["body"], "Provide exactly one of traceId, sessionId and datasetRunId");
        }

        if (body[ObservationId] is not null && body[TraceId] is null)
        {
            EventMapper.Refuse(ref issues, "custom", ["body", "observationId"], "observationId needs a traceId");
        }

        var source = ReadSource(body, ref issues);
        var type = ReadType(body, ref issues);
        CheckValue(type, body, ref issues);
        if (issues is not null)
        {
            return null;
        }

        var stream = body[TraceId] is { } trace ? StreamId.ForTrace(trace)
            : body[SessionId] is { } session ? StreamId.ForSession(session)
            : StreamId.ForRun(body[DatasetRunId]!);
        return (stream, new ScoreEvent
        {
            EventId = place.EventId,
            Timestamp = place.Timestamp,
            Sequence = place.Sequence,
            ScoreId = body[Id] ?? DerivedId.From(place.EventId),
            Name = type == ScoreDataType.Correction ? "output" : body[Name]!,
            DataType = type,
            Value = body.Number,
            StringValue = body[Value],
            ObservationId = body[ObservationId],
            Source = source,
            Comment = body[Comment],
            Metadata = body[BodyField.Metadata],
            Environment = EventMapper.Environment(body),
            ConfigId = body[ConfigId],
            QueueId = body[QueueId],
            ExecutionTraceId = body[ExecutionTraceId],
        });
    }

    private static ScoreSource ReadSource(EventBody body, ref List<RequestIssue>? issues)
    {
        switch (body[Source])
        {
            case null or "API":
                return ScoreSource.Api;
            case "EVAL":
                return ScoreSource.Eval;
            case "ANNOTATION":
                return ScoreSource.Annotation;
            default:
                EventMapper.Refuse(ref issues, "invalid_value", ["body", "source"], "Invalid option: expected one of API, EVAL, ANNOTATION");
                return ScoreSource.Api;
        }
    }

    private static ScoreDataType ReadType(EventBody body, ref List<RequestIssue>? issues)
    {
        switch (body[DataType])
        {
            case null:
                return body[Value] is null ? ScoreDataType.Numeric : ScoreDataType.Categorical;
            case "NUMERIC":
                return ScoreDataType.Numeric;
            case "BOOLEAN":
                return ScoreDataType.Boolean;
            case "CATEGORICAL":
                return ScoreDataType.Categorical;
            case "TEXT":
                return ScoreDataType.Text;
            case "CORRECTION":
                return ScoreDataType.Correction;
            default:
                EventMapper.Refuse(
                    ref issues,
                    "invalid_value",
                    ["body", "dataType"],
                    "Invalid option: expected one of NUMERIC, BOOLEAN, CATEGORICAL, TEXT, CORRECTION");
                return ScoreDataType.Numeric;
        }
    }

    private static void CheckValue(ScoreDataType type, EventBody body, ref List<RequestIssue>? issues)
    {
        var text = body[Value];
        var problem = type switch
        {
            ScoreDataType.Numeric when body.Number is null => "Invalid input: expected number",
            ScoreDataType.Boolean when body.Number is not (0 or 1) => "Invalid input: expected 0 or 1",
            ScoreDataType.Categorical when text is null => "Invalid input: expected string",
            ScoreDataType.Text when text is not { Length: > 0 and <= MaxTextLength } => $"Invalid input: expected 1 to {MaxTextLength} characters",
            ScoreDataType.Correction when text is null => "Invalid input: expected string",
            ScoreDataType.Correction when body[ConfigId] is not null => "Invalid input: a correction follows no config",
            _ => null,
        };
        if (problem is not null && issues is null)
        {
            EventMapper.Refuse(ref issues, "invalid_type", ["body", "value"], problem);
        }
    }
}
