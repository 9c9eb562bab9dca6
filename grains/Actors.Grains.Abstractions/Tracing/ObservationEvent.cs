namespace Actors.Tracing;

/// <summary>Says something about one observation of a trace (create or update; both merge).</summary>
[GenerateSerializer, Immutable, Alias("actors.ObservationEvent")]
public sealed record ObservationEvent : StreamEvent
{
    /// <summary>The observation's id: 1 to 800 characters, unique in its project.</summary>
    [Id(0)]
    public required string ObservationId { get; init; }

    /// <summary>Null in an update that does not say it; the observation is a span until somebody says more.</summary>
    [Id(1)]
    public ObservationType? Type { get; init; }

    /// <summary>Whether this is a create; at equal timestamps creates come before updates.</summary>
    [Id(2)]
    public bool IsCreate { get; init; }

    /// <summary>The name of the step.</summary>
    [Id(3)]
    public string? Name { get; init; }

    /// <summary>Null: the timestamp of the observation's first event stands in.</summary>
    [Id(4)]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Null while the observation runs, and for events, which have no duration.</summary>
    [Id(5)]
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>When the first token came.</summary>
    [Id(6)]
    public DateTimeOffset? CompletionStartTime { get; init; }

    /// <summary>The id of the observation that this one is part of; it may be unknown.</summary>
    [Id(7)]
    public string? ParentObservationId { get; init; }

    /// <summary>The severity.</summary>
    [Id(8)]
    public ObservationLevel? Level { get; init; }

    /// <summary>Explains the level.</summary>
    [Id(9)]
    public string? StatusMessage { get; init; }

    /// <summary>The version of the component.</summary>
    [Id(10)]
    public string? Version { get; init; }

    /// <summary>Already normalised: 1 to 40 characters of <c>a-z 0-9 - _</c>.</summary>
    [Id(11)]
    public string? Environment { get; init; }

    /// <summary>The model's name as the provider calls it.</summary>
    [Id(12)]
    public string? Model { get; init; }

    /// <summary>Units used, by kind, with their <c>total</c>; replaces what was said before unless empty. At most 100 entries.</summary>
    [Id(13)]
    public IReadOnlyList<UsageEntry> Usage { get; init; } = [];

    /// <summary>The unit of a legacy usage, for example TOKENS.</summary>
    [Id(14)]
    public string? UsageUnit { get; init; }

    /// <summary>Cost that the client computed itself, by kind; replaces what was said before unless empty.</summary>
    [Id(15)]
    public IReadOnlyList<CostEntry> Cost { get; init; } = [];

    /// <summary>The prompt that was used.</summary>
    [Id(16)]
    public string? PromptName { get; init; }

    /// <summary>The version of that prompt, from 1.</summary>
    [Id(17)]
    public int? PromptVersion { get; init; }

    /// <summary>
    /// The values of the model parameters and metadata that the price book in force has conditions on
    /// (for example <c>service_tier</c>), so that the cost can be folded without the text.
    /// </summary>
    [Id(18)]
    public IReadOnlyList<PricingAttribute> PricingAttributes { get; init; } = [];

    /// <summary>JSON text of an object.</summary>
    [Id(19)]
    public string? ModelParameters { get; init; }

    /// <summary>JSON text of an object, deep-merged into what is there.</summary>
    [Id(20)]
    public string? Metadata { get; init; }

    /// <summary>JSON text of any value.</summary>
    [Id(21)]
    public string? Input { get; init; }

    /// <summary>JSON text of any value.</summary>
    [Id(22)]
    public string? Output { get; init; }

    /// <summary>The fields that were said to be null.</summary>
    [Id(23)]
    public ClearedFields Cleared { get; init; }

    /// <summary>The experiment that it is part of, merged field by field into what is there.</summary>
    [Id(24)]
    public ExperimentLink? Experiment { get; init; }

    /// <summary>Whether an application calls it a root of its own, whatever parent it has.</summary>
    [Id(25)]
    public bool? IsAppRoot { get; init; }

    /// <summary>
    /// The tokens of <see cref="Input"/>, once for each vocabulary that its model may have; set by the actor that appends the
    /// event. Null: there is no text, or no count was needed. Empty: it could not be counted.
    /// </summary>
    [Id(26)]
    public IReadOnlyList<TokenCount>? InputTokens { get; init; }

    /// <summary>The tokens of <see cref="Output"/>, as those of the input.</summary>
    [Id(27)]
    public IReadOnlyList<TokenCount>? OutputTokens { get; init; }
}

/// <summary>Units of one kind, for example 120 <c>input</c> tokens.</summary>
/// <param name="Key">The kind of unit.</param>
/// <param name="Units">Zero or more.</param>
[GenerateSerializer, Immutable, Alias("actors.UsageEntry")]
public readonly record struct UsageEntry([property: Id(0)] string Key, [property: Id(1)] long Units);

/// <summary>Cost of one kind in US dollars, with at most 12 decimals.</summary>
/// <param name="Key">The kind of unit that was paid for.</param>
/// <param name="CostUsd">Zero or more.</param>
[GenerateSerializer, Immutable, Alias("actors.CostEntry")]
public readonly record struct CostEntry([property: Id(0)] string Key, [property: Id(1)] decimal CostUsd);

/// <summary>A value on which a pricing tier may depend.</summary>
/// <param name="Source">Where the value came from.</param>
/// <param name="Key">The top-level key, for example <c>service_tier</c>.</param>
/// <param name="Value">The value as text.</param>
[GenerateSerializer, Immutable, Alias("actors.PricingAttribute")]
public readonly record struct PricingAttribute(
    [property: Id(0)] PricingAttributeSource Source, [property: Id(1)] string Key, [property: Id(2)] string Value);

/// <summary>Where a <see cref="PricingAttribute"/> came from.</summary>
public enum PricingAttributeSource
{
    /// <summary>The observation's model parameters.</summary>
    ModelParameters,

    /// <summary>The observation's metadata.</summary>
    Metadata,
}
