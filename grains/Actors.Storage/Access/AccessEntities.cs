using Actors.Access;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Access;

/// <summary>A person.</summary>
internal sealed class User
{
    public required string Id { get; set; }

    /// <summary>As it was given.</summary>
    public required string Email { get; set; }

    /// <summary>In lower case, by which people are found.</summary>
    public required string EmailKey { get; set; }

    public string? Name { get; set; }

    public string? PasswordHash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A person's role in an organization.</summary>
internal sealed class OrganizationMembership
{
    public required string OrganizationId { get; set; }

    public required string UserId { get; set; }

    public User? User { get; set; }

    public Role Role { get; set; }
}

/// <summary>A person's role in one project, instead of the organization's.</summary>
internal sealed class ProjectMembership
{
    public required string ProjectId { get; set; }

    public Project? Project { get; set; }

    public required string UserId { get; set; }

    public User? User { get; set; }

    public Role Role { get; set; }
}

/// <summary>A deleted project whose data is still to be erased.</summary>
internal sealed class ProjectErasure
{
    public required string ProjectId { get; set; }

    public DateTimeOffset RequestedAt { get; set; }
}

internal sealed class AccessEntitiesMap :
    IEntityTypeConfiguration<User>,
    IEntityTypeConfiguration<OrganizationMembership>,
    IEntityTypeConfiguration<ProjectMembership>,
    IEntityTypeConfiguration<ProjectErasure>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users").HasKey(u => u.Id);
        builder.HasIndex(u => u.EmailKey).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OrganizationMembership> builder)
    {
        builder.ToTable("organization_memberships").HasKey(m => new { m.OrganizationId, m.UserId });
        builder.Property(m => m.Role).HasConversion(role => role.ToWire(), text => RoleNames.Parse(text) ?? Role.None);
        builder.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(m => m.User).WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ProjectMembership> builder)
    {
        builder.ToTable("project_memberships").HasKey(m => new { m.ProjectId, m.UserId });
        builder.Property(m => m.Role).HasConversion(role => role.ToWire(), text => RoleNames.Parse(text) ?? Role.None);
        builder.HasOne(m => m.Project).WithMany().HasForeignKey(m => m.ProjectId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(m => m.User).WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ProjectErasure> builder) => builder.ToTable("project_erasures").HasKey(e => e.ProjectId);
}
