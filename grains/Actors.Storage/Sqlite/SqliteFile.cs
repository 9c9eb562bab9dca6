using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Storage.Sqlite;

/// <summary>Opens connections to one database file and explains why that fails.</summary>
internal static class SqliteFile
{
    /// <summary>Opens a connection for writing; creates the file when it is missing.</summary>
    public static SqliteConnection OpenForWriting(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    /// <summary>Opens a connection that cannot write.</summary>
    public static SqliteConnection OpenForReading(string path) => Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>Runs a statement without a result.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The one line for a person whose file cannot be opened.</summary>
    public static StorageSetupException Explain(string path, SqliteException e)
    {
        var directory = Path.GetDirectoryName(path);
        return e.SqliteErrorCode switch
        {
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StorageSetupException(
                $"The database '{path}' is damaged ({e.Message}). Restore it from a backup, or set {DataDirectory.Setting} to another directory.", e),
            raw.SQLITE_FULL => new StorageSetupException(
                $"The disk of '{path}' is full. Free some space, or set {DataDirectory.Setting} to a directory on another disk.", e),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StorageSetupException(
                $"Another program is using the database '{path}'. Close it, or set {DataDirectory.Setting} to another directory.", e),
            _ => new StorageSetupException(
                $"The database '{path}' cannot be opened ({e.Message}). Make '{directory}' writable, or set {DataDirectory.Setting} to another directory.", e),
        };
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Connections are kept by their owners: the pool of the library would only keep files open after disposal.
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 5 };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
