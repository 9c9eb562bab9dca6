using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>A score in a list (the contract's first version).</summary>
public sealed record ScoreItemBody : ScoreBody
{
    /// <summary>An empty one, to be filled.</summary>
    [JsonConstructor]
    public ScoreItemBody()
    {
    }

    /// <summary>All of <paramref name="score"/>.</summary>
    [SetsRequiredMembers]
    public ScoreItemBody(ScoreBody score)
        : base(score)
    {
    }

    /// <summary>What is said about the trace.</summary>
    public ScoreTraceBody? Trace { get; init; }
}

/// <summary>The scored trace (the contract's first version).</summary>
/// <param name="UserId">The application's user.</param>
/// <param name="Tags">Sorted.</param>
/// <param name="Environment">Null when the trace is not there.</param>
public sealed record ScoreTraceBody(string? UserId, IReadOnlyList<string> Tags, string? Environment);

/// <summary>A score (the contract's second version).</summary>
public record ScoreV2Body : ScoreBody
{
    /// <summary>An empty one, to be filled.</summary>
    [JsonConstructor]
    public ScoreV2Body()
    {
    }

    /// <summary>All of <paramref name="score"/>.</summary>
    [SetsRequiredMembers]
    public ScoreV2Body(ScoreBody score)
        : base(score) => ProjectId = "";

    /// <summary>Its project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The session that is scored.</summary>
    public string? SessionId { get; init; }

    /// <summary>The dataset run that is scored.</summary>
    public string? DatasetRunId { get; init; }
}

/// <summary>A score in a list (the contract's second version).</summary>
public sealed record ScoreV2ItemBody : ScoreV2Body
{
    /// <summary>An empty one, to be filled.</summary>
    [JsonConstructor]
    public ScoreV2ItemBody()
    {
    }

    /// <summary>All of <paramref name="score"/>.</summary>
    [SetsRequiredMembers]
    public ScoreV2ItemBody(ScoreV2Body score)
        : base(score)
    {
        ProjectId = (score ?? throw new ArgumentNullException(nameof(score))).ProjectId;
        SessionId = score.SessionId;
        DatasetRunId = score.DatasetRunId;
    }

    /// <summary>The scored trace; null: none, or not asked for.</summary>
    public ScoreV2TraceBody? Trace { get; init; }
}

/// <summary>The scored trace (the contract's second version).</summary>
/// <param name="UserId">The application's user.</param>
/// <param name="Tags">Sorted.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="SessionId">Its session.</param>
public sealed record ScoreV2TraceBody(string? UserId, IReadOnlyList<string> Tags, string Environment, string? SessionId);

/// <summary>A score (the contract's third version). What was not asked for is left out.</summary>
public sealed record ScoreV3Body
{
    /// <summary>The score's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>What is scored.</summary>
    public required string Name { get; init; }

    /// <summary>A number, a boolean or a string, by <see cref="DataType"/>.</summary>
    public required RawJson Value { get; init; }

    /// <summary><c>NUMERIC</c>, <c>BOOLEAN</c>, <c>CATEGORICAL</c>, <c>TEXT</c> or <c>CORRECTION</c>.</summary>
    public required string DataType { get; init; }

    /// <summary><c>API</c>, <c>ANNOTATION</c> or <c>EVAL</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The time of its first event.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Its environment.</summary>
    public required string Environment { get; init; }

    /// <summary>When its first event was received.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its newest event was received.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Why; a string or null. Group <c>details</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Comment { get; init; }

    /// <summary>The config it follows; a string or null. Group <c>details</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson ConfigId { get; init; }

    /// <summary>Any value, with its types. Group <c>details</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Metadata { get; init; }

    /// <summary>What is scored. Group <c>subject</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ScoreSubjectBody? Subject { get; init; }

    /// <summary>The person who gave it; a string or null. Group <c>annotation</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson AuthorUserId { get; init; }

    /// <summary>The queue it came from; a string or null. Group <c>annotation</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson QueueId { get; init; }
}

/// <summary>What a score is about.</summary>
/// <param name="Kind"><c>trace</c>, <c>observation</c>, <c>session</c> or <c>experiment</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="TraceId">The trace of an observation; else left out.</param>
public sealed record ScoreSubjectBody(
    string Kind, string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId = null);

/// <summary>A page of a list that goes on from a cursor.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Data">The items of this page.</param>
/// <param name="Meta">How to go on.</param>
public sealed record LimitedCursorBody<T>(IReadOnlyList<T> Data, LimitedCursorMeta Meta);

/// <summary>How a list goes on.</summary>
/// <param name="Limit">The most items on a page.</param>
/// <param name="Cursor">Where the next page begins; left out on the last page.</param>
public sealed record LimitedCursorMeta(
    int Limit, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cursor);

/// <summary>The place at which a page of scores ended, inside a cursor.</summary>
/// <param name="V">The version of the form: 1.</param>
/// <param name="LastTimestamp">The timestamp of the last score.</param>
/// <param name="LastId">Its id.</param>
public sealed record ScoreCursorBody(int V, DateTimeOffset LastTimestamp, string LastId);
