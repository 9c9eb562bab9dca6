using Actors.Tracing;
using static Actors.Web.Ingestion.BodyField;

namespace Actors.Web.Ingestion;

internal enum EventKind
{
    Trace,
    Observation,
    Score,
    SdkLog,
}

/// <summary>What one event type says and needs (langfuse-api §1.1).</summary>
internal sealed record EventSpec(EventKind Kind, FieldSet Fields)
{
    /// <summary>Null for legacy observations, whose body names the type.</summary>
    public ObservationType? Type { get; init; }

    public bool IsCreate { get; init; }

    public bool NeedsId { get; init; }

    private static readonly FieldSet SpanFields = FieldSet.Of(
        Id, TraceId, Name, StartTime, EndTime, BodyField.Metadata, Input, Output, Level, StatusMessage, ParentObservationId,
        BodyField.Version, BodyField.Environment);

    private static readonly FieldSet EventFields = FieldSet.Of(
        Id, TraceId, Name, StartTime, BodyField.Metadata, Input, Output, Level, StatusMessage, ParentObservationId,
        BodyField.Version, BodyField.Environment);

    private static readonly FieldSet GenerationFields = SpanFields | FieldSet.Of(
        CompletionStartTime, BodyField.Model, BodyField.ModelParameters, Usage, UsageDetails, CostDetails, PromptName, PromptVersion);

    private static readonly FieldSet TraceFields = FieldSet.Of(
        Id, Timestamp, Name, Input, Output, BodyField.Metadata, UserId, SessionId, BodyField.Environment, Release,
        BodyField.Version, Public, Tags);

    private static readonly FieldSet ScoreFields = FieldSet.Of(
        Id, Name, Value, DataType, TraceId, SessionId, DatasetRunId, ObservationId, Comment, BodyField.Metadata,
        BodyField.Environment, ConfigId, QueueId, Source, ExecutionTraceId);

    /// <summary>All event types by their wire name.</summary>
    public static Utf8Names<EventSpec> ByName { get; } = new(All());

    /// <summary>The event type of a wire name that exists.</summary>
    public static EventSpec Of(string name) =>
        ByName.TryFind(System.Text.Encoding.UTF8.GetBytes(name), out var spec) ? spec : throw new ArgumentException($"There is no event type {name}.");

    private static IEnumerable<KeyValuePair<string, EventSpec>> All()
    {
        yield return new("trace-create", new(EventKind.Trace, TraceFields));
        yield return new("score-create", new(EventKind.Score, ScoreFields));
        yield return new("sdk-log", new(EventKind.SdkLog, default));
        yield return new("span-create", Observation(SpanFields, ObservationType.Span, isCreate: true));
        yield return new("span-update", Observation(SpanFields, ObservationType.Span, isCreate: false));
        yield return new("event-create", Observation(EventFields, ObservationType.Event, isCreate: true));
        yield return new("generation-create", Observation(GenerationFields, ObservationType.Generation, isCreate: true));
        yield return new("generation-update", Observation(GenerationFields, ObservationType.Generation, isCreate: false));
        yield return new("agent-create", Observation(GenerationFields, ObservationType.Agent, isCreate: true));
        yield return new("tool-create", Observation(GenerationFields, ObservationType.Tool, isCreate: true));
        yield return new("chain-create", Observation(GenerationFields, ObservationType.Chain, isCreate: true));
        yield return new("retriever-create", Observation(GenerationFields, ObservationType.Retriever, isCreate: true));
        yield return new("evaluator-create", Observation(GenerationFields, ObservationType.Evaluator, isCreate: true));
        yield return new("embedding-create", Observation(GenerationFields, ObservationType.Embedding, isCreate: true));
        yield return new("guardrail-create", Observation(GenerationFields, ObservationType.Guardrail, isCreate: true));
        yield return new("observation-create", Legacy(isCreate: true));
        yield return new("observation-update", Legacy(isCreate: false));
    }

    private static EventSpec Observation(FieldSet fields, ObservationType type, bool isCreate) =>
        new(EventKind.Observation, fields) { Type = type, IsCreate = isCreate, NeedsId = true };

    private static EventSpec Legacy(bool isCreate) =>
        new(EventKind.Observation, GenerationFields.With(BodyField.Type)) { IsCreate = isCreate };
}
