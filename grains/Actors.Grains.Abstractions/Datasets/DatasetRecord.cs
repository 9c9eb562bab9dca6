namespace Actors.Datasets;

/// <summary>A dataset: named examples to run an application against.</summary>
public sealed record DatasetRecord
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 1000;

    /// <summary>The longest name in bytes of UTF-8: what an index of PostgreSQL has room for.</summary>
    public const int MaxNameBytes = 2400;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name: one dataset of a project has it. Slashes make folders of it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>JSON text of any value.</summary>
    public string? Metadata { get; init; }

    /// <summary>JSON text of the schema that the input of every item fits.</summary>
    public string? InputSchema { get; init; }

    /// <summary>JSON text of the schema that the expected output of every item fits.</summary>
    public string? ExpectedOutputSchema { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last saved.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What to save of a dataset. A field that is not said keeps its value.</summary>
/// <param name="Name">Which dataset; made when there is none of that name.</param>
public sealed record DatasetDraft(string Name)
{
    /// <summary>What it is for.</summary>
    public FieldChange Description { get; init; }

    /// <summary>JSON text.</summary>
    public FieldChange Metadata { get; init; }

    /// <summary>JSON text of a schema; all items must fit it.</summary>
    public FieldChange InputSchema { get; init; }

    /// <summary>JSON text of a schema; all items must fit it.</summary>
    public FieldChange ExpectedOutputSchema { get; init; }
}

/// <summary>What became of saving a dataset: exactly one is set.</summary>
/// <param name="Dataset">The dataset as it is now.</param>
/// <param name="Problem">Why nothing was saved.</param>
public sealed record DatasetOutcome(DatasetRecord? Dataset, DatasetProblem? Problem = null);

/// <summary>Why a dataset was not saved.</summary>
/// <param name="Field">The schema that is none, <c>inputSchema</c> or <c>expectedOutputSchema</c>; null: there are items that do not fit.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record DatasetProblem(string? Field, string Message);

/// <summary>The contents of a dataset by name, for its oldest form on the wire.</summary>
/// <param name="ItemIds">The ids of its active items, newest first.</param>
/// <param name="RunNames">The names of its runs, newest first.</param>
public sealed record DatasetContents(IReadOnlyList<string> ItemIds, IReadOnlyList<string> RunNames);
