using Actors.Annotation;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Annotation;

/// <summary>An annotation queue.</summary>
internal sealed class AnnotationQueue
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public List<string> ScoreConfigIds { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public AnnotationQueueRecord ToRecord() => new(Id, Name, Description, ScoreConfigIds, CreatedAt, UpdatedAt);
}

/// <summary>An item of a queue.</summary>
internal sealed class AnnotationItem
{
    public required string Id { get; set; }

    public required string QueueId { get; set; }

    public required string ObjectId { get; set; }

    public AnnotationObject ObjectType { get; set; }

    public AnnotationStatus Status { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public AnnotationItemRecord ToRecord() => new(Id, QueueId, ObjectId, ObjectType, Status, CompletedAt, CreatedAt, UpdatedAt);
}

/// <summary>A person who is responsible for a queue.</summary>
internal sealed class AnnotationAssignment
{
    public required string QueueId { get; set; }

    public required string UserId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class AnnotationEntitiesMap :
    IEntityTypeConfiguration<AnnotationQueue>,
    IEntityTypeConfiguration<AnnotationItem>,
    IEntityTypeConfiguration<AnnotationAssignment>
{
    public void Configure(EntityTypeBuilder<AnnotationQueue> builder)
    {
        builder.ToTable("annotation_queues").HasKey(q => q.Id);
        builder.HasIndex(q => new { q.ProjectId, q.Name }).IsUnique();
        builder.HasOne<Project>().WithMany().HasForeignKey(q => q.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AnnotationItem> builder)
    {
        builder.ToTable("annotation_items").HasKey(i => i.Id);
        builder.HasIndex(i => new { i.QueueId, i.Status, i.CreatedAt });
        builder.HasOne<AnnotationQueue>().WithMany().HasForeignKey(i => i.QueueId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AnnotationAssignment> builder)
    {
        builder.ToTable("annotation_assignments").HasKey(a => new { a.QueueId, a.UserId });
        builder.HasOne<AnnotationQueue>().WithMany().HasForeignKey(a => a.QueueId).OnDelete(DeleteBehavior.Cascade);
    }
}
