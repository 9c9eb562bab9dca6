using Actors.Access;

namespace Actors.Storage.Control;

/// <summary>A control plane of its own for each test, with two projects.</summary>
public abstract class ControlTest : IAsyncLifetime
{
    private readonly TempDirectory _temp = new();
    private readonly DataDirectory _directory;

    protected ControlTest()
    {
        _directory = DataDirectory.Open(_temp.Path);
        Database = new ControlDatabase(_directory);
    }

    protected static ProjectId One { get; } = new("one");

    protected static ProjectId Two { get; } = new("two");

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected ControlDatabase Database { get; }

    public async ValueTask InitializeAsync()
    {
        await Database.MigrateAsync(Ct);
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
                Ct);
        }
    }

    public ValueTask DisposeAsync()
    {
        Database.Dispose();
        _directory.Dispose();
        _temp.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a statement beside the stores.</summary>
    private protected async Task ExecuteAsync(string sql)
    {
        await using var connection = await Database.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }
}
