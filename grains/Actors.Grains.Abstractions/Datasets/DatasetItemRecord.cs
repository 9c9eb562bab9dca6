namespace Actors.Datasets;

/// <summary>Whether an item takes part.</summary>
public enum DatasetItemStatus
{
    /// <summary>It is listed and run.</summary>
    Active,

    /// <summary>It is kept, but neither listed nor run.</summary>
    Archived,
}

/// <summary>One version of an item of a dataset.</summary>
public sealed record DatasetItemRecord
{
    /// <summary>The longest id that a client may choose, in characters.</summary>
    public const int MaxIdLength = 255;

    /// <summary>Its id: one item of a project has it.</summary>
    public required string Id { get; init; }

    /// <summary>The dataset it is part of.</summary>
    public required string DatasetId { get; init; }

    /// <summary>The name of that dataset.</summary>
    public required string DatasetName { get; init; }

    /// <summary>Whether it takes part.</summary>
    public DatasetItemStatus Status { get; init; }

    /// <summary>JSON text of any value; null: none.</summary>
    public string? Input { get; init; }

    /// <summary>JSON text of any value; null: none.</summary>
    public string? ExpectedOutput { get; init; }

    /// <summary>JSON text of any value; null: none.</summary>
    public string? Metadata { get; init; }

    /// <summary>The trace it was taken from.</summary>
    public string? SourceTraceId { get; init; }

    /// <summary>The observation it was taken from.</summary>
    public string? SourceObservationId { get; init; }

    /// <summary>When its first version was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this version was written: from then on it is valid.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What to save of an item. A field that is not said keeps its value; in a new item it has none.</summary>
/// <param name="DatasetName">The dataset it is part of.</param>
/// <param name="Id">Which item, made when there is none; null: a new one.</param>
public sealed record DatasetItemDraft(string DatasetName, string? Id)
{
    /// <summary>JSON text.</summary>
    public FieldChange Input { get; init; }

    /// <summary>JSON text.</summary>
    public FieldChange ExpectedOutput { get; init; }

    /// <summary>JSON text.</summary>
    public FieldChange Metadata { get; init; }

    /// <summary>The trace it was taken from.</summary>
    public FieldChange SourceTraceId { get; init; }

    /// <summary>The observation it was taken from.</summary>
    public FieldChange SourceObservationId { get; init; }

    /// <summary>Whether it takes part; null: as before, a new one does.</summary>
    public DatasetItemStatus? Status { get; init; }
}

/// <summary>What became of saving an item.</summary>
public enum DatasetItemResult
{
    /// <summary>It is stored.</summary>
    Saved,

    /// <summary>There is no dataset of that name.</summary>
    UnknownDataset,

    /// <summary>An item of another dataset has the id.</summary>
    IdTaken,

    /// <summary>It does not fit the schemas of the dataset.</summary>
    DoesNotFit,
}

/// <summary>What became of saving an item.</summary>
/// <param name="Result">Whether it was stored.</param>
/// <param name="Item">The item as it is now, when it was.</param>
/// <param name="Detail">Why it does not fit, for people.</param>
public sealed record DatasetItemOutcome(DatasetItemResult Result, DatasetItemRecord? Item = null, string? Detail = null);

/// <summary>Which active items. Null filters match all.</summary>
/// <param name="Page">Which page.</param>
public sealed record DatasetItemQuery(PageRequest Page)
{
    /// <summary>The id of the dataset.</summary>
    public string? DatasetId { get; init; }

    /// <summary>The trace they were taken from.</summary>
    public string? SourceTraceId { get; init; }

    /// <summary>The observation they were taken from.</summary>
    public string? SourceObservationId { get; init; }

    /// <summary>The moment whose versions are wanted; null: now.</summary>
    public DateTimeOffset? Version { get; init; }
}
