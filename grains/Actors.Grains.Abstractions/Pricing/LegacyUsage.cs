namespace Actors.Pricing;

/// <summary>The deprecated <c>usage</c> of an observation, in either of its two shapes.</summary>
public sealed record LegacyUsage
{
    /// <summary>Units of input.</summary>
    public long? Input { get; init; }

    /// <summary>Units of output.</summary>
    public long? Output { get; init; }

    /// <summary>Units altogether.</summary>
    public long? Total { get; init; }

    /// <summary>What is counted, for example <c>TOKENS</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>US dollars.</summary>
    public decimal? InputCost { get; init; }

    /// <summary>US dollars.</summary>
    public decimal? OutputCost { get; init; }

    /// <summary>US dollars.</summary>
    public decimal? TotalCost { get; init; }
}
