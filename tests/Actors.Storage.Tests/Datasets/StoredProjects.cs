using Actors.Access;
using Actors.Storage.Control;

namespace Actors.Storage.Datasets;

/// <summary>A control plane on a real file, with the projects <c>one</c> and <c>two</c>.</summary>
public sealed class StoredProjects : IAsyncLifetime
{
    private readonly TempDirectory _temp = new();

    public static ProjectId One { get; } = new("one");

    public static ProjectId Two { get; } = new("two");

    internal DataDirectory Directory { get; private set; } = null!;

    internal ControlDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Directory = DataDirectory.Open(_temp.Path);
        Database = new ControlDatabase(Directory);
        await Database.MigrateAsync(CancellationToken.None);
        var projects = new ProjectDirectory(Database, TimeProvider.System);
        foreach (var project in new[] { One, Two })
        {
            await projects.EnsureAsync(
                new ProjectSetup
                {
                    OrganizationId = "org",
                    OrganizationName = "Organization",
                    ProjectId = project,
                    ProjectName = project.Value,
                    PublicKey = $"pk-lf-{project}",
                    SecretKey = $"sk-lf-{project}",
                },
                CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync()
    {
        Database.Dispose();
        Directory.Dispose();
        _temp.Dispose();
        return ValueTask.CompletedTask;
    }
}
