namespace Actors.Tracing;

/// <summary>An observation as its events fold, with its cost as of then.</summary>
[GenerateSerializer, Immutable, Alias("actors.ObservationRecord")]
public sealed record ObservationRecord
{
    /// <summary>The observation's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The trace it belongs to.</summary>
    [Id(1)]
    public required string TraceId { get; init; }

    /// <summary>The observation it is part of; may be unknown. Null: a root.</summary>
    [Id(2)]
    public string? ParentObservationId { get; init; }

    /// <summary>The kind.</summary>
    [Id(3)]
    public required ObservationType Type { get; init; }

    /// <summary>The name of the step.</summary>
    [Id(4)]
    public string? Name { get; init; }

    /// <summary>When it began.</summary>
    [Id(5)]
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Null while it runs, and for events.</summary>
    [Id(6)]
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>When the first token came.</summary>
    [Id(7)]
    public DateTimeOffset? CompletionStartTime { get; init; }

    /// <summary>The environment; <c>default</c> when nobody said one.</summary>
    [Id(8)]
    public required string Environment { get; init; }

    /// <summary>The severity.</summary>
    [Id(9)]
    public ObservationLevel Level { get; init; } = ObservationLevel.Default;

    /// <summary>Explains the level.</summary>
    [Id(10)]
    public string? StatusMessage { get; init; }

    /// <summary>The version of the component.</summary>
    [Id(11)]
    public string? Version { get; init; }

    /// <summary>The model as the client called it.</summary>
    [Id(12)]
    public string? Model { get; init; }

    /// <summary>JSON text of an object; null: none, or read without text.</summary>
    [Id(13)]
    public string? ModelParameters { get; init; }

    /// <summary>JSON text of an object; null: none, or read without text.</summary>
    [Id(14)]
    public string? Metadata { get; init; }

    /// <summary>JSON text; null: none, or read without text.</summary>
    [Id(15)]
    public string? Input { get; init; }

    /// <summary>JSON text; null: none, or read without text.</summary>
    [Id(16)]
    public string? Output { get; init; }

    /// <summary>The prompt that was used.</summary>
    [Id(17)]
    public string? PromptName { get; init; }

    /// <summary>The version of that prompt.</summary>
    [Id(18)]
    public int? PromptVersion { get; init; }

    /// <summary>Units used by kind, with a <c>total</c>; empty: none was said.</summary>
    [Id(19)]
    public IReadOnlyList<UsageEntry> Usage { get; init; } = [];

    /// <summary>The unit of a legacy usage; null: tokens.</summary>
    [Id(20)]
    public string? UsageUnit { get; init; }

    /// <summary>What it cost and by which price.</summary>
    [Id(21)]
    public ObservationCost Cost { get; init; } = ObservationCost.Unknown;

    /// <summary>When the first row that names it was received.</summary>
    [Id(22)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the newest row that names it was received.</summary>
    [Id(23)]
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The experiment that it is part of; null: none.</summary>
    [Id(24)]
    public ExperimentLink? Experiment { get; init; }

    /// <summary>Whether an application calls it a root of its own, whatever parent it has.</summary>
    [Id(25)]
    public bool IsAppRoot { get; init; }

    /// <summary>Whether it is the root of its application: nothing is above it, or its own process began with it.</summary>
    public bool IsRoot => ParentObservationId is null || IsAppRoot;

    /// <summary>The moment at which it counts in rolling metrics and charts: its end, else its start.</summary>
    public DateTimeOffset CountedAt => EndTime ?? StartTime;

    /// <summary>From start to end; null while it runs and for events.</summary>
    public TimeSpan? Latency => EndTime - StartTime;

    /// <summary>From start to the first token; null when unknown.</summary>
    public TimeSpan? TimeToFirstToken => CompletionStartTime - StartTime;

    /// <summary>Units whose key contains «input» (langfuse-api §4.1).</summary>
    public long InputTokens => Sum("input");

    /// <summary>Units whose key contains «output».</summary>
    public long OutputTokens => Sum("output");

    /// <summary>The units of the key <c>total</c>; 0 without usage.</summary>
    public long TotalTokens
    {
        get
        {
            foreach (var entry in Usage)
            {
                if (entry.Key == "total")
                {
                    return entry.Units;
                }
            }

            return 0;
        }
    }

    private long Sum(string part)
    {
        long sum = 0;
        foreach (var entry in Usage)
        {
            if (entry.Key.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                sum += entry.Units;
            }
        }

        return sum;
    }
}

/// <summary>What an observation cost, in US dollars, and which prices were applied.</summary>
[GenerateSerializer, Immutable, Alias("actors.ObservationCost")]
public sealed record ObservationCost
{
    /// <summary>Nothing is known about the cost.</summary>
    public static ObservationCost Unknown { get; } = new();

    /// <summary>Cost by kind; empty: unknown.</summary>
    [Id(0)]
    public IReadOnlyList<CostEntry> Details { get; init; } = [];

    /// <summary>The whole cost; null: unknown, which is not the same as free.</summary>
    [Id(1)]
    public decimal? TotalUsd { get; init; }

    /// <summary>The model of the price book that matched; null: none.</summary>
    [Id(2)]
    public string? ModelId { get; init; }

    /// <summary>The pricing tier that applied; null: none.</summary>
    [Id(3)]
    public string? TierId { get; init; }

    /// <summary>The name of that tier, for example <c>Standard</c>.</summary>
    [Id(4)]
    public string? TierName { get; init; }

    /// <summary>The tier's price of one input unit.</summary>
    [Id(5)]
    public decimal? InputPrice { get; init; }

    /// <summary>The tier's price of one output unit.</summary>
    [Id(6)]
    public decimal? OutputPrice { get; init; }

    /// <summary>The tier's price of one unit of the total.</summary>
    [Id(7)]
    public decimal? TotalPrice { get; init; }
}
