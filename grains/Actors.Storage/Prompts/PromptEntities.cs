using Actors.Prompts;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Prompts;

/// <summary>A prompt: what all versions of a name share. It goes with the last of its versions.</summary>
internal sealed class Prompt
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string Name { get; set; }

    public PromptType Type { get; set; }

    public List<string> Tags { get; set; } = [];

    public List<PromptVersion> Versions { get; } = [];

    public List<PromptLabel> Labels { get; } = [];
}

/// <summary>One version of a prompt.</summary>
internal sealed class PromptVersion
{
    public required string Id { get; set; }

    public required string PromptId { get; set; }

    public Prompt? Prompt { get; set; }

    public int Version { get; set; }

    public required string Content { get; set; }

    public required string Config { get; set; }

    public string? CommitMessage { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<PromptLabel> Labels { get; } = [];
}

/// <summary>A label of a prompt. Its key lets it point at one version only, so moving it is one update.</summary>
internal sealed class PromptLabel
{
    public required string PromptId { get; set; }

    public required string Label { get; set; }

    public required string VersionId { get; set; }

    public PromptVersion? Version { get; set; }
}

/// <summary>What a version embeds, for the question who would break when a version goes.</summary>
internal sealed class PromptDependency
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string ParentId { get; set; }

    public PromptVersion? Parent { get; set; }

    public required string ChildName { get; set; }

    public int? ChildVersion { get; set; }

    public string? ChildLabel { get; set; }
}

internal sealed class PromptEntitiesMap :
    IEntityTypeConfiguration<Prompt>,
    IEntityTypeConfiguration<PromptVersion>,
    IEntityTypeConfiguration<PromptLabel>,
    IEntityTypeConfiguration<PromptDependency>
{
    public void Configure(EntityTypeBuilder<Prompt> builder)
    {
        builder.ToTable("prompts").HasKey(p => p.Id);
        builder.HasIndex(p => new { p.ProjectId, p.Name }).IsUnique();
        builder.HasOne<Project>().WithMany().HasForeignKey(p => p.ProjectId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(p => p.Labels).WithOne().HasForeignKey(l => l.PromptId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PromptVersion> builder)
    {
        builder.ToTable("prompt_versions").HasKey(v => v.Id);
        builder.HasIndex(v => new { v.PromptId, v.Version }).IsUnique();
        builder.HasOne(v => v.Prompt).WithMany(p => p.Versions).HasForeignKey(v => v.PromptId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PromptLabel> builder)
    {
        builder.ToTable("prompt_labels").HasKey(l => new { l.PromptId, l.Label });
        builder.HasOne(l => l.Version).WithMany(v => v.Labels).HasForeignKey(l => l.VersionId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PromptDependency> builder)
    {
        builder.ToTable("prompt_dependencies").HasKey(d => d.Id);
        builder.HasIndex(d => new { d.ProjectId, d.ChildName });
        builder.HasOne(d => d.Parent).WithMany().HasForeignKey(d => d.ParentId).OnDelete(DeleteBehavior.Cascade);
    }
}
