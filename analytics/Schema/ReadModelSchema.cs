using DuckDB.NET.Data;

namespace Actors.Analytics.Schema;

/// <summary>
/// The tables of the read model. To change them: edit the script or add the next number, and raise <see cref="Version"/>;
/// every file with another version is deleted and rebuilt from the log.
/// </summary>
internal static class ReadModelSchema
{
    /// <summary>Rises with every change of the tables.</summary>
    public const int Version = 5;

    /// <summary>Rises with every change of the fold that gives other values for the same log.</summary>
    public const int FoldVersion = 1;

    /// <summary>Creates all tables and the one row of <c>meta</c>.</summary>
    public static void Create(DuckDBConnection connection, Guid logId)
    {
        using var transaction = connection.BeginTransaction();
        var assembly = typeof(ReadModelSchema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            using var command = connection.CreateCommand();
            command.CommandText = reader.ReadToEnd();
            command.ExecuteNonQuery();
        }

        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO meta VALUES ($schema, $fold, $log, 0)";
        insert.Parameters.Add(new DuckDBParameter("schema", Version));
        insert.Parameters.Add(new DuckDBParameter("fold", FoldVersion));
        insert.Parameters.Add(new DuckDBParameter("log", logId));
        insert.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>The watermark of a file that was built by this schema, this fold and the log <paramref name="logId"/>; else null.</summary>
    public static long? ReadWatermark(DuckDBConnection connection, Guid logId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT schema_version, fold_version, log_id, watermark FROM meta";
        using var reader = command.ExecuteReader();
        return reader.Read()
            && reader.GetInt32(0) == Version
            && reader.GetInt32(1) == FoldVersion
            && reader.GetGuid(2) == logId
                ? reader.GetInt64(3)
                : null;
    }
}
