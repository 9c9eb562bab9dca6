using System.Globalization;
using Actors.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Control;

/// <summary>
/// The control plane's database: brings the tables up to date and opens connections and contexts. Loading Entity Framework
/// costs half a second, so an ordinary start does without: a new file is made by the script of all migrations, and a file
/// that has them all needs nothing.
/// </summary>
internal sealed class ControlDatabase(DataDirectory directory) : IDbContextFactory<ControlDbContext>, IDisposable
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

    // Writers wait for each other here: a connection that waits for the file polls and blocks a thread meanwhile.
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>All migrations by age.</summary>
    public static IReadOnlyList<string> Migrations { get; } = ["20261123210328_InitialCreate", "20261125000000_Contract", "20261125090921_Feedback"];

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
    public ControlDbContext CreateDbContext() =>
        new(new DbContextOptionsBuilder<ControlDbContext>().UseSqlite(_connectionString).Options);

    /// <summary>
    /// Runs a change in one transaction that excludes every other writer, so what it reads stays true until it is stored: of
    /// two changes of the same thing, the second one sees the first. What the change left in the context is saved at its end;
    /// a change that refuses leaves nothing there.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<ControlDbContext, Task<T>> change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await using var context = CreateDbContext();
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var result = await change(context);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            _writing.Release();
        }
    }

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

    /// <summary>Creates the file when it is missing and applies the migrations that it lacks.</summary>
    /// <exception cref="StorageSetupException">The file cannot be opened, is damaged, or was made by a newer version.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
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
    public void Dispose() => _writing.Dispose();

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
