using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Control;

/// <summary>An organization: owns projects.</summary>
internal sealed class Organization
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    /// <summary>JSON text of an object.</summary>
    public string Metadata { get; set; } = "{}";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<Project> Projects { get; } = [];
}

/// <summary>A project: owns traces, and is the boundary between tenants.</summary>
internal sealed class Project
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    public required string OrganizationId { get; set; }

    public Organization? Organization { get; set; }

    /// <summary>JSON text of an object.</summary>
    public string Metadata { get; set; } = "{}";

    /// <summary>Null: data is kept for ever.</summary>
    public int? RetentionDays { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A pair of keys that opens a project or an organization. The secret itself is never stored.</summary>
internal sealed class ApiKey
{
    public required string PublicKey { get; set; }

    /// <summary>Null: the key is an organization's.</summary>
    public string? ProjectId { get; set; }

    public Project? Project { get; set; }

    /// <summary>Null: the key is a project's.</summary>
    public string? OrganizationId { get; set; }

    public Organization? Organization { get; set; }

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
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.ToTable("organizations").HasKey(o => o.Id);

        // Rows that are older than these columns were never changed.
        builder.Property(o => o.Metadata).HasDefaultValue("{}");
        builder.Property(o => o.UpdatedAt).HasDefaultValue(DateTimeOffset.UnixEpoch);
    }

    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.ToTable("projects").HasKey(p => p.Id);
        builder.Property(p => p.Metadata).HasDefaultValue("{}");
        builder.Property(p => p.UpdatedAt).HasDefaultValue(DateTimeOffset.UnixEpoch);
        builder.HasOne(p => p.Organization).WithMany(o => o.Projects).HasForeignKey(p => p.OrganizationId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys", table => table.HasCheckConstraint(
            "api_keys_one_owner", "(project_id IS NULL) <> (organization_id IS NULL)"));
        builder.HasKey(k => k.PublicKey);
        builder.HasIndex(k => k.SecretHash).IsUnique();
        builder.HasOne(k => k.Project).WithMany().HasForeignKey(k => k.ProjectId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(k => k.Organization).WithMany().HasForeignKey(k => k.OrganizationId).OnDelete(DeleteBehavior.Cascade);
    }
}
