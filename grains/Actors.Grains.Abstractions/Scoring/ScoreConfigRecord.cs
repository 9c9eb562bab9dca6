using Actors.Tracing;

namespace Actors.Scoring;

/// <summary>What scores of one kind may be.</summary>
public sealed record ScoreConfigRecord
{
    /// <summary>The config's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name that all scores of this config have.</summary>
    public required string Name { get; init; }

    /// <summary>The type of their values; never <see cref="ScoreDataType.Correction"/>.</summary>
    public required ScoreDataType DataType { get; init; }

    /// <summary>Whether new scores are refused.</summary>
    public bool IsArchived { get; init; }

    /// <summary>The lowest number (<see cref="ScoreDataType.Numeric"/>); null: any.</summary>
    public double? MinValue { get; init; }

    /// <summary>The highest number (<see cref="ScoreDataType.Numeric"/>); null: any.</summary>
    public double? MaxValue { get; init; }

    /// <summary>The labels that can be chosen, with numbers for sums; null for numbers and texts.</summary>
    public IReadOnlyList<ScoreCategory>? Categories { get; init; }

    /// <summary>What it is for; null: nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A label that can be chosen.</summary>
/// <param name="Label">The label, unique in its config.</param>
/// <param name="Value">Its number, unique in its config.</param>
public sealed record ScoreCategory(string Label, double Value);

/// <summary>A change of a config: what is null stays.</summary>
public sealed record ScoreConfigChange
{
    /// <summary>The name of scores from now on.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Whether new scores are refused.</summary>
    public bool? IsArchived { get; init; }

    /// <summary>The labels that can be chosen.</summary>
    public IReadOnlyList<ScoreCategory>? Categories { get; init; }

    /// <summary>The lowest number.</summary>
    public double? MinValue { get; init; }

    /// <summary>The highest number.</summary>
    public double? MaxValue { get; init; }
}
