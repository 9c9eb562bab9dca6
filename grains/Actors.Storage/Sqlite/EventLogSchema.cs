using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Actors.Storage.Sqlite;

/// <summary>The tables of the event log and their version.</summary>
internal static class EventLogSchema
{
    private const int Version = 1;

    /// <summary>Creates the tables in a new file, checks the version of an old one, and says whose log it is.</summary>
    /// <exception cref="StorageSetupException">A newer version made the file.</exception>
    public static Guid Ensure(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction();
        if (Scalar(connection, transaction, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'log_meta'") is null)
        {
            Create(connection, transaction);
        }

        var version = Meta(connection, transaction, "schema_version");
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            throw new StorageSetupException($"'{path}' is not an event log. Move it away, or set {DataDirectory.Setting} to another directory.");
        }

        if (number > Version)
        {
            throw new StorageSetupException(
                $"The event log '{path}' was made by a newer version (schema {number}; this one knows {Version}). Start the newer version, or set {DataDirectory.Setting} to another directory.");
        }

        var id = Guid.TryParse(Meta(connection, transaction, "log_id"), out var logId)
            ? logId
            : throw new StorageSetupException($"'{path}' has lost its id. Restore it from a backup, or set {DataDirectory.Setting} to another directory.");
        transaction.Commit();
        return id;
    }

    private static void Create(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var stream = typeof(EventLogSchema).Assembly.GetManifestResourceStream("event_log.sql")!;
        using var reader = new StreamReader(stream);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = reader.ReadToEnd();
        command.ExecuteNonQuery();

        command.CommandText = "INSERT INTO log_meta (key, value) VALUES ('schema_version', $version), ('log_id', $id)";
        command.Parameters.AddWithValue("$version", Version.ToString(CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("$id", Guid.NewGuid().ToString("D"));
        command.ExecuteNonQuery();
    }

    private static string? Meta(SqliteConnection connection, SqliteTransaction transaction, string key) =>
        Scalar(connection, transaction, $"SELECT value FROM log_meta WHERE key = '{key}'") as string;

    private static object? Scalar(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
