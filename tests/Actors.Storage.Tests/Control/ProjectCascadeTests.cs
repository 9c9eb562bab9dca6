using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Actors.Storage.Control;

/// <summary>
/// A deleted project takes its rows with it. Nothing else removes them, so a table without the reference that does would keep
/// what a tenant was promised is gone.
/// </summary>
public sealed class ProjectCascadeTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly DataDirectory _directory;
    private readonly ControlDatabase _database;

    public ProjectCascadeTests()
    {
        _directory = DataDirectory.Open(_temp.Path);
        _database = new ControlDatabase(_directory);
    }

    [Fact]
    public void Every_entity_of_a_project_cascades_from_it()
    {
        using var context = _database.CreateDbContext();
        var ofProjects = context.Model.GetEntityTypes().Where(e => e.FindProperty(nameof(ApiKey.ProjectId)) is not null).ToList();

        // What is left to erase outside of these tables has to outlive the project.
        Assert.Equal(["project_erasures"], ofProjects.Where(e => !Cascades(e, [])).Select(e => e.GetTableName()));
    }

    public void Dispose()
    {
        _directory.Dispose();
        _temp.Dispose();
    }

    // Directly, or by way of a parent that every row has: a reference that may be missing would leave rows behind.
    private static bool Cascades(IEntityType entity, HashSet<IEntityType> seen) => seen.Add(entity) && entity.GetForeignKeys().Any(key =>
        key.DeleteBehavior == DeleteBehavior.Cascade
        && (key.PrincipalEntityType.ClrType == typeof(Project)
            ? key.Properties is [{ Name: nameof(ApiKey.ProjectId) }]
            : key.IsRequired && Cascades(key.PrincipalEntityType, seen)));
}
