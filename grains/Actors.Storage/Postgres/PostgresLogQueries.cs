using System.Text;
using Actors.Storage.Log;
using Actors.Tracing;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>What is read from the log's tables.</summary>
internal static class PostgresLogQueries
{
    private const string ProjectNo = "(SELECT project_no FROM log.projects WHERE project_id = $1)";
    // The project is locked while they go: 50 ms on a slow machine.
    private const int MostErasedAtOnce = 250;

    private const string HeadColumns = "stream_id, version, position, kind, format, price_book, received_at, head";

    private const string Stream = $"SELECT {HeadColumns} FROM log.events WHERE project_no = {ProjectNo} AND stream_id = $2 ORDER BY version";
    private const string StreamWithText = $"SELECT {HeadColumns}, body FROM log.events WHERE project_no = {ProjectNo} AND stream_id = $2 ORDER BY version";

    // Bounded in packed bytes by the server, which knows their lengths without reading them: what was sent must be taken.
    private const string Changes = $"""
        SELECT {HeadColumns}, body FROM (
            SELECT *, sum(octet_length(head) + coalesce(octet_length(body), 0))
                OVER (ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
            FROM (SELECT {HeadColumns}, body FROM log.events WHERE project_no = {ProjectNo} AND position > $2 ORDER BY position LIMIT $3) next
        ) bounded
        WHERE before IS NULL OR before < $4 ORDER BY position
        """;

    private const string Remains =
        $"SELECT version, kind, format, head, append_id FROM log.events WHERE project_no = {ProjectNo} AND stream_id = $2 ORDER BY version DESC";

    private const string Score = $"SELECT stream_id FROM log.score_index WHERE project_no = {ProjectNo} AND score_id = $2";

    private const string Heads = """
        SELECT p.project_id, newest.position FROM log.projects p
        CROSS JOIN LATERAL (SELECT position FROM log.events e WHERE e.project_no = p.project_no ORDER BY position DESC LIMIT 1) newest
        WHERE p.project_id = ANY ($1)
        """;

    // The first append of a project may have been a conflict: then it has a number and no rows.
    private const string Projects = """
        SELECT project_id FROM log.projects p
        WHERE EXISTS (SELECT FROM log.events e WHERE e.project_no = p.project_no) ORDER BY project_id
        """;

    private const string Newest = """
        SELECT max(newest.received_at) FROM log.projects p
        CROSS JOIN LATERAL (SELECT received_at FROM log.events e WHERE e.project_no = p.project_no ORDER BY position DESC LIMIT 1) newest
        """;

    // Nothing is lost with a message, so that the server need not wait for its disk.
    private const string Tell = "SELECT pg_notify($1, message) FROM set_config('synchronous_commit', 'off', true), unnest($2) message";

    public static async Task<IReadOnlyList<LogRow>> ReadStreamAsync(
        NpgsqlConnection connection, ProjectId project, StreamId stream, LogText text, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, text == LogText.With ? StreamWithText : Stream, project, Encoding.UTF8.GetBytes(stream.Value));
        return await ReadRowsAsync(command, text, long.MaxValue, cancellationToken);
    }

    public static async Task<IReadOnlyList<LogRow>> ReadChangesAsync(
        NpgsqlConnection connection, ProjectId project, long afterPosition, int maxRows, long maxBytes, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Changes, project, afterPosition);
        Add(command, maxRows);
        Add(command, maxBytes);
        return await ReadRowsAsync(command, LogText.With, maxBytes, cancellationToken);
    }

    /// <summary>What must outlive a stream that is deleted now.</summary>
    public static async Task<StreamRemains> ReadRemainsAsync(
        NpgsqlConnection connection, ProjectId project, StreamId stream, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Remains, project, Encoding.UTF8.GetBytes(stream.Value));
        var remains = new StreamRemains.Gatherer();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            remains.Add(
                reader.GetInt64(0), reader.GetInt16(1), reader.GetInt16(2), reader.GetFieldValue<byte[]>(3), reader.GetGuid(4).ToByteArray(bigEndian: true));
        }

        return remains.Gathered();
    }

    public static async Task<StreamId?> FindScoreAsync(
        NpgsqlConnection connection, ProjectId project, string scoreId, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Score, project, ScoreKey.Of(scoreId));
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] stream ? StreamId.Parse(Encoding.UTF8.GetString(stream)) : null;
    }

    /// <summary>The highest positions of those projects that have rows.</summary>
    public static async Task<Dictionary<ProjectId, long>> ReadHeadsAsync(
        NpgsqlConnection connection, IReadOnlyCollection<ProjectId> projects, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Heads, connection);
        Add(command, projects.Select(p => p.Value).ToArray());
        var heads = new Dictionary<ProjectId, long>(projects.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            heads.Add(new ProjectId(reader.GetString(0)), reader.GetInt64(1));
        }

        return heads;
    }

    /// <summary>Tells all nodes how far some projects have come.</summary>
    public static async Task<int> TellHeadsAsync(
        NpgsqlConnection connection, IReadOnlyCollection<KeyValuePair<ProjectId, long>> heads, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Tell, connection);
        Add(command, HeadNews.Channel);
        Add(command, HeadNews.Write(heads));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<IReadOnlyList<ProjectId>> ListProjectsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Projects, connection);
        var projects = new List<ProjectId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            projects.Add(new ProjectId(reader.GetString(0)));
        }

        return projects;
    }

    public static async Task<DateTimeOffset?> ReadNewestReceiptAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Newest, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is long newest ? DateTimeOffset.FromUnixTimeMilliseconds(newest) : null;
    }

    /// <summary>Erases some rows of a project behind a position.</summary>
    /// <returns>How much was erased, 0 at the end, and the position to go on behind.</returns>
    public static async Task<(long Erased, long After)> EraseSomeAsync(
        NpgsqlConnection connection, ProjectId project, long after, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, "CALL log.erase_some($1, $3, $2, NULL)", project, after);
        Add(command, MostErasedAtOnce);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(1), reader.GetInt64(0));
    }

    private static async Task<IReadOnlyList<LogRow>> ReadRowsAsync(
        NpgsqlCommand command, LogText text, long maxBytes, CancellationToken cancellationToken)
    {
        var rows = new List<LogRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (long bytes = 0; bytes < maxBytes && await reader.ReadAsync(cancellationToken);)
        {
            rows.Add(ReadRow(reader, text).ToLogRow(out var length));
            bytes += length;
        }

        return rows;
    }

    private static StoredRow ReadRow(NpgsqlDataReader reader, LogText text) => new(
        Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0)),
        reader.GetInt64(1),
        reader.GetInt64(2),
        reader.GetInt16(3),
        reader.GetInt16(4),
        reader.GetInt32(5),
        reader.GetInt64(6),
        reader.GetFieldValue<byte[]>(7),
        text == LogText.With && !reader.IsDBNull(8) ? reader.GetFieldValue<byte[]>(8) : null);

#pragma warning disable CA2100 // The statements are the constants above.
    private static NpgsqlCommand Command<T>(NpgsqlConnection connection, string sql, ProjectId project, T second)
    {
        var command = new NpgsqlCommand(sql, connection);
        Add(command, project.Value);
        Add(command, second);
        return command;
    }
#pragma warning restore CA2100

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
