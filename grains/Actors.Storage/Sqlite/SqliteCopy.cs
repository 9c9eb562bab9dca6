using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Storage.Sqlite;

/// <summary>Copies a database that others write to meanwhile.</summary>
internal static class SqliteCopy
{
    /// <summary>
    /// Writes what is committed now into a new file, without what was deleted. Writers go on; blocks until the copy is on the
    /// disk.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the file is not whole.</exception>
    public static void Copy(string source, string target, CancellationToken cancellationToken)
    {
        using (var connection = SqliteFile.OpenForReading(source))
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "VACUUM INTO $target";
            command.Parameters.AddWithValue("$target", target);
            command.CommandTimeout = 0;
            using var interrupt = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
            try
            {
                command.ExecuteNonQuery();
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
            {
                throw new OperationCanceledException("The copy was interrupted.", e, cancellationToken);
            }
        }

        // The copy leaves the mode behind, and its pages to the operating system.
        using (var copy = SqliteFile.OpenForWriting(target))
        {
        }

        using var file = File.OpenHandle(target, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }
}
