using Actors.Storage.Log;
using Actors.Tracing;
using Microsoft.Data.Sqlite;

namespace Actors.Storage.Sqlite;

/// <summary>One read-only connection with its prepared statements. Not safe for concurrent use.</summary>
internal sealed class ReaderSession : IDisposable
{
    private const string ProjectNo = "(SELECT project_no FROM projects WHERE project_id = ?1)";
    private const string HeadColumns = "stream_id, version, position, kind, format, price_book, received_at, head";

    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _statements = [];
    private readonly SqliteStatement _stream;
    private readonly SqliteStatement _streamWithText;
    private readonly SqliteStatement _changes;
    private readonly SqliteStatement _score;
    private readonly SqliteStatement _projects;
    private readonly SqliteStatement _remains;
    private readonly SqliteStatement _newest;

    public ReaderSession(string path)
    {
        _connection = SqliteFile.OpenForReading(path);
        _stream = Prepare($"SELECT {HeadColumns} FROM event_log WHERE project_no = {ProjectNo} AND stream_id = ?2 ORDER BY version");
        _streamWithText = Prepare($"SELECT {HeadColumns}, body FROM event_log WHERE project_no = {ProjectNo} AND stream_id = ?2 ORDER BY version");
        _changes = Prepare($"SELECT {HeadColumns}, body FROM event_log WHERE project_no = {ProjectNo} AND position > ?2 ORDER BY position LIMIT ?3");
        _score = Prepare($"SELECT stream_id FROM score_index WHERE project_no = {ProjectNo} AND score_id = ?2");

        _remains = Prepare(
            $"SELECT version, kind, format, head, append_id FROM event_log WHERE project_no = {ProjectNo} AND stream_id = ?2 ORDER BY version DESC");

        // The first append of a project may have been a conflict: then it has a number and no rows.
        _projects = Prepare(
            "SELECT project_id FROM projects p WHERE EXISTS (SELECT 1 FROM event_log e WHERE e.project_no = p.project_no) ORDER BY project_id");
        _newest = Prepare("SELECT received_at FROM event_log ORDER BY position DESC LIMIT 1");
    }

    public List<LogRow> ReadStream(ProjectId project, StreamId stream, LogText text, CancellationToken cancellationToken)
    {
        var statement = text == LogText.With ? _streamWithText : _stream;
        statement.Bind(1, project.Value);
        statement.Bind(2, stream.Value);
        return ReadRows(statement, text, long.MaxValue, cancellationToken);
    }

    public List<LogRow> ReadChanges(ProjectId project, long afterPosition, int maxRows, long maxBytes, CancellationToken cancellationToken)
    {
        _changes.Bind(1, project.Value);
        _changes.Bind(2, afterPosition);
        _changes.Bind(3, maxRows);
        return ReadRows(_changes, LogText.With, maxBytes, cancellationToken);
    }

    public StreamId? FindScore(ProjectId project, string scoreId)
    {
        _score.Bind(1, project.Value);
        _score.Bind(2, scoreId);
        StreamId? stream = _score.Step() ? StreamId.Parse(_score.Text(0)) : null;
        _score.Reset();
        return stream;
    }

    /// <summary>What must outlive a stream that is deleted now.</summary>
    public StreamRemains ReadRemains(ProjectId project, StreamId stream)
    {
        _remains.Bind(1, project.Value);
        _remains.Bind(2, stream.Value);
        var remains = new StreamRemains.Gatherer();
        try
        {
            while (_remains.Step())
            {
                remains.Add(_remains.Int64(0), _remains.Int32(1), _remains.Int32(2), _remains.Blob(3)!, _remains.Blob(4)!);
            }
        }
        finally
        {
            _remains.Reset();
        }

        return remains.Gathered();
    }

    public List<ProjectId> ListProjects()
    {
        var projects = new List<ProjectId>();
        while (_projects.Step())
        {
            projects.Add(new ProjectId(_projects.Text(0)));
        }

        return projects;
    }

    public DateTimeOffset? ReadNewestReceipt()
    {
        DateTimeOffset? newest = _newest.Step() ? DateTimeOffset.FromUnixTimeMilliseconds(_newest.Int64(0)) : null;
        _newest.Reset();
        return newest;
    }

    public void Dispose()
    {
        // The file can only be tidied at the end when no statement is left open.
        _statements.ForEach(s => s.Dispose());
        _connection.Dispose();
    }

    private static List<LogRow> ReadRows(SqliteStatement statement, LogText text, long maxBytes, CancellationToken cancellationToken)
    {
        var rows = new List<LogRow>();
        try
        {
            for (long bytes = 0; bytes < maxBytes && statement.Step(); cancellationToken.ThrowIfCancellationRequested())
            {
                rows.Add(ReadRow(statement, text, out var length));
                bytes += length;
            }
        }
        finally
        {
            // A statement that stays open would hold its snapshot, and with it the whole write-ahead log.
            statement.Reset();
        }

        return rows;
    }

    private static LogRow ReadRow(SqliteStatement row, LogText text, out long length) =>
        new StoredRow(
            row.Text(0),
            row.Int64(1),
            row.Int64(2),
            row.Int32(3),
            row.Int32(4),
            row.Int32(5),
            row.Int64(6),
            row.Blob(7) ?? [],
            text == LogText.With ? row.Blob(8) : null).ToLogRow(out length);

    private SqliteStatement Prepare(string sql)
    {
        try
        {
            var statement = new SqliteStatement(_connection, sql);
            _statements.Add(statement);
            return statement;
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
