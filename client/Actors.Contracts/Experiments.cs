using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>A page of experiments, or of their items, that goes on from a cursor.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Data">The items of this page.</param>
/// <param name="Meta">Where the next page begins.</param>
public sealed record CursorBody<T>(IReadOnlyList<T> Data, CursorMeta Meta);

/// <summary>An experiment. What was not asked for is left out.</summary>
public sealed record ExperimentBody
{
    /// <summary>Its id; of a run over a dataset that of the run.</summary>
    public required string Id { get; init; }

    /// <summary>Its name; empty when nobody named it.</summary>
    public required string Name { get; init; }

    /// <summary>What was tried.</summary>
    public string? Description { get; init; }

    /// <summary>The first start within the time asked for.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>The last end within the time asked for.</summary>
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>How many items were run within the time asked for.</summary>
    public required long ItemCount { get; init; }

    /// <summary>The dataset; null for data that the client brought.</summary>
    public string? DatasetId { get; init; }

    /// <summary>An object or null. Group <c>metadata</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Metadata { get; init; }

    /// <summary>The newest scores of the experiment as a whole. Group <c>scores</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScoreV3Body>? Scores { get; init; }
}

/// <summary>What became of one item in an experiment. What was not asked for is left out.</summary>
public sealed record ExperimentItemBody
{
    /// <summary>The observation that stands for the whole run of the item; its trace when there is no such observation.</summary>
    public required string Id { get; init; }

    /// <summary>The trace.</summary>
    public required string TraceId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary><c>DEBUG</c>, <c>DEFAULT</c>, <c>WARNING</c> or <c>ERROR</c>.</summary>
    public required string Level { get; init; }

    /// <summary>Its environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The experiment.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The name of the experiment; empty when nobody named it.</summary>
    public required string ExperimentName { get; init; }

    /// <summary>The item that was run.</summary>
    public required string ExperimentItemId { get; init; }

    /// <summary>The dataset of the item; a string or null. Group <c>dataset</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson ExperimentDatasetId { get; init; }

    /// <summary>The moment from which that version of the item was valid; a time or null. Group <c>dataset</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson ExperimentItemVersion { get; init; }

    /// <summary>What went in, as text; a string or null. Group <c>io</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Input { get; init; }

    /// <summary>What came out, as text; a string or null. Group <c>io</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Output { get; init; }

    /// <summary>What should have come out, as text; a string or null. Group <c>io</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson ExpectedOutput { get; init; }

    /// <summary>An object. Group <c>metadata</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Metadata { get; init; }

    /// <summary>The metadata of the item; an object or null. Group <c>itemMetadata</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson ExperimentItemMetadata { get; init; }

    /// <summary>The metadata of the experiment; an object or null. Group <c>experimentMetadata</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson ExperimentMetadata { get; init; }

    /// <summary>What the experiment tried; a string or null. Group <c>experimentMetadata</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson ExperimentDescription { get; init; }

    /// <summary>The newest scores of the observation and of its trace as a whole. Group <c>scores</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScoreV3Body>? Scores { get; init; }
}

/// <summary>The place at which a page of experiments or of their items ended, inside a cursor.</summary>
/// <param name="V">The version of the form: 1.</param>
/// <param name="LastTime">The time that the last one counts with.</param>
/// <param name="Linked">Whether the last one is known from a link to a run alone.</param>
/// <param name="LastTraceId">The trace of the last item; empty of experiments and of links.</param>
/// <param name="LastId">The id of the last experiment, observation or link.</param>
public sealed record ExperimentCursorBody(int V, DateTimeOffset LastTime, bool Linked, string LastTraceId, string LastId);
