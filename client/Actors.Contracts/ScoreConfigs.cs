namespace Actors.Contracts;

/// <summary>What scores of one kind may be.</summary>
public sealed record ScoreConfigBody
{
    /// <summary>The config's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name that its scores have.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its project.</summary>
    public required string ProjectId { get; init; }

    /// <summary><c>NUMERIC</c>, <c>CATEGORICAL</c>, <c>BOOLEAN</c> or <c>TEXT</c>.</summary>
    public required string DataType { get; init; }

    /// <summary>Whether new scores are refused.</summary>
    public required bool IsArchived { get; init; }

    /// <summary>The lowest number; null: any.</summary>
    public double? MinValue { get; init; }

    /// <summary>The highest number; null: any.</summary>
    public double? MaxValue { get; init; }

    /// <summary>The labels that can be chosen; null for numbers and texts.</summary>
    public IReadOnlyList<ScoreCategoryBody>? Categories { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }
}

/// <summary>A label that can be chosen.</summary>
/// <param name="Label">The label.</param>
/// <param name="Value">Its number.</param>
public sealed record ScoreCategoryBody(string Label, double Value);
