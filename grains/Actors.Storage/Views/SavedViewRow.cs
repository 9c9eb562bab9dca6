using Actors.Storage.Control;
using Actors.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Views;

/// <summary>A saved view.</summary>
internal sealed class SavedViewRow
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string Page { get; set; }

    public required string Name { get; set; }

    public required string Query { get; set; }

    public bool IsDefault { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public SavedView ToView() => new()
    {
        Id = Id,
        Page = Page,
        Name = Name,
        Query = Query,
        IsDefault = IsDefault,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}

internal sealed class SavedViewRowMap : IEntityTypeConfiguration<SavedViewRow>
{
    public void Configure(EntityTypeBuilder<SavedViewRow> builder)
    {
        builder.ToTable("saved_views").HasKey(v => v.Id);
        builder.HasIndex(v => new { v.ProjectId, v.Page, v.Name }).IsUnique();
        builder.HasOne<Project>().WithMany().HasForeignKey(v => v.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
