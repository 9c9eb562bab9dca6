using Actors.Storage.Log;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>
/// The one connection that writes, and what it remembers of the database. After a failure it is thrown away whole. Not safe for concurrent use.
/// </summary>
internal sealed class PostgresWriterSession : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly AppendCall _append;
    private readonly Dictionary<ProjectId, int> _projects = [];

    private PostgresWriterSession(NpgsqlConnection connection, string name)
    {
        _connection = connection;
        LogId = PostgresLogSchema.Ensure(connection, name);
        _append = new AppendCall(connection);
    }

    public Guid LogId { get; }

    public static PostgresWriterSession Open(PostgresConnections connections)
    {
        var connection = connections.Open();
        try
        {
            return new PostgresWriterSession(connection, connections.Name);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes rows of different streams in one transaction and notes the outcomes; when it throws, nobody knows what is stored.
    /// </summary>
    public void Write(IReadOnlyList<PendingWrite> batch)
    {
        try
        {
            foreach (var write in batch)
            {
                _append.Add(GetProjectNo(write.Project), write);
            }

            _append.Run(batch);
        }
        finally
        {
            _append.Clear();
        }
    }

    public void Dispose()
    {
        _append.Dispose();
        _connection.Dispose();
    }

    private int GetProjectNo(ProjectId project)
    {
        if (!_projects.TryGetValue(project, out var number))
        {
            using var command = new NpgsqlCommand("CALL log.number_project($1, NULL)", _connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = project.Value });
            number = (int)command.ExecuteScalar()!;
            _projects.Add(project, number);
        }

        return number;
    }
}
