using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Control;

/// <summary>An organization: owns projects.</summary>
internal sealed class Organization
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A project: owns traces, and is the boundary between tenants.</summary>
internal sealed class Project
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    public required string OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A pair of keys that opens a project. The secret itself is never stored.</summary>
internal sealed class ApiKey
{
    public required string PublicKey { get; set; }

    public required string ProjectId { get; set; }

    public Project? Project { get; set; }

    /// <summary>SHA-256 of the secret key's UTF-8, in lower-case hexadecimal.</summary>
    public required string SecretHash { get; set; }

    /// <summary>What people see of the secret, for example <c>sk-lf-...abcd</c>.</summary>
    public required string SecretDisplay { get; set; }

    public string? Note { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class ControlEntitiesMap :
    IEntityTypeConfiguration<Organization>, IEntityTypeConfiguration<Project>, IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<Organization> builder) => builder.ToTable("organizations").HasKey(o => o.Id);

    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.ToTable("projects").HasKey(p => p.Id);
        builder.HasOne(p => p.Organization).WithMany().HasForeignKey(p => p.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys").HasKey(k => k.PublicKey);
        builder.HasIndex(k => k.SecretHash).IsUnique();
        builder.HasOne(k => k.Project).WithMany().HasForeignKey(k => k.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
