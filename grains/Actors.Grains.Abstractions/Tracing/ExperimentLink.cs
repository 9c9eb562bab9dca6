namespace Actors.Tracing;

/// <summary>
/// The experiment that an observation is part of, as the client said it. In an event null means «not said»; in a record
/// it means that nobody said it.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.ExperimentLink")]
public sealed record ExperimentLink
{
    /// <summary>The id of the experiment: one run over a dataset, or over data that the client brought.</summary>
    [Id(0)]
    public string? Id { get; init; }

    /// <summary>The name of the experiment.</summary>
    [Id(1)]
    public string? Name { get; init; }

    /// <summary>What the experiment is about; absent when read without text.</summary>
    [Id(2)]
    public string? Description { get; init; }

    /// <summary>JSON text of the metadata of the experiment; absent when read without text.</summary>
    [Id(3)]
    public string? Metadata { get; init; }

    /// <summary>The dataset that the item is from; null for data that the client brought.</summary>
    [Id(4)]
    public string? DatasetId { get; init; }

    /// <summary>The id of the item that was run.</summary>
    [Id(5)]
    public string? ItemId { get; init; }

    /// <summary>The moment from which that version of the item was valid.</summary>
    [Id(6)]
    public DateTimeOffset? ItemVersion { get; init; }

    /// <summary>JSON text of the metadata of the item; absent when read without text.</summary>
    [Id(7)]
    public string? ItemMetadata { get; init; }

    /// <summary>The observation that stands for the whole run of the item.</summary>
    [Id(8)]
    public string? ItemRootObservationId { get; init; }

    /// <summary>JSON text of the output that was expected; absent when read without text.</summary>
    [Id(9)]
    public string? ItemExpectedOutput { get; init; }

    /// <summary>This link as a fold without text sees it; null when nothing is left of it.</summary>
    public ExperimentLink? WithoutText()
    {
        var rest = this with { Description = null, Metadata = null, ItemMetadata = null, ItemExpectedOutput = null };
        return rest == new ExperimentLink() ? null : rest;
    }

    /// <summary>What both say; where they differ, <paramref name="later"/> counts.</summary>
    public ExperimentLink Merge(ExperimentLink later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return new ExperimentLink
        {
            Id = later.Id ?? Id,
            Name = later.Name ?? Name,
            Description = later.Description ?? Description,
            Metadata = later.Metadata ?? Metadata,
            DatasetId = later.DatasetId ?? DatasetId,
            ItemId = later.ItemId ?? ItemId,
            ItemVersion = later.ItemVersion ?? ItemVersion,
            ItemMetadata = later.ItemMetadata ?? ItemMetadata,
            ItemRootObservationId = later.ItemRootObservationId ?? ItemRootObservationId,
            ItemExpectedOutput = later.ItemExpectedOutput ?? ItemExpectedOutput,
        };
    }

    /// <summary>The characters of its text.</summary>
    public int TextLength =>
        (Description?.Length ?? 0) + (Metadata?.Length ?? 0) + (ItemMetadata?.Length ?? 0) + (ItemExpectedOutput?.Length ?? 0);
}
