using Actors.Storage.Postgres;
using Actors.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Moving;

/// <summary>
/// Copies the event log row by row, as the bytes that it is made of: positions, versions and append ids stay, so whoever sends an
/// append again is answered as before.
/// </summary>
internal sealed class LogMigration(SqliteConnection source, NpgsqlConnection target, IProgress<string> progress)
{
    private const int RowsPerReport = 100_000;

    private const string SelectRows = """
        SELECT project_no, position, version, received_at, price_book, kind, format, append_id, CAST(stream_id AS BLOB), head, body
        FROM event_log ORDER BY project_no, position
        """;

    private const string CopyRows = """
        COPY log.events (project_no, position, version, received_at, price_book, kind, format, append_id, stream_id, head, body)
        """;

    /// <summary>Copies everything, reads it again and compares.</summary>
    /// <returns>What was compared.</returns>
    /// <exception cref="MigrationException">What was read again is not the same.</exception>
    public IReadOnlyList<MigratedTable> Run(Guid logId, CancellationToken cancellationToken)
    {
        Execute("UPDATE log.meta SET value = $1 WHERE key = 'log_id'", logId.ToString("D"));
        var projects = CopyProjects(out var compared);
        return [compared, CopyEvents(projects, cancellationToken), CopyScores(projects, cancellationToken)];
    }

    // Numbers are the databases' own: the target gives new ones.
    private Dictionary<long, int> CopyProjects(out MigratedTable compared)
    {
        // No position of the source is given again, of whichever project it was.
        using var last = new SqliteStatement(source, "SELECT seq FROM sqlite_sequence WHERE name = 'event_log'");
        var erasedTo = last.RunScalar() ?? 0;
        using var select = new SqliteStatement(source, "SELECT project_no, project_id FROM projects");
        using var sent = new RowSum();
        var numbers = new Dictionary<long, int>();
        while (select.Step())
        {
            var project = select.Text(1);
            using var insert = Command("INSERT INTO log.projects (project_id, erased_to) VALUES ($1, $2) RETURNING project_no", project, erasedTo);
            numbers.Add(select.Int64(0), (int)insert.ExecuteScalar()!);
            sent.With(project).With(erasedTo).EndRow();
        }

        using var stored = new RowSum();
        using var read = Command("SELECT project_id, erased_to FROM log.projects");
        using var rows = read.ExecuteReader();
        while (rows.Read())
        {
            stored.With(rows.GetString(0)).With(rows.GetInt64(1)).EndRow();
        }

        compared = MigratedTable.Compare("log.projects", stored, sent);
        return numbers;
    }

    private MigratedTable CopyEvents(Dictionary<long, int> projects, CancellationToken cancellationToken)
    {
        using var count = new SqliteStatement(source, "SELECT count(*) FROM event_log");
        var total = count.RunScalar() ?? 0;
        using var sent = new RowSum();
        using (var rows = new SqliteStatement(source, SelectRows))
        using (var import = target.BeginBinaryImport(CopyRows + " FROM STDIN (FORMAT BINARY)"))
        {
            import.Timeout = TimeSpan.Zero;
            while (rows.Step())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = Event.Read(rows, projects[rows.Int64(0)]);
                row.Write(import);
                row.AddTo(sent);
                if (sent.Count % RowsPerReport == 0)
                {
                    progress.Report($"log.events: {sent.Count} of {total} rows");
                }
            }

            import.Complete();
        }

        progress.Report($"log.events: {sent.Count} rows are copied and are compared");
        using var stored = new RowSum();
        using var export = target.BeginBinaryExport(CopyRows + " TO STDOUT (FORMAT BINARY)");
        export.Timeout = TimeSpan.Zero;
        while (export.StartRow() >= 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Event.Read(export).AddTo(stored);
        }

        return MigratedTable.Compare("log.events", stored, sent);
    }

    private MigratedTable CopyScores(Dictionary<long, int> projects, CancellationToken cancellationToken)
    {
        const string Copy = "COPY log.score_index (project_no, score_id, stream_id)";
        using var sent = new RowSum();
        using (var rows = new SqliteStatement(source, "SELECT project_no, score_id, CAST(stream_id AS BLOB) FROM score_index"))
        using (var import = target.BeginBinaryImport(Copy + " FROM STDIN (FORMAT BINARY)"))
        {
            import.Timeout = TimeSpan.Zero;
            while (rows.Step())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (project, score, stream) = (projects[rows.Int64(0)], ScoreKey.Of(rows.Text(1)), rows.Blob(2)!);
                import.StartRow();
                import.Write(project, NpgsqlDbType.Integer);
                import.Write(score, NpgsqlDbType.Bytea);
                import.Write(stream, NpgsqlDbType.Bytea);
                sent.With(project).With(score).With(stream).EndRow();
            }

            import.Complete();
        }

        using var stored = new RowSum();
        using var export = target.BeginBinaryExport(Copy + " TO STDOUT (FORMAT BINARY)");
        export.Timeout = TimeSpan.Zero;
        while (export.StartRow() >= 0)
        {
            stored.With(export.Read<int>()).With(export.Read<byte[]>()).With(export.Read<byte[]>()).EndRow();
        }

        return MigratedTable.Compare("log.score_index", stored, sent);
    }

    private void Execute(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

#pragma warning disable CA2100 // The statements are this class's own.
    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, target) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
#pragma warning restore CA2100

    private readonly record struct Event(
        int Project, long Position, long Version, long ReceivedAt, int PriceBook, short Kind, short Format, Guid AppendId,
        byte[] Stream, byte[] Head, byte[]? Body)
    {
        public static Event Read(SqliteStatement row, int project) => new(
            project, row.Int64(1), row.Int64(2), row.Int64(3), row.Int32(4), (short)row.Int32(5), (short)row.Int32(6),
            new Guid(row.Blob(7), bigEndian: true), row.Blob(8)!, row.Blob(9) ?? [], row.Blob(10));

        public static Event Read(NpgsqlBinaryExporter row) => new(
            row.Read<int>(), row.Read<long>(), row.Read<long>(), row.Read<long>(), row.Read<int>(), row.Read<short>(), row.Read<short>(),
            row.Read<Guid>(), row.Read<byte[]>(), row.Read<byte[]>(), ReadNullable(row));

        public void Write(NpgsqlBinaryImporter import)
        {
            import.StartRow();
            import.Write(Project, NpgsqlDbType.Integer);
            import.Write(Position, NpgsqlDbType.Bigint);
            import.Write(Version, NpgsqlDbType.Bigint);
            import.Write(ReceivedAt, NpgsqlDbType.Bigint);
            import.Write(PriceBook, NpgsqlDbType.Integer);
            import.Write(Kind, NpgsqlDbType.Smallint);
            import.Write(Format, NpgsqlDbType.Smallint);
            import.Write(AppendId, NpgsqlDbType.Uuid);
            import.Write(Stream, NpgsqlDbType.Bytea);
            import.Write(Head, NpgsqlDbType.Bytea);
            if (Body is null)
            {
                import.WriteNull();
            }
            else
            {
                import.Write(Body, NpgsqlDbType.Bytea);
            }
        }

        public void AddTo(RowSum sum) =>
            sum.With(Project).With(Position).With(Version).With(ReceivedAt).With(PriceBook).With(Kind).With(Format)
                .With(AppendId.ToByteArray(bigEndian: true)).With(Stream).With(Head).With(Body).EndRow();

        private static byte[]? ReadNullable(NpgsqlBinaryExporter row)
        {
            if (!row.IsNull)
            {
                return row.Read<byte[]>();
            }

            row.Skip();
            return null;
        }
    }
}
