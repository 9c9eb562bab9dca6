namespace Actors.Web.Ingestion;

/// <summary>The properties of an event's body that mean something to us (langfuse-api §1.1 and §1.3).</summary>
internal enum BodyField
{
    Id,
    TraceId,
    SessionId,
    ObservationId,
    ParentObservationId,
    DatasetRunId,
    Name,
    Type,
    UserId,
    Environment,
    Release,
    Version,
    Level,
    StatusMessage,
    Model,
    PromptName,
    DataType,
    Comment,
    ConfigId,
    QueueId,
    Source,
    ExecutionTraceId,
    Timestamp,
    StartTime,
    EndTime,
    CompletionStartTime,
    Input,
    Output,
    Metadata,
    ModelParameters,
    Public,
    Tags,
    Usage,
    UsageDetails,
    CostDetails,
    PromptVersion,
    Value,
    Count,
}

/// <summary>A set of <see cref="BodyField"/>.</summary>
internal readonly record struct FieldSet(ulong Bits)
{
    public bool Has(BodyField field) => (Bits & (1UL << (int)field)) != 0;

    public FieldSet With(BodyField field) => new(Bits | (1UL << (int)field));

    public static FieldSet Of(params ReadOnlySpan<BodyField> fields)
    {
        var set = default(FieldSet);
        foreach (var field in fields)
        {
            set = set.With(field);
        }

        return set;
    }

    public static FieldSet operator |(FieldSet left, FieldSet right) => new(left.Bits | right.Bits);
}

/// <summary>How the properties are spelled.</summary>
internal static class BodyFields
{
    private static readonly string[] Spellings =
        [.. Enum.GetValues<BodyField>().Where(f => f != BodyField.Count).Select(f => char.ToLowerInvariant(f.ToString()[0]) + f.ToString()[1..])];

    public static Utf8Names<BodyField> ByName { get; } =
        new(Spellings.Select((name, index) => KeyValuePair.Create(name, (BodyField)index)));

    public static string Spelling(BodyField field) => Spellings[(int)field];
}
