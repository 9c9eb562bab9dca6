using Actors.Testing.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Actors.Storage.Control;

/// <summary>
/// A deleted project takes its rows with it. Nothing else removes them, so a table without the reference that does would keep
/// what a tenant was promised is gone.
/// </summary>
public abstract class ProjectCascadeTests(ControlPlane plane) : ControlTest(plane)
{
    [Fact]
    public void Every_entity_of_a_project_cascades_from_it()
    {
        using var context = Database.CreateDbContext();
        var ofProjects = context.Model.GetEntityTypes().Where(e => e.FindProperty(nameof(ApiKey.ProjectId)) is not null).ToList();

        // What is left to erase outside of these tables has to outlive the project.
        Assert.Equal(["project_erasures"], ofProjects.Where(e => !Cascades(e, [])).Select(e => e.GetTableName()));
    }

    // Directly, or by way of a parent that every row has: a reference that may be missing would leave rows behind.
    private static bool Cascades(IEntityType entity, HashSet<IEntityType> seen) => seen.Add(entity) && entity.GetForeignKeys().Any(key =>
        key.DeleteBehavior == DeleteBehavior.Cascade
        && (key.PrincipalEntityType.ClrType == typeof(Project)
            ? key.Properties is [{ Name: nameof(ApiKey.ProjectId) }]
            : key.IsRequired && Cascades(key.PrincipalEntityType, seen)));
}

public sealed class SqliteProjectCascadeTests() : ProjectCascadeTests(new SqliteControlPlane());

public sealed class PostgresProjectCascadeTests(PostgresServer server) : ProjectCascadeTests(new PostgresControlPlane(server));
