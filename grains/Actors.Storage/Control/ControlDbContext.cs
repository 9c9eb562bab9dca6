using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Actors.Storage.Control;

/// <summary>The relational control plane.</summary>
internal sealed class ControlDbContext(DbContextOptions<ControlDbContext> options) : DbContext(options)
{
    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Organization>(organization =>
        {
            organization.ToTable("organizations");
            organization.HasKey(o => o.Id);
            organization.Property(o => o.Id).HasColumnName("id");
            organization.Property(o => o.Name).HasColumnName("name");
            organization.Property(o => o.CreatedAt).HasColumnName("created_at");
        });
        modelBuilder.Entity<Project>(project =>
        {
            project.ToTable("projects");
            project.HasKey(p => p.Id);
            project.Property(p => p.Id).HasColumnName("id");
            project.Property(p => p.Name).HasColumnName("name");
            project.Property(p => p.OrganizationId).HasColumnName("organization_id");
            project.Property(p => p.CreatedAt).HasColumnName("created_at");
            project.HasOne(p => p.Organization).WithMany().HasForeignKey(p => p.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys");
            key.HasKey(k => k.PublicKey);
            key.Property(k => k.PublicKey).HasColumnName("public_key");
            key.Property(k => k.ProjectId).HasColumnName("project_id");
            key.Property(k => k.SecretHash).HasColumnName("secret_hash");
            key.Property(k => k.SecretDisplay).HasColumnName("secret_display");
            key.Property(k => k.Note).HasColumnName("note");
            key.Property(k => k.CreatedAt).HasColumnName("created_at");
            key.HasIndex(k => k.SecretHash).IsUnique();
            key.HasOne(k => k.Project).WithMany().HasForeignKey(k => k.ProjectId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}

/// <summary>Times as milliseconds since 1970, like everywhere in the stores.</summary>
internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
