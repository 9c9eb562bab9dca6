using Actors.Tracing;
using DuckDB.NET.Data;

namespace Actors.Analytics.Ingest;

/// <summary>
/// Writes a batch and its watermark in one transaction, so that every row of the log counts exactly once. Blocking; one
/// caller at a time.
/// </summary>
internal sealed class BatchWriter
{
    private readonly DuckDBConnection _connection;

    public BatchWriter(DuckDBConnection connection)
    {
        _connection = connection;
        Execute("""
            CREATE TEMP TABLE stale_traces (id VARCHAR, first_position BIGINT);
            CREATE TEMP TABLE stale_observations (trace_id VARCHAR, id VARCHAR, stream_position BIGINT);
            CREATE TEMP TABLE stale_scores (stream_id VARCHAR, id VARCHAR, stream_position BIGINT);
            CREATE TEMP TABLE stale_streams (stream_id VARCHAR, trace_id VARCHAR, stream_position BIGINT);
            CREATE TEMP TABLE deleted_streams (stream_id VARCHAR, trace_id VARCHAR, stream_position BIGINT);
            CREATE TEMP TABLE mended_streams (stream_id VARCHAR, trace_id VARCHAR);
            """);
    }

    /// <summary>Commits the batch, or leaves the file as it was.</summary>
    /// <exception cref="InvalidOperationException">The file's watermark is not that of the batch.</exception>
    public void Commit(ModelBatch batch)
    {
        using var transaction = _connection.BeginTransaction();
        Advance(batch);
        DeleteStale(batch);
        Append("traces", batch.Traces, TraceRowWriter.Write);
        Append("observations", batch.Observations, ObservationRowWriter.Write);
        Append("scores", batch.Scores, ScoreRowWriter.Write);
        transaction.Commit();
    }

    private void Advance(ModelBatch batch)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "UPDATE meta SET watermark = $to WHERE watermark = $from";
        command.Parameters.Add(new DuckDBParameter("to", batch.To));
        command.Parameters.Add(new DuckDBParameter("from", batch.From));
        if (command.ExecuteNonQuery() != 1)
        {
            throw new InvalidOperationException($"The read model is not at position {batch.From}.");
        }
    }

    // The positions in the joins never change for a row and rise with time, so the join's bounds let the scan skip old row groups.
    private void DeleteStale(ModelBatch batch)
    {
        Delete("stale_traces", batch.StaleTraces, static (row, key) => row.Text(key.TraceId).Number(key.FirstPosition), """
            DELETE FROM traces USING stale_traces AS stale
            WHERE traces.first_position = stale.first_position AND traces.id = stale.id
            """);
        Delete("stale_observations", batch.StaleObservations, static (row, key) => row.Text(key.TraceId).Text(key.Id).Number(key.StreamPosition), """
            DELETE FROM observations USING stale_observations AS stale
            WHERE observations.stream_position = stale.stream_position
                AND observations.trace_id = stale.trace_id AND observations.id = stale.id
            """);
        Delete("stale_scores", batch.StaleScores, static (row, key) => row.Text(key.Stream.Value).Text(key.Id).Number(key.StreamPosition), """
            DELETE FROM scores USING stale_scores AS stale
            WHERE scores.stream_position = stale.stream_position AND scores.stream_id = stale.stream_id AND scores.id = stale.id
            """);
        Delete("stale_streams", batch.StaleStreams, static (row, key) => row.Text(key.Stream.Value).Text(key.Stream.Id).Number(key.StreamPosition), """
            DELETE FROM observations USING stale_streams AS stale
            WHERE observations.stream_position = stale.stream_position AND observations.trace_id = stale.trace_id;
            DELETE FROM scores USING stale_streams AS stale
            WHERE scores.stream_position = stale.stream_position AND scores.stream_id = stale.stream_id
            """);

        // A trace became visible with the first row of its stream or later; with which one, a deleted stream does not say.
        Delete("deleted_streams", batch.DeletedStreams, static (row, key) => row.Text(key.Stream.Value).Text(TraceIdOf(key.Stream)).Number(key.StreamPosition), """
            DELETE FROM traces USING deleted_streams AS deleted
            WHERE traces.first_position >= deleted.stream_position AND traces.id = deleted.trace_id;
            DELETE FROM observations USING deleted_streams AS deleted
            WHERE observations.stream_position = deleted.stream_position AND observations.trace_id = deleted.trace_id;
            DELETE FROM scores USING deleted_streams AS deleted
            WHERE scores.stream_position = deleted.stream_position AND scores.stream_id = deleted.stream_id
            """);
        Delete("mended_streams", batch.MendedStreams, static (row, stream) => row.Text(stream.Value).Text(TraceIdOf(stream)), """
            DELETE FROM traces USING mended_streams AS mended WHERE traces.id = mended.trace_id;
            DELETE FROM observations USING mended_streams AS mended WHERE observations.trace_id = mended.trace_id;
            DELETE FROM scores USING mended_streams AS mended WHERE scores.stream_id = mended.stream_id
            """);
    }

    // Sessions and runs have scores only; a trace of the same id is another stream.
    private static string? TraceIdOf(StreamId stream) => stream.Kind == StreamKind.Trace ? stream.Id : null;

    private void Delete<T>(string keys, List<T> stale, Action<IDuckDBAppenderRow, T> write, string delete)
    {
        if (stale.Count == 0)
        {
            return;
        }

        using (var appender = _connection.CreateAppender("temp", "main", keys))
        {
            AppendRows(appender, stale, write);
        }

        Execute(delete);
        Execute($"DELETE FROM {keys}");
    }

    private void Append<T>(string table, List<T> rows, Action<IDuckDBAppenderRow, T> write)
    {
        if (rows.Count > 0)
        {
            using var appender = _connection.CreateAppender(table);
            AppendRows(appender, rows, write);
        }
    }

    private static void AppendRows<T>(DuckDBAppender appender, List<T> rows, Action<IDuckDBAppenderRow, T> write)
    {
        foreach (var row in rows)
        {
            var target = appender.CreateRow();
            write(target, row);
            target.EndRow();
        }

        // Disposing would swallow what closing throws.
        appender.Close();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
