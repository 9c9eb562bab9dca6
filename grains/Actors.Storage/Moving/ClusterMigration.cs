using Actors.Storage.Control.Postgres;
using Actors.Storage.Control.Sqlite;
using Actors.Storage.Postgres;
using Actors.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Actors.Storage.Moving;

/// <summary>
/// Moves what an embedded server keeps into a PostgreSQL database for several nodes. Everything in the database is written in
/// one transaction, which commits when all of it has been read again and compared: what is interrupted has stored nothing
/// there and begins anew.
/// </summary>
public static class ClusterMigration
{
    // Nodes that run already hold what is asked for, and go on writing.
    private const string Lock = """
        SET LOCAL lock_timeout = '5s';
        SELECT pg_advisory_xact_lock(hashtextextended('actors.control.write', 0));
        LOCK TABLE log.meta, log.projects, log.events, log.score_index IN ACCESS EXCLUSIVE MODE
        """;

    /// <summary>Copies, reads again, compares, and commits.</summary>
    /// <param name="dataDirectory">The data directory of the embedded server, which must not run. It stays as it is.</param>
    /// <param name="connectionString">An empty database, as Npgsql names it.</param>
    /// <param name="sharedDirectory">Where the files go that all nodes see. Null: they stay in <paramref name="dataDirectory"/>.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was compared and is equal.</returns>
    /// <exception cref="StorageSetupException">The directory or the database cannot be used.</exception>
    /// <exception cref="MigrationException">The target is in use, or is not the same as the source.</exception>
    public static async Task<IReadOnlyList<MigratedTable>> RunAsync(
        string dataDirectory, string connectionString, string? sharedDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(dataDirectory, SqliteEventLog.FileName)))
        {
            throw new MigrationException($"'{Path.GetFullPath(dataDirectory)}' is not the data directory of a server: it holds no {SqliteEventLog.FileName}.");
        }

        using var directory = DataDirectory.Open(dataDirectory);
        var settings = ReadSettings(connectionString);
        try
        {
            using var control = new SqliteControlDatabase(directory);
            await control.MigrateAsync(cancellationToken);
            await using var target = new NpgsqlConnection(settings.ToString());
            await target.OpenAsync(cancellationToken);
            await MakeSchemasAsync(target, settings, cancellationToken);
            await using var transaction = await target.BeginTransactionAsync(cancellationToken);
            var compared = await MoveAsync(directory, control, target, transaction, sharedDirectory, progress, cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            return compared;
        }
        catch (SqliteException e)
        {
            throw SqliteFile.Explain(directory.File(SqliteEventLog.FileName), e);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new MigrationException("A node is using the database. Stop all nodes and begin again with an empty database.", e);
        }
        catch (NpgsqlException e)
        {
            throw Postgres.PostgresFaults.Explain($"'{settings.Database}' at {settings.Host}", e);
        }
    }

    private static async Task<IReadOnlyList<MigratedTable>> MoveAsync(
        DataDirectory directory,
        SqliteControlDatabase control,
        NpgsqlConnection target,
        NpgsqlTransaction transaction,
        string? sharedDirectory,
        IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        await RunAsync(target, Lock, cancellationToken);
        using var log = SqliteFile.OpenForWriting(directory.File(SqliteEventLog.FileName));
        var logId = EventLogSchema.Ensure(log, directory.File(SqliteEventLog.FileName));
        var controlMigration = new ControlMigration(control.CreateDbContext, () => OpenTarget(target, transaction), progress);
        await RefuseUsedTargetAsync(target, controlMigration, cancellationToken);
        var files = sharedDirectory is null ? null : new FileMigration(directory.Path, Path.GetFullPath(sharedDirectory), progress);
        if (files?.FindForeignFile() is { } foreign)
        {
            throw new MigrationException($"'{foreign}' in the shared directory '{sharedDirectory}' is another server's. Name an empty directory.");
        }

        List<MigratedTable> compared = [.. await Task.Run(() => new LogMigration(log, target, progress).Run(logId, cancellationToken), cancellationToken)];
        compared.AddRange(await controlMigration.RunAsync(cancellationToken));
        if (files is not null)
        {
            compared.Add(files.Run(cancellationToken));
        }

        return compared;
    }

    private static async Task MakeSchemasAsync(NpgsqlConnection target, NpgsqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        PostgresLogSchema.Ensure(target, $"{settings.Host}/{settings.Database}");
        await using var source = Control.Postgres.PostgresConnections.Open(settings.ToString());
        await PostgresSchema.MigrateAsync(source, cancellationToken);
    }

    private static async Task RefuseUsedTargetAsync(NpgsqlConnection target, ControlMigration control, CancellationToken cancellationToken)
    {
        await using var any = new NpgsqlCommand("SELECT EXISTS (SELECT FROM log.projects)", target);
        var used = await any.ExecuteScalarAsync(cancellationToken) is true ? "log.projects" : await control.FindUsedTableAsync(cancellationToken);
        if (used is not null)
        {
            throw new MigrationException($"The database is not empty: {used} has rows. Name an empty one.");
        }
    }

    private static PostgresControlDbContext OpenTarget(NpgsqlConnection target, NpgsqlTransaction transaction)
    {
        var context = new PostgresControlDbContext(
            new DbContextOptionsBuilder<PostgresControlDbContext>().UseNpgsql(target, PostgresControlDatabase.Configure).Options);
        context.Database.UseTransaction(transaction);
        return context;
    }

    private static NpgsqlConnectionStringBuilder ReadSettings(string connectionString)
    {
        try
        {
            // A table is copied in one statement, which takes as long as it takes.
            return new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, Enlist = false, Pooling = false, ApplicationName = "actors migration" };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new MigrationException($"This is no connection string ({e.Message}): it looks like 'Host=…;Database=…;Username=…;Password=…'.", e);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The statement is this class's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
