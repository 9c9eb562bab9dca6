using DuckDB.NET.Data;

namespace Actors.Analytics.Schema;

/// <summary>
/// Copies the open file of a project: all that one snapshot of it holds, into a new file. Unlike the bytes of the file, the copy has nothing
/// in it that was deleted before, and the writer goes on meanwhile. Blocking.
/// </summary>
internal static class ProjectCopy
{
    /// <summary>Makes the copy.</summary>
    /// <param name="connection">To the file; nobody else uses it, and it is closed afterwards.</param>
    /// <param name="target">Where the copy is made; there is nothing yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The watermark of the copy.</returns>
    public static long Make(DuckDBConnection connection, string target, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        using var cancel = cancellationToken.UnsafeRegister(static state => ((DuckDBCommand)state!).Cancel(), command);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            Execute($"ATTACH '{Quote(target)}' AS copy (STORAGE_VERSION '{ProjectFile.StorageVersion}')");
            try
            {
                command.CommandText = "SELECT current_database()";
                var name = ((string)command.ExecuteScalar()!).Replace("\"", "\"\"", StringComparison.Ordinal);
                cancellationToken.ThrowIfCancellationRequested();
                Execute($"COPY FROM DATABASE \"{name}\" TO copy");
                command.CommandText = "SELECT watermark FROM copy.meta";
                return (long)command.ExecuteScalar()!;
            }
            finally
            {
                // Every connection to the file sees it, so it must go whatever happens. This writes it as a whole, too.
                Execute("DETACH copy");
            }
        }
        catch (DuckDBException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        void Execute(string sql)
        {
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Text as it stands between single quotes.</summary>
    public static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
