using Actors.Analytics.Ingest;
using Actors.Analytics.Queries;
using Actors.Analytics.Schema;
using DuckDB.NET.Data;

namespace Actors.Analytics.Audit;

/// <summary>
/// Compares streams as the log tells them with their rows in the file, in one snapshot and by DuckDB itself: what the log tells
/// is written by the same writers into empty copies of the tables, so that every column is compared in the form that it is
/// stored in. The copies go with the transaction. Blocking.
/// </summary>
internal static class AuditTables
{
    private static readonly Table<TraceRow> Traces = new("trace", "traces", TraceRowWriter.Write);
    private static readonly Table<ObservationRow> Observations = new("observation", "observations", ObservationRowWriter.Write);
    private static readonly Table<ScoreRow> Scores = new("score", "scores", ScoreRowWriter.Write);

    /// <summary>Compares.</summary>
    /// <param name="connection">To the file; nobody else uses it meanwhile.</param>
    /// <param name="told">The streams.</param>
    public static AuditAnswer Compare(DuckDBConnection connection, IReadOnlyList<ToldStream> told)
    {
        using var transaction = connection.BeginTransaction();
        var watermark = (long)List(connection, new Sql().Append($"SELECT watermark FROM meta"))[0][0];
        var differences = new Dictionary<long, string>();
        Traces.Compare(connection, told, stream => stream.Traces, differences);
        Observations.Compare(connection, told, stream => stream.Observations, differences);
        Scores.Compare(connection, told, stream => stream.Scores, differences);
        return new AuditAnswer(watermark, differences);
    }

    private static List<object[]> List(DuckDBConnection connection, Sql sql)
    {
        using var command = connection.CreateCommand();
        sql.Fill(command);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    private sealed class Table<T>(string thing, string name, Action<IDuckDBAppenderRow, T> write)
    {
        private const int MaxExplained = 100;

        private readonly Sql.Fragment _name = new(name);
        private readonly Sql.Fragment _told = new("told_" + name);

        public void Compare(
            DuckDBConnection connection, IReadOnlyList<ToldStream> told, Func<ToldStream, IReadOnlyList<T>> rows, Dictionary<long, string> differences)
        {
            Execute(connection, new Sql().Append($"CREATE TEMP TABLE {_told} AS FROM {_name} LIMIT 0"));
            using (var appender = connection.CreateAppender("temp", "main", _told.Text))
            {
                foreach (var row in told.SelectMany(rows))
                {
                    var target = appender.CreateRow();
                    write(target, row);
                    target.EndRow();
                }

                // Disposing would swallow what closing throws.
                appender.Close();
            }

            // Numbers of ours, in the text: only by constants DuckDB skips the row groups and columns that have none of them.
            var positions = new Sql.Fragment(string.Join(", ", told.Select(t => t.StreamPosition)));
            var held = Rows(connection, _name, positions);
            var wrong = Rows(connection, _told, positions);
            wrong.SymmetricExceptWith(held);
            foreach (var stream in wrong.GroupBy(row => row.Position).Take(MaxExplained))
            {
                differences.TryAdd(stream.Key, Explain(connection, stream.Key, stream.Min(row => row.Id)!));
            }
        }

        // Equal rows have equal hashes, and a look by hashes takes a third of the time of one by sets of sixty columns.
        private static HashSet<(long Position, string Id, ulong Hash, long Times)> Rows(DuckDBConnection connection, Sql.Fragment table, Sql.Fragment positions) =>
        [
            .. List(connection, new Sql().Append($"""
                SELECT stream_position, id, hash(kept), count(*) FROM {table} AS kept WHERE stream_position IN ({positions}) GROUP BY ALL
                """)).Select(row => ((long)row[0], StoredText.Decode((string)row[1]), (ulong)row[2], (long)row[3])),
        ];

        private string Explain(DuckDBConnection connection, long position, string id)
        {
            var held = Count(connection, _name, position, id);
            var told = Count(connection, _told, position, id);
            return (held, told) switch
            {
                (0, _) => $"{thing} {id} is missing",
                (_, 0) => $"{thing} {id} is not in the log",
                (1, 1) => $"{thing} {id}: {FindColumn(connection, position, id)}",
                _ => $"{thing} {id} is there {held} times",
            };
        }

        private static long Count(DuckDBConnection connection, Sql.Fragment table, long position, string id) =>
            (long)List(connection, new Sql().Append($"SELECT count(*) FROM {table} WHERE stream_position = {position} AND id = {id}"))[0][0];

        // Names the first column that differs. Its values are told when they are numbers or times: text is nobody else's.
        private string FindColumn(DuckDBConnection connection, long position, string id)
        {
            foreach (var column in List(connection, new Sql().Append($"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = {name} ORDER BY column_index")))
            {
                var field = new Sql.Fragment((string)column[0]);
                var values = List(connection, new Sql().Append($"""
                    SELECT CAST(held.{field} AS VARCHAR), CAST(told.{field} AS VARCHAR)
                    FROM {_name} AS held JOIN {_told} AS told USING (stream_position, id)
                    WHERE held.{field} IS DISTINCT FROM told.{field} AND stream_position = {position} AND id = {id}
                    """));
                if (values is [var pair, ..])
                {
                    return ((string)column[1]).StartsWith("VARCHAR", StringComparison.Ordinal) ? field.Text : $"{field.Text}: {pair[0]}, {pair[1]}";
                }
            }

            return "its row";
        }

        private static void Execute(DuckDBConnection connection, Sql sql)
        {
            using var command = connection.CreateCommand();
            sql.Fill(command);
            command.ExecuteNonQuery();
        }
    }
}

/// <summary>What a comparison found.</summary>
/// <param name="Watermark">The position of the log that the snapshot includes.</param>
/// <param name="Differences">The first difference of each stream that has one, in words, by the position of the stream.</param>
internal readonly record struct AuditAnswer(long Watermark, IReadOnlyDictionary<long, string> Differences);
