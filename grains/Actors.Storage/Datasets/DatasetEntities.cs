using Actors.Datasets;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Datasets;

/// <summary>A dataset of a project.</summary>
internal sealed class Dataset
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public Project? Project { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public string? Metadata { get; set; }

    public string? InputSchema { get; set; }

    public string? ExpectedOutputSchema { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Rises with every version of an item that is written.</summary>
    public long Revision { get; set; }

    public DatasetRecord ToRecord() => new()
    {
        Id = Id,
        Name = Name,
        Description = Description,
        Metadata = Metadata,
        InputSchema = InputSchema,
        ExpectedOutputSchema = ExpectedOutputSchema,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}

/// <summary>A version of an item: valid from one moment to the next, or the mark that it was deleted.</summary>
internal sealed class DatasetItemVersion
{
    public required string ProjectId { get; set; }

    public required string ItemId { get; set; }

    public DateTimeOffset ValidFrom { get; set; }

    /// <summary>Null: the newest version.</summary>
    public DateTimeOffset? ValidTo { get; set; }

    public required string DatasetId { get; set; }

    public Dataset? Dataset { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>The dataset's revision that this version made.</summary>
    public long Revision { get; set; }

    public DatasetItemStatus Status { get; set; }

    public string? Input { get; set; }

    public string? ExpectedOutput { get; set; }

    public string? Metadata { get; set; }

    public string? SourceTraceId { get; set; }

    public string? SourceObservationId { get; set; }

    /// <summary>When the first version was written.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    public DatasetItemRecord ToRecord(string datasetName) => new()
    {
        Id = ItemId,
        DatasetId = DatasetId,
        DatasetName = datasetName,
        Status = Status,
        Input = Input,
        ExpectedOutput = ExpectedOutput,
        Metadata = Metadata,
        SourceTraceId = SourceTraceId,
        SourceObservationId = SourceObservationId,
        CreatedAt = CreatedAt,
        UpdatedAt = ValidFrom,
    };
}

/// <summary>A run over a dataset.</summary>
internal sealed class DatasetRun
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string DatasetId { get; set; }

    public Dataset? Dataset { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public string? Metadata { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DatasetRunRecord ToRecord() => new()
    {
        Id = Id,
        Name = Name,
        Description = Description,
        Metadata = Metadata,
        DatasetId = DatasetId,
        DatasetName = Dataset!.Name,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}

/// <summary>A link between an item and a trace, in a run.</summary>
internal sealed class DatasetRunItem
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string RunId { get; set; }

    public DatasetRun? Run { get; set; }

    public required string ItemId { get; set; }

    public required string TraceId { get; set; }

    public string? ObservationId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DatasetRunItemRecord ToRecord(DatasetRun run) => new()
    {
        Id = Id,
        RunId = run.Id,
        RunName = run.Name,
        DatasetId = run.DatasetId,
        ItemId = ItemId,
        TraceId = TraceId,
        ObservationId = ObservationId,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}

internal sealed class DatasetEntitiesMap :
    IEntityTypeConfiguration<Dataset>,
    IEntityTypeConfiguration<DatasetItemVersion>,
    IEntityTypeConfiguration<DatasetRun>,
    IEntityTypeConfiguration<DatasetRunItem>
{
    public void Configure(EntityTypeBuilder<Dataset> builder)
    {
        builder.ToTable("datasets").HasKey(d => d.Id);
        builder.HasIndex(d => new { d.ProjectId, d.Name }).IsUnique();
        builder.HasOne(d => d.Project).WithMany().HasForeignKey(d => d.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DatasetItemVersion> builder)
    {
        builder.ToTable("dataset_item_versions").HasKey(i => new { i.ProjectId, i.ItemId, i.ValidFrom });
        builder.HasIndex(i => new { i.DatasetId, i.ValidTo, i.CreatedAt });
        builder.HasIndex(i => new { i.DatasetId, i.Revision });
        builder.HasIndex(i => new { i.ProjectId, i.SourceTraceId });
        builder.HasOne(i => i.Dataset).WithMany().HasForeignKey(i => i.DatasetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DatasetRun> builder)
    {
        builder.ToTable("dataset_runs").HasKey(r => r.Id);
        builder.HasIndex(r => new { r.DatasetId, r.Name }).IsUnique();
        builder.HasIndex(r => new { r.ProjectId, r.UpdatedAt });
        builder.HasOne(r => r.Dataset).WithMany().HasForeignKey(r => r.DatasetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DatasetRunItem> builder)
    {
        builder.ToTable("dataset_run_items").HasKey(i => i.Id);
        builder.HasIndex(i => new { i.RunId, i.ItemId });
        builder.HasIndex(i => new { i.ProjectId, i.CreatedAt });
        builder.HasOne(i => i.Run).WithMany().HasForeignKey(i => i.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
