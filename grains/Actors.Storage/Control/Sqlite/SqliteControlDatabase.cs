using System.Data.Common;
using System.Globalization;
using Actors.Nodes;
using Actors.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Control.Sqlite;

/// <summary>
/// The control plane in a file of this process alone. Loading Entity Framework costs half a second, so an ordinary start does
/// without: a new file is made by the script of all migrations, and a file that has them all needs nothing.
/// </summary>
internal sealed class SqliteControlDatabase(DataDirectory directory) : ControlDatabase(new ControlChanges())
{
    /// <summary>The name of the file in the data directory.</summary>
    public const string FileName = "control.db";

    // Not pooled: a connection is rare behind the caches, and a closed file can be copied or moved.
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = directory.File(FileName),
        Pooling = false,
        ForeignKeys = true,
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>All migrations by age.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        "20261123210328_InitialCreate", "20261125000000_Contract", "20261125090921_Feedback", "20261125171322_Dashboards", "20261125180646_SavedViews",
    ];

    /// <summary>What makes a new file: the output of <c>dotnet ef migrations script</c>.</summary>
    public static string CreateScript
    {
        get
        {
            using var stream = typeof(ControlDatabase).Assembly.GetManifestResourceStream("control.sql")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <inheritdoc/>
    public override INodeTurns Turns { get; } = new OnlyNode();

    /// <inheritdoc/>
    public override ControlDbContext CreateDbContext() =>
        new(new DbContextOptionsBuilder<ControlDbContext>().UseSqlite(_connectionString).Options);

    /// <summary>Opens a connection for plain SQL.</summary>
    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await read(connection);
    }

    /// <inheritdoc/>
    public override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var path = directory.File(FileName);
        try
        {
            if (await ReadAppliedAsync(cancellationToken) is not { } applied)
            {
                return;
            }

            if (applied.FirstOrDefault(m => !Migrations.Contains(m)) is { } newer)
            {
                throw new StorageSetupException(
                    $"The database '{path}' was made by a newer version (migration {newer}). Start the newer version, or set {DataDirectory.Setting} to another directory.");
            }

            if (applied.Count < Migrations.Count)
            {
                await using var context = CreateDbContext();
                await context.Database.MigrateAsync(cancellationToken);
            }
        }
        catch (SqliteException e)
        {
            throw SqliteFile.Explain(path, e);
        }
    }

    /// <inheritdoc/>
    protected override ControlDbContext CreateDbContext(DbConnection connection) =>
        new(new DbContextOptionsBuilder<ControlDbContext>().UseSqlite(connection).Options);

    /// <inheritdoc/>
    protected override async Task<T> TransactAsync<T>(
        ControlChange told, Func<DbConnection, DbTransaction, Task<T>> change, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);

        // Takes the file for writing at once; one that would take it with its first change could lose it to another by then.
        await using var transaction = connection.BeginTransaction(deferred: false);
        var result = await change(connection, transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    // Null: the file was new and is complete now.
    private async Task<List<string>?> ReadAppliedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema";
        if (Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 0)
        {
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute(CreateScript);
            return null;
        }

        command.CommandText = """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetString(0));
        }

        return applied;
    }
}
