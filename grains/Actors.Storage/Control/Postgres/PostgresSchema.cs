using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Actors.Storage.Control.Postgres;

/// <summary>Brings the schema up to date, one node after the other. Only one that lacks something loads Entity Framework.</summary>
internal static class PostgresSchema
{
    private const string Begin = """
        SET LOCAL lock_timeout = '2min';
        SELECT pg_advisory_xact_lock(hashtextextended('actors.control.schema', 0))
        """;

    private const string History = $"""{PostgresControlDbContext.Schema}."{PostgresControlDbContext.HistoryTable}" """;

    /// <summary>All migrations by age.</summary>
    public static IReadOnlyList<string> Migrations { get; } = ["20261125134155_InitialCreate", "20261125171407_Dashboards", "20261125180649_SavedViews"];

    /// <summary>Applies what is missing, all or nothing.</summary>
    /// <exception cref="StorageSetupException">The database cannot be opened, or was made by a newer version.</exception>
    public static async Task MigrateAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = source.CreateConnection();
        var database = $"The PostgreSQL database '{connection.Database}' at {connection.DataSource}";
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await RunAsync(connection, Begin, cancellationToken);
            var applied = await ReadAppliedAsync(connection, cancellationToken);
            if (applied.Find(m => !Migrations.Contains(m)) is { } newer)
            {
                throw new StorageSetupException(
                    $"{database} was made by a newer version (migration {newer}). Start the newer version, or name another database in {PostgresOptions.ConnectionStringSetting}.");
            }

            if (applied.Count < Migrations.Count)
            {
                await RunAsync(connection, Script(applied.LastOrDefault()), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }
        catch (NpgsqlException e)
        {
            throw PostgresFaults.Explain(database, e);
        }
    }

    // A script, because it runs in the transaction that holds the lock; the migrator begins one of its own.
    private static string Script(string? last)
    {
        using var context = new PostgresControlDbContextFactory().CreateDbContext([]);
        return context.GetService<IMigrator>().GenerateScript(last, options: MigrationsSqlGenerationOptions.NoTransactions);
    }

    private static async Task<List<string>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var probe = connection.Command($"SELECT to_regclass('{History}')::text");
        if (await probe.ExecuteScalarAsync(cancellationToken) is not string)
        {
            return [];
        }

        await using var command = connection.Command($"""SELECT "MigrationId" FROM {History} ORDER BY "MigrationId" """);
        return await command.ReadAllAsync(row => row.GetString(0), cancellationToken);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(sql);

        // A migration of large tables takes as long as it takes.
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
