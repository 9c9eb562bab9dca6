using System.Text.Json;
using Actors.Contracts;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Api.Scores;

/// <summary>Scores in the shapes of the three versions of the contract (langfuse-api §6.2 to §6.4).</summary>
internal static class ScoreWire
{
    /// <summary>The first version.</summary>
    public static ScoreBody ToWire(this ScoreRecord score) => new()
    {
        Id = score.Id,
        TraceId = score.TraceId,
        ObservationId = score.ObservationId,
        Name = score.Name,
        Source = score.Source.ToWire(),
        Timestamp = score.Timestamp,
        CreatedAt = score.CreatedAt,
        UpdatedAt = score.UpdatedAt,
        AuthorUserId = score.AuthorUserId,
        Comment = score.Comment,
        Metadata = StoredJson.Metadata(score.Metadata),
        ConfigId = score.ConfigId,
        QueueId = score.QueueId,
        Environment = score.Environment,
        DataType = score.DataType.ToWire(),
        Value = score.DataType switch
        {
            ScoreDataType.Numeric or ScoreDataType.Boolean => score.Value,
            ScoreDataType.Text => null,
            _ => 0,
        },
        StringValue = score.DataType switch
        {
            ScoreDataType.Numeric => null,
            ScoreDataType.Boolean => score.Value == 0 ? "False" : "True",
            _ => score.StringValue,
        },
    };

    /// <summary>The first version in a list. A trace that is not there, or has only scores so far, is answered without values.</summary>
    public static ScoreItemBody ToItem(this ScoreItem item) => new(item.Score.ToWire())
    {
        Trace = new ScoreTraceBody(item.Trace?.UserId, item.Trace?.Tags ?? [], item.Trace?.Environment),
    };

    /// <summary>The second version.</summary>
    public static ScoreV2Body ToV2(this ScoreRecord score, ProjectId project) => new(score.ToWire())
    {
        SessionId = score.SessionId, DatasetRunId = score.DatasetRunId, ProjectId = project.Value,
    };

    /// <summary>The second version in a list.</summary>
    public static ScoreV2ItemBody ToV2Item(this ScoreItem item, ProjectId project, bool withTrace) =>
        new(item.Score.ToV2(project))
        {
            Trace = withTrace && item.Trace is { } trace
                ? new ScoreV2TraceBody(trace.UserId, trace.Tags, trace.Environment, trace.SessionId)
                : null,
        };

    /// <summary>The third version with the groups that were asked for.</summary>
    public static ScoreV3Body ToV3(this ScoreRecord score, ProjectId project, ScoreFieldGroups groups)
    {
        var body = new ScoreV3Body
        {
            Id = score.Id,
            ProjectId = project.Value,
            Name = score.Name,
            Value = score.DataType switch
            {
                ScoreDataType.Numeric => Json(score.Value),
                ScoreDataType.Boolean => new RawJson(score.Value == 0 ? "false" : "true"),
                _ => StoredJson.Quote(score.StringValue),
            },
            DataType = score.DataType.ToWire(),
            Source = score.Source.ToWire(),
            Timestamp = score.Timestamp,
            Environment = score.Environment,
            CreatedAt = score.CreatedAt,
            UpdatedAt = score.UpdatedAt,
        };
        if (groups.HasFlag(ScoreFieldGroups.Details))
        {
            body = body with
            {
                Comment = StoredJson.Quote(score.Comment), ConfigId = StoredJson.Quote(score.ConfigId), Metadata = StoredJson.Metadata(score.Metadata),
            };
        }

        if (groups.HasFlag(ScoreFieldGroups.Subject))
        {
            body = body with { Subject = Subject(score) };
        }

        return groups.HasFlag(ScoreFieldGroups.Annotation)
            ? body with { AuthorUserId = StoredJson.Quote(score.AuthorUserId), QueueId = StoredJson.Quote(score.QueueId) }
            : body;
    }

    private static ScoreSubjectBody Subject(ScoreRecord score) => score switch
    {
        { SessionId: { } session } => new ScoreSubjectBody("session", session),
        { DatasetRunId: { } run } => new ScoreSubjectBody("experiment", run),
        { ObservationId: { } observation } => new ScoreSubjectBody("observation", observation, score.TraceId),
        _ => new ScoreSubjectBody("trace", score.TraceId ?? ""),
    };

    private static RawJson Json(double? number) =>
        number is { } value ? new RawJson(JsonSerializer.Serialize(value, ContractsJsonContext.Wire.Double)) : RawJson.Null;
}
