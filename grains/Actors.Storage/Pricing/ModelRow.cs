using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Pricing;

/// <summary>A model that a project defined. Rows stay when the model is removed: what it priced keeps its cost.</summary>
internal sealed class ModelRow
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public Project? Project { get; set; }

    public required string Name { get; set; }

    public required string MatchPattern { get; set; }

    public DateTimeOffset? StartDate { get; set; }

    public string? Unit { get; set; }

    public string? TokenizerId { get; set; }

    public string? TokenizerConfig { get; set; }

    /// <summary>The tiers as <see cref="TierJson"/> writes them.</summary>
    public required string Tiers { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The first revision of the project's models that has it.</summary>
    public int AddedIn { get; set; }

    /// <summary>The first revision that no longer has it.</summary>
    public int? RemovedIn { get; set; }
}

internal sealed class ModelRowMap : IEntityTypeConfiguration<ModelRow>
{
    public void Configure(EntityTypeBuilder<ModelRow> builder)
    {
        builder.ToTable("models").HasKey(m => m.Id);
        builder.HasIndex(m => new { m.ProjectId, m.AddedIn }).IsUnique();
        builder.HasOne(m => m.Project).WithMany().HasForeignKey(m => m.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
