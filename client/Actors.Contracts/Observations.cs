namespace Actors.Contracts;

/// <summary>An observation (the contract's first version).</summary>
public sealed record ObservationBody
{
    /// <summary>The observation's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>Its trace.</summary>
    public string? TraceId { get; init; }

    /// <summary>The observation it is part of.</summary>
    public string? ParentObservationId { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>For example <c>GENERATION</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its environment.</summary>
    public required string Environment { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The version of the component.</summary>
    public string? Version { get; init; }

    /// <summary>When its first event was received.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its newest event was received.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Any value.</summary>
    public RawJson Input { get; init; } = RawJson.Null;

    /// <summary>Any value.</summary>
    public RawJson Output { get; init; } = RawJson.Null;

    /// <summary>An object, <c>{}</c> without metadata.</summary>
    public RawJson Metadata { get; init; } = RawJson.EmptyObject;

    /// <summary><c>DEBUG</c>, <c>DEFAULT</c>, <c>WARNING</c> or <c>ERROR</c>.</summary>
    public required string Level { get; init; }

    /// <summary>Explains the level.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>The model as the client called it.</summary>
    public string? Model { get; init; }

    /// <summary>An object or null.</summary>
    public RawJson ModelParameters { get; init; } = RawJson.Null;

    /// <summary>When the first token came.</summary>
    public DateTimeOffset? CompletionStartTime { get; init; }

    /// <summary>The id of the prompt version that was used.</summary>
    public string? PromptId { get; init; }

    /// <summary>The prompt that was used.</summary>
    public string? PromptName { get; init; }

    /// <summary>Its version.</summary>
    public int? PromptVersion { get; init; }

    /// <summary>Units by kind.</summary>
    public required IReadOnlyDictionary<string, long> UsageDetails { get; init; }

    /// <summary>US dollars by kind.</summary>
    public required IReadOnlyDictionary<string, decimal> CostDetails { get; init; }

    /// <summary>The usage in its older form.</summary>
    public required UsageBody Usage { get; init; }

    /// <summary>The unit of the usage.</summary>
    public required string Unit { get; init; }

    /// <summary>Units whose kind contains <c>input</c>.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Units whose kind contains <c>output</c>.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Units of the kind <c>total</c>.</summary>
    public long TotalTokens { get; init; }

    /// <summary>The name of the pricing tier that applied.</summary>
    public string? UsagePricingTierName { get; init; }

    /// <summary>Its id.</summary>
    public string? UsagePricingTierId { get; init; }

    /// <summary>The model of the price list that matched.</summary>
    public string? ModelId { get; init; }

    /// <summary>US dollars per input unit.</summary>
    public decimal? InputPrice { get; init; }

    /// <summary>US dollars per output unit.</summary>
    public decimal? OutputPrice { get; init; }

    /// <summary>US dollars per unit of the total.</summary>
    public decimal? TotalPrice { get; init; }

    /// <summary>US dollars for the input.</summary>
    public decimal? CalculatedInputCost { get; init; }

    /// <summary>US dollars for the output.</summary>
    public decimal? CalculatedOutputCost { get; init; }

    /// <summary>US dollars in all.</summary>
    public decimal? CalculatedTotalCost { get; init; }

    /// <summary>Seconds from start to end.</summary>
    public double? Latency { get; init; }

    /// <summary>Seconds from start to the first token.</summary>
    public double? TimeToFirstToken { get; init; }
}

/// <summary>Usage in its older form.</summary>
/// <param name="Unit">For example <c>TOKENS</c>.</param>
/// <param name="Input">Units of input.</param>
/// <param name="Output">Units of output.</param>
/// <param name="Total">Units in all.</param>
public sealed record UsageBody(string Unit, long Input, long Output, long Total);
