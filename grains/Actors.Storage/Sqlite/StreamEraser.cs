using Actors.Storage.Formats;
using Actors.Storage.Log;
using Actors.Tracing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Storage.Sqlite;

/// <summary>
/// Takes stored events out of the log, inside the writer's transaction. Its statements are prepared when the first deletion
/// comes. Not safe for concurrent use.
/// </summary>
internal sealed class StreamEraser(SqliteConnection connection) : IDisposable
{
    private const string InStream = "project_no = ?1 AND stream_id = ?2";

    private const int MostErasedAtOnce = 1000;

    private readonly Dictionary<string, SqliteStatement> _statements = [];

    /// <summary>
    /// Deletes the rows of a stream and leaves two without events: version 1, whose place must stay taken, and the deletion.
    /// </summary>
    /// <returns>The position of the deletion.</returns>
    public long Delete(long project, LogDeletion deletion, StreamRemains remains)
    {
        var stream = deletion.Stream.Value;
        Bind($"DELETE FROM event_log WHERE {InStream} AND version > 1", project, stream).Run();
        Bind($"UPDATE event_log SET kind = {RowKind.Deletion}, head = x'', body = NULL WHERE {InStream} AND version = 1", project, stream).Run();
        foreach (var score in remains.ScoreIds)
        {
            RemoveScore(project, stream, score);
        }

        var insert = Bind(
            $"""
            INSERT INTO event_log (project_no, stream_id, version, append_id, kind, format, price_book, received_at, head)
            VALUES (?1, ?2, ?3, ?4, {RowKind.Deletion}, {RowCodec.Format}, 0, ?5, ?6)
            """,
            project,
            stream);
        insert.Bind(3, deletion.Version);
        insert.Bind(4, deletion.AppendId.ToByteArray(bigEndian: true));
        insert.Bind(5, deletion.ReceivedAt.ToUnixTimeMilliseconds());
        insert.Bind(6, remains.AppendIds);
        insert.Run();
        return raw.sqlite3_last_insert_rowid(connection.Handle);
    }

    /// <summary>Deletes the oldest rows of a project, few enough that other writers hardly wait; with the last of them its scores' places.</summary>
    /// <returns>How many rows were deleted.</returns>
    public long EraseSome(long project)
    {
        Bind(
            $"""
            DELETE FROM event_log WHERE position IN
            (SELECT position FROM event_log WHERE project_no = ?1 ORDER BY position LIMIT {MostErasedAtOnce})
            """,
            project).Run();
        var erased = raw.sqlite3_changes(connection.Handle);
        if (erased == 0)
        {
            Bind("DELETE FROM score_index WHERE project_no = ?1", project).Run();
        }

        return erased;
    }

    /// <summary>Writes rows again without what is deleted.</summary>
    public void Redact(long project, string stream, Redaction redaction)
    {
        foreach (var (version, row) in redaction.Rows)
        {
            var update = Bind($"UPDATE event_log SET format = {RowCodec.Format}, head = ?4, body = ?5 WHERE {InStream} AND version = ?3", project, stream);
            update.Bind(3, version);
            update.Bind(4, row.Head);
            update.Bind(5, row.Body);
            update.Run();
        }
    }

    /// <summary>Forgets where a score is, unless another stream holds it.</summary>
    public void RemoveScore(long project, string stream, string scoreId)
    {
        var remove = Bind($"DELETE FROM score_index WHERE {InStream} AND score_id = ?3", project, stream);
        remove.Bind(3, scoreId);
        remove.Run();
    }

    /// <summary>The deletion that took an append with it; null when there is none.</summary>
    public (long Position, long Version)? FindDeletionOf(long project, string stream, Guid appendId)
    {
        // Version 1 says whether the stream was ever deleted, so that a stream that never was is not searched.
        var first = Bind($"SELECT kind FROM event_log WHERE {InStream} AND version = 1", project, stream);
        if (first.RunScalar() != RowKind.Deletion)
        {
            return null;
        }

        var find = Bind(
            $"SELECT position, version, head FROM event_log WHERE {InStream} AND version > 1 AND kind = {RowKind.Deletion}", project, stream);
        (long, long)? found = find.Step() && StreamRemains.Names(find.Blob(2), appendId) ? (find.Int64(0), find.Int64(1)) : null;
        find.Reset();
        return found;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
    }

    private SqliteStatement Bind(string sql, long project, string stream)
    {
        var statement = Bind(sql, project);
        statement.Bind(2, stream);
        return statement;
    }

    private SqliteStatement Bind(string sql, long project)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new SqliteStatement(connection, sql));
        }

        statement.Bind(1, project);
        return statement;
    }
}
