using Actors.Access;

namespace Actors.Storage.Control;

/// <summary>A control plane of its own on one of the engines, with the projects <c>one</c> and <c>two</c>.</summary>
public abstract class ControlPlane : IAsyncLifetime
{
    private readonly TempDirectory _temp = new();
    private readonly List<ControlDatabase> _databases = [];

    public static ProjectId One { get; } = new("one");

    public static ProjectId Two { get; } = new("two");

    internal DataDirectory Directory { get; private set; } = null!;

    internal SharedDirectory Shared { get; private set; } = null!;

    internal ControlDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Directory = DataDirectory.Open(_temp.Path);
        Shared = SharedDirectory.Open(new StorageOptions { DataDirectory = _temp.Path, Storage = Engine });
        await CreateAsync(CancellationToken.None);
        Database = Connect();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.StopListeningAsync();
            database.Dispose();
        }

        Directory.Dispose();
        _temp.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a statement beside the stores.</summary>
    internal Task<int> ExecuteAsync(string sql) => Database.ReadAsync(
        async connection =>
        {
            await using var command = connection.Command(sql);
            return await command.ExecuteNonQueryAsync(CancellationToken.None);
        },
        CancellationToken.None);

    /// <summary>The value of the setting <c>Actors:Storage</c>.</summary>
    protected abstract string Engine { get; }

    /// <summary>Makes the database with both projects.</summary>
    protected abstract Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Opens what was made, as one more node does.</summary>
    private protected abstract ControlDatabase Open();

    private protected ControlDatabase Connect()
    {
        var database = Open();
        _databases.Add(database);
        return database;
    }

    private protected static async Task SetUpAsync(ControlDatabase database, CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken);
        var projects = new ProjectDirectory(database, TimeProvider.System);
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
                cancellationToken);
        }
    }
}
