using Actors.Media;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Media;

/// <summary>A file of a project.</summary>
internal sealed class MediaObject
{
    public required string ProjectId { get; set; }

    public Project? Project { get; set; }

    public required string MediaId { get; set; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Hash { get; set; }

    public required string ContentType { get; set; }

    public long ContentLength { get; set; }

    /// <summary>When a client last said that it has the file.</summary>
    public DateTimeOffset AnnouncedAt { get; set; }

    public DateTimeOffset? UploadedAt { get; set; }

    public int? UploadStatus { get; set; }

    public string? UploadError { get; set; }

    public MediaRecord ToRecord() => new()
    {
        Id = MediaId,
        Hash = MediaHash.FromHex(Hash),
        ContentType = ContentType,
        ContentLength = ContentLength,
        UploadedAt = UploadedAt,
        UploadStatus = UploadStatus,
    };
}

/// <summary>What a file belongs to.</summary>
internal sealed class MediaUse
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string MediaId { get; set; }

    public MediaObject? Media { get; set; }

    public string? TraceId { get; set; }

    public string? ObservationId { get; set; }

    public string? DatasetId { get; set; }

    public string? DatasetItemId { get; set; }

    public required string Field { get; set; }

    /// <summary>The deletion of the trace that takes this along; null: the trace is not about to be deleted.</summary>
    public string? RemovalId { get; set; }

    /// <summary>When that began.</summary>
    public DateTimeOffset? RemovalAt { get; set; }
}

internal sealed class MediaEntitiesMap : IEntityTypeConfiguration<MediaObject>, IEntityTypeConfiguration<MediaUse>
{
    public void Configure(EntityTypeBuilder<MediaObject> builder)
    {
        builder.ToTable("media").HasKey(m => new { m.ProjectId, m.MediaId });
        builder.HasIndex(m => m.AnnouncedAt);
        builder.HasOne(m => m.Project).WithMany().HasForeignKey(m => m.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<MediaUse> builder)
    {
        builder.ToTable("media_uses").HasKey(u => u.Id);
        builder.HasIndex(u => new { u.ProjectId, u.MediaId });
        builder.HasIndex(u => new { u.ProjectId, u.TraceId });
        builder.HasIndex(u => new { u.ProjectId, u.DatasetItemId });
        builder.HasIndex(u => u.RemovalAt);
        builder.HasOne(u => u.Media).WithMany().HasForeignKey(u => new { u.ProjectId, u.MediaId }).OnDelete(DeleteBehavior.Cascade);
    }
}
