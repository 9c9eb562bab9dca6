using System.Globalization;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>The schema <c>log</c> and its version.</summary>
internal static class PostgresLogSchema
{
    private const int Version = 2;

    // Each leads from a version to the next, the first from version 1. A new schema has all of them.
    private static readonly string[] Upgrades =
    [
        "ALTER TABLE log.events ALTER COLUMN project_no SET (n_distinct = 5)",
    ];

    // Who brings the schema up to date holds this lock: any number that nobody else takes.
    private const long UpgradeLock = 0x6163746f72734c6f;

    /// <summary>Creates the schema in a new database, brings an old one up to date, and says whose log it is.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="name">Where the database is.</param>
    /// <exception cref="StorageSetupException">A newer version made the schema, or it is not a log's.</exception>
    public static Guid Ensure(NpgsqlConnection connection, string name)
    {
        if (!Exists(connection))
        {
            CreateOnce(connection);
        }

        var version = Meta(connection, "schema_version");
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            throw new StorageSetupException(
                $"The schema 'log' of the PostgreSQL database {name} is not an event log. Name another database in {PostgresOptions.ConnectionStringSetting}.");
        }

        if (number < Version)
        {
            UpgradeOnce(connection);
        }

        if (number > Version)
        {
            throw new StorageSetupException(
                $"The event log in the PostgreSQL database {name} was made by a newer version (schema {number}; this one knows {Version}). Start the newer version, or name another database in {PostgresOptions.ConnectionStringSetting}.");
        }

        return Guid.TryParse(Meta(connection, "log_id"), out var logId)
            ? logId
            : throw new StorageSetupException(
                $"The event log in the PostgreSQL database {name} has lost its id. Restore it from a backup, or name another database in {PostgresOptions.ConnectionStringSetting}.");
    }

    // Several nodes start at once: one makes the schema, the others wait for it and find it made.
    private static void CreateOnce(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({UpgradeLock})"));
        if (!Exists(connection))
        {
            using var stream = typeof(PostgresLogSchema).Assembly.GetManifestResourceStream("event_log.postgres.sql")!;
            using var reader = new StreamReader(stream);
            Execute(connection, reader.ReadToEnd());
            Execute(connection, string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO log.meta (key, value) VALUES ('schema_version', '{Version}'), ('log_id', '{Guid.NewGuid():D}')"));
        }

        transaction.Commit();
    }

    private static void UpgradeOnce(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({UpgradeLock})"));
        var from = int.Parse(Meta(connection, "schema_version")!, CultureInfo.InvariantCulture);
        foreach (var upgrade in Upgrades.Skip(from - 1))
        {
            Execute(connection, upgrade);
        }

        Execute(connection, string.Create(
            CultureInfo.InvariantCulture, $"UPDATE log.meta SET value = '{Math.Max(from, Version)}' WHERE key = 'schema_version'"));
        transaction.Commit();
    }

    // By a scan of the catalogue: functions such as to_regclass answer from a cache that may not know yet what another session
    // made while this one waited for the lock.
    private static bool Exists(NpgsqlConnection connection) =>
        Scalar(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'log' AND tablename = 'meta')") is true;

    private static string? Meta(NpgsqlConnection connection, string key) =>
        Scalar(connection, $"SELECT value FROM log.meta WHERE key = '{key}'") as string;

#pragma warning disable CA2100 // The statements are this class's own.
    private static object? Scalar(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
