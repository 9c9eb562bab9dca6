using Actors.Storage.Formats;
using Actors.Storage.Log;
using Actors.Tracing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Storage.Sqlite;

/// <summary>
/// The one connection that writes, with its prepared statements. After a failure it is thrown away with all it remembers.
/// Not safe for concurrent use.
/// </summary>
internal sealed class WriterSession : IDisposable
{
    // A version that does not follow the highest one is refused like one that is taken. Version 1 needs no look: its row stays
    // for ever.
    private const string InsertSql = """
        INSERT INTO event_log (project_no, stream_id, version, append_id, kind, format, price_book, received_at, head, body)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
        WHERE ?3 = 1 OR ?3 - 1 = (SELECT max(version) FROM event_log WHERE project_no = ?1 AND stream_id = ?2)
        ON CONFLICT (project_no, stream_id, version) DO NOTHING
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _findAppend;
    private readonly SqliteStatement _findVersion;
    private readonly SqliteStatement _indexScore;
    private readonly SqliteStatement _findProject;
    private readonly SqliteStatement _addProject;
    private readonly StreamEraser _eraser;
    private readonly Dictionary<ProjectId, long> _projects = [];
    private readonly long _pageSize;
    private long _checkpointedPages;

    private WriterSession(SqliteConnection connection, string path)
    {
        _connection = connection;

        // The writer checkpoints itself, after the callers have their answers.
        connection.Execute("PRAGMA wal_autocheckpoint = 0");
        connection.Execute("PRAGMA busy_timeout = 2000");

        // What is deleted is overwritten with zeros, also in pages that stay in use.
        connection.Execute("PRAGMA secure_delete = ON");

        // Stream ids are random, so every insert touches another page of the unique index: 32 MB keep them in memory.
        connection.Execute("PRAGMA cache_size = -32768");
        using var pageSize = new SqliteStatement(connection, "PRAGMA page_size");
        _pageSize = pageSize.RunScalar() ?? 4096;
        LogId = EventLogSchema.Ensure(connection, path);
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(connection, "COMMIT");
        _insert = new SqliteStatement(connection, InsertSql);
        _findAppend = new SqliteStatement(
            connection, "SELECT position, append_id, kind FROM event_log WHERE project_no = ?1 AND stream_id = ?2 AND version = ?3");
        _findVersion = new SqliteStatement(connection, "SELECT max(version) FROM event_log WHERE project_no = ?1 AND stream_id = ?2");
        _indexScore = new SqliteStatement(
            connection,
            """
            INSERT INTO score_index (project_no, score_id, stream_id) VALUES (?1, ?2, ?3)
            ON CONFLICT (project_no, score_id) DO UPDATE SET stream_id = excluded.stream_id WHERE stream_id <> excluded.stream_id
            """);
        _findProject = new SqliteStatement(connection, "SELECT project_no FROM projects WHERE project_id = ?1");
        _addProject = new SqliteStatement(connection, "INSERT INTO projects (project_id) VALUES (?1)");
        _eraser = new StreamEraser(connection);
    }

    public Guid LogId { get; }

    /// <summary>The bytes that were written to the write-ahead log since the last checkpoint.</summary>
    public long UncheckpointedBytes
    {
        get
        {
            _ = raw.sqlite3_db_status(_connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 0);
            return (pages - _checkpointedPages) * _pageSize;
        }
    }

    public static WriterSession Open(string path)
    {
        var connection = SqliteFile.OpenForWriting(path);
        try
        {
            return new WriterSession(connection, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes the batch in one transaction and notes the outcomes; when it throws, nobody knows what is stored.</summary>
    public void Write(List<PendingWrite> batch)
    {
        _begin.Run();
        foreach (var pending in batch)
        {
            pending.Outcome = pending switch
            {
                PendingAppend append => Append(append),
                PendingDeletion deletion => Delete(deletion),
                PendingErasure erasure => Erase(erasure),
                _ => throw new InvalidOperationException($"The log cannot write a {pending.GetType().Name}."),
            };
        }

        _commit.Run();
    }

    /// <summary>The highest position of every project.</summary>
    public List<(ProjectId Project, long Position)> ReadHeads()
    {
        using var select = new SqliteStatement(
            _connection,
            "SELECT project_id, (SELECT max(position) FROM event_log e WHERE e.project_no = p.project_no) FROM projects p");
        var heads = new List<(ProjectId, long)>();
        while (select.Step())
        {
            heads.Add((new ProjectId(select.Text(0)), select.Int64(1)));
        }

        return heads;
    }

    /// <summary>Moves the write-ahead log into the database; <paramref name="restart"/> waits for readers, so that it starts anew.</summary>
    /// <returns>Whether no reader was in the way.</returns>
    public bool Checkpoint(bool restart)
    {
        using var checkpoint = new SqliteStatement(_connection, restart ? "PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA wal_checkpoint(PASSIVE)");
        var busy = checkpoint.RunScalar();
        _checkpointedPages += UncheckpointedBytes / _pageSize;
        return busy == 0;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement?[])
            [_begin, _commit, _insert, _findAppend, _findVersion, _indexScore, _findProject, _addProject])
        {
            statement?.Dispose();
        }

        _eraser?.Dispose();
        _connection.Dispose();
    }

    private AppendOutcome Append(PendingAppend pending)
    {
        var append = pending.Append;
        var project = GetProjectNo(append.Project);
        if (pending.Redaction is { } stale && stale.Version != append.Version - 1)
        {
            return Explain(project, append.Stream, append.Version, append.AppendId);
        }

        _insert.Bind(1, project);
        _insert.Bind(2, append.Stream.Value);
        _insert.Bind(3, append.Version);
        _insert.Bind(4, append.AppendId.ToByteArray(bigEndian: true));
        _insert.Bind(5, RowKind.Events);
        _insert.Bind(6, RowCodec.Format);
        _insert.Bind(7, append.PriceBook);
        _insert.Bind(8, append.ReceivedAt.ToUnixTimeMilliseconds());
        _insert.Bind(9, pending.Row.Head);
        _insert.Bind(10, pending.Row.Body);
        _insert.Run();
        if (raw.sqlite3_changes(_connection.Handle) == 0)
        {
            return Explain(project, append.Stream, append.Version, append.AppendId);
        }

        var position = raw.sqlite3_last_insert_rowid(_connection.Handle);
        IndexScores(project, append);
        if (pending.Redaction is { } redaction)
        {
            _eraser.Redact(project, append.Stream.Value, redaction);
        }

        pending.IsNew = true;
        return new AppendOutcome(position, append.Version, IsConflict: false);
    }

    private AppendOutcome Delete(PendingDeletion pending)
    {
        var deletion = pending.Deletion;
        var project = GetProjectNo(deletion.Project);
        if (pending.Remains.Version != deletion.Version - 1 || GetVersion(project, deletion.Stream) != deletion.Version - 1)
        {
            return Explain(project, deletion.Stream, deletion.Version, deletion.AppendId);
        }

        var position = _eraser.Delete(project, deletion, pending.Remains);
        pending.IsNew = true;
        return new AppendOutcome(position, deletion.Version, IsConflict: false);
    }

    private AppendOutcome Erase(PendingErasure pending)
    {
        var erased = _eraser.EraseSome(GetProjectNo(pending.Project));
        pending.IsNew = erased > 0;
        return new AppendOutcome(0, erased, IsConflict: false);
    }

    private AppendOutcome Explain(long project, StreamId stream, long version, Guid appendId)
    {
        _findAppend.Bind(1, project);
        _findAppend.Bind(2, stream.Value);
        _findAppend.Bind(3, version);
        if (_findAppend.Step())
        {
            var position = _findAppend.Int64(0);

            // Version 1 of a deleted stream keeps its id, but not what was appended with it.
            var isOurs = new Guid(_findAppend.Blob(1), bigEndian: true) == appendId && (version > 1 || _findAppend.Int32(2) == RowKind.Events);
            _findAppend.Reset();
            if (isOurs)
            {
                return new AppendOutcome(position, version, IsConflict: false);
            }
        }

        return _eraser.FindDeletionOf(project, stream.Value, appendId) is var (deletedAt, deletedBy)
            ? new AppendOutcome(deletedAt, deletedBy, IsConflict: false, IsDeleted: true)
            : new AppendOutcome(0, GetVersion(project, stream), IsConflict: true);
    }

    private long GetVersion(long project, StreamId stream)
    {
        _findVersion.Bind(1, project);
        _findVersion.Bind(2, stream.Value);
        return _findVersion.RunScalar() ?? 0;
    }

    private void IndexScores(long project, LogAppend append)
    {
        foreach (var e in append.Events)
        {
            if (e is ScoreEvent score)
            {
                _indexScore.Bind(1, project);
                _indexScore.Bind(2, score.ScoreId);
                _indexScore.Bind(3, append.Stream.Value);
                _indexScore.Run();
            }
            else if (e is ScoreDeletedEvent deleted)
            {
                _eraser.RemoveScore(project, append.Stream.Value, deleted.ScoreId);
            }
        }
    }

    // Remembers numbers of the running transaction too: when it fails, the whole session is thrown away.
    private long GetProjectNo(ProjectId project)
    {
        if (_projects.TryGetValue(project, out var number))
        {
            return number;
        }

        _findProject.Bind(1, project.Value);
        if (_findProject.RunScalar() is { } known)
        {
            number = known;
        }
        else
        {
            _addProject.Bind(1, project.Value);
            _addProject.Run();
            number = raw.sqlite3_last_insert_rowid(_connection.Handle);
        }

        _projects[project] = number;
        return number;
    }
}
