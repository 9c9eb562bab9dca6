using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Actors.Storage.Clustering;

/// <summary>
/// The schema <c>orleans</c> of the database: who is in the cluster, the state of actors, reminders, and the statements by
/// which Orleans reads and writes them (<c>orleans.sql</c>).
/// </summary>
public static class OrleansSchema
{
    /// <summary>The schema's name.</summary>
    public const string Name = "orleans";

    /// <summary>The version that this build makes and understands. A change of <c>orleans.sql</c> raises it.</summary>
    public const int Version = 1;

    /// <summary>The provider as Orleans calls it.</summary>
    public const string Invariant = "Npgsql";

    private const string Script = "orleans.sql";

    // Any number that nobody else in this database locks.
    private const long Lock = 0x6F_72_6C_65_61_6E_73;

    /// <summary>The connection string by which Orleans finds its tables.</summary>
    /// <param name="database">The connection string of the database.</param>
    /// <exception cref="StorageSetupException">It is no connection string.</exception>
    public static string ConnectionString(string database)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(database) { SearchPath = Name, ApplicationName = "actors-orleans" }.ConnectionString;
        }
        catch (ArgumentException e)
        {
            throw new StorageSetupException(
                $"{PostgresOptions.ConnectionStringSetting} cannot be read: {e.Message} Set it to 'Host=…;Database=…;Username=…;Password=…'.", e);
        }
    }

    /// <summary>
    /// Brings the schema up to date; of several nodes that start at once, one does it and the others wait. Statements of an
    /// older version are replaced: nodes of that version keep those that they have read.
    /// </summary>
    /// <param name="database">The connection string of the database.</param>
    /// <param name="cancellationToken">Gives up; nothing is half done.</param>
    /// <exception cref="StorageSetupException">The database does not answer, or a newer version has made the schema.</exception>
    public static async Task ApplyAsync(string database, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(database));
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({Lock})"), cancellationToken);
            await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {Name}", cancellationToken);
            await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)", cancellationToken);
            var found = await ReadVersionAsync(connection, cancellationToken);
            if (found > Version)
            {
                throw new StorageSetupException(
                    $"The schema '{Name}' of the database has version {found}, and this server knows {Version}: a newer one has been here. Start that one.");
            }

            if (found < Version)
            {
                await ExecuteAsync(connection, ReadScript(), cancellationToken);
                await ExecuteAsync(
                    connection,
                    string.Create(CultureInfo.InvariantCulture, $"DELETE FROM schema_version; INSERT INTO schema_version VALUES ({Version})"),
                    cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StorageSetupException(
                $"The schema '{Name}' of the database cannot be made ready: {e.Message} Correct {PostgresOptions.ConnectionStringSetting}, or what it names.", e);
        }
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Every statement is a constant or a resource of this assembly.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string ReadScript()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Script)!);
        return reader.ReadToEnd();
    }
}
