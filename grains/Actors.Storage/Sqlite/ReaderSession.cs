using Actors.Storage.Formats;
using Actors.Tracing;
using Microsoft.Data.Sqlite;

namespace Actors.Storage.Sqlite;

/// <summary>One read-only connection with its prepared statements. Not safe for concurrent use.</summary>
internal sealed class ReaderSession : IDisposable
{
    private const int EventsRow = 1;
    private const string ProjectNo = "(SELECT project_no FROM projects WHERE project_id = ?1)";
    private const string HeadColumns = "stream_id, version, position, kind, format, price_book, received_at, head";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _stream;
    private readonly SqliteStatement _streamWithText;
    private readonly SqliteStatement _changes;
    private readonly SqliteStatement _score;
    private readonly SqliteStatement _projects;

    public ReaderSession(string path)
    {
        _connection = SqliteFile.OpenForReading(path);
        _stream = Prepare($"SELECT {HeadColumns} FROM event_log WHERE project_no = {ProjectNo} AND stream_id = ?2 ORDER BY version");
        _streamWithText = Prepare($"SELECT {HeadColumns}, body FROM event_log WHERE project_no = {ProjectNo} AND stream_id = ?2 ORDER BY version");
        _changes = Prepare($"SELECT {HeadColumns}, body FROM event_log WHERE project_no = {ProjectNo} AND position > ?2 ORDER BY position LIMIT ?3");
        _score = Prepare($"SELECT stream_id FROM score_index WHERE project_no = {ProjectNo} AND score_id = ?2");

        // The first append of a project may have been a conflict: then it has a number and no rows.
        _projects = Prepare(
            "SELECT project_id FROM projects p WHERE EXISTS (SELECT 1 FROM event_log e WHERE e.project_no = p.project_no) ORDER BY project_id");
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

    public List<ProjectId> ListProjects()
    {
        var projects = new List<ProjectId>();
        while (_projects.Step())
        {
            projects.Add(new ProjectId(_projects.Text(0)));
        }

        return projects;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement?[])[_stream, _streamWithText, _changes, _score, _projects])
        {
            statement?.Dispose();
        }

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

    private static LogRow ReadRow(SqliteStatement statement, LogText text, out long length)
    {
        var stream = statement.Text(0);
        var version = statement.Int64(1);
        try
        {
            if (statement.Int32(3) != EventsRow)
            {
                throw new EventLogFormatException($"The row is of the unknown kind {statement.Int32(3)}. Start a newer version.");
            }

            return new LogRow
            {
                Stream = StreamId.Parse(stream),
                Version = version,
                Position = statement.Int64(2),
                PriceBook = statement.Int32(5),
                ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(6)),
                Events = RowCodec.Decode(
                    statement.Int32(4), statement.Blob(7) ?? [], text == LogText.With ? statement.Blob(8) : null, out length),
            };
        }
        catch (Exception e) when (e is EventLogFormatException or FormatException or ArgumentOutOfRangeException)
        {
            throw new EventLogFormatException($"Version {version} of stream '{stream}' (position {statement.Int64(2)}) cannot be read: {e.Message}", e);
        }
    }

    private SqliteStatement Prepare(string sql)
    {
        try
        {
            return new SqliteStatement(_connection, sql);
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
