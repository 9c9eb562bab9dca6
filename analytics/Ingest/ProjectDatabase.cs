using System.Collections.Concurrent;
using Actors.Analytics.Queries;
using Actors.Analytics.Schema;
using Actors.Tracing;
using DuckDB.NET.Data;

namespace Actors.Analytics.Ingest;

/// <summary>
/// The open file of one project: one connection that writes, and a few that read. DuckDB blocks its caller, so all of it
/// runs on the thread pool and never on the scheduler of a grain.
/// </summary>
internal sealed class ProjectDatabase : IAsyncDisposable
{
    private readonly ProjectFile _file;
    private readonly DuckDBConnection _connection;
    private readonly BatchWriter _writer;
    private readonly int _readers;
    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _queries;
    private readonly ConcurrentBag<DuckDBConnection> _idle = [];

    private ProjectDatabase(ProjectFile file, DuckDBConnection connection, long watermark, int readers, SemaphoreSlim queries)
    {
        _file = file;
        _connection = connection;
        _writer = new BatchWriter(connection);
        _readers = readers;
        _free = new SemaphoreSlim(readers);
        _queries = queries;
        OpenedAt = watermark;
    }

    /// <summary>The watermark that the file had when it was opened.</summary>
    public long OpenedAt { get; }

    /// <summary>Opens or begins the file.</summary>
    /// <param name="file">Where it is.</param>
    /// <param name="project">Whose it is.</param>
    /// <param name="log">The log that it follows.</param>
    /// <param name="readers">How many queries run at the same time.</param>
    /// <param name="queries">The bound over all projects.</param>
    public static Task<ProjectDatabase> OpenAsync(ProjectFile file, ProjectId project, IEventLog log, int readers, SemaphoreSlim queries) =>
        Task.Run(() =>
        {
            var (connection, watermark) = file.Open(project, log);
            try
            {
                return new ProjectDatabase(file, connection, watermark, readers, queries);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        });

    /// <summary>Commits a batch. One caller at a time.</summary>
    public Task CommitAsync(ModelBatch batch) => Task.Run(() => _writer.Commit(batch));

    /// <summary>Writes the write-ahead log into the file. One caller at a time, never beside a commit.</summary>
    public Task CheckpointAsync() => Task.Run(() =>
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "CHECKPOINT";
        command.ExecuteNonQuery();
    });

    /// <summary>Copies one snapshot of the file while it is read and written. One caller at a time.</summary>
    /// <returns>The watermark of the copy.</returns>
    public Task<long> CopyAsync(string target, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var connection = _file.Connect();
            return ProjectCopy.Make(connection, target, cancellationToken);
        },
        cancellationToken);

    /// <summary>Runs queries within one snapshot, which should hold the log up to <paramref name="head"/>.</summary>
    public Task<T> ReadAsync<T>(long head, Func<ReadSession, T> read, CancellationToken cancellationToken) => UseAsync(
        connection =>
        {
            using var session = new ReadSession(connection, head, cancellationToken);
            return read(session);
        },
        cancellationToken);

    /// <summary>Lends a connection that nobody else uses meanwhile; it must come back as it was.</summary>
    public async Task<T> UseAsync<T>(Func<DuckDBConnection, T> use, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            await _queries.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(() => Use(use), cancellationToken);
            }
            finally
            {
                _queries.Release();
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Closes the file after the queries that run. The caller makes sure that no new ones come.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _readers; i++)
        {
            await _free.WaitAsync();
        }

        await Task.Run(() =>
        {
            while (_idle.TryTake(out var reader))
            {
                reader.Dispose();
            }

            _connection.Dispose();
        });
        _free.Dispose();
    }

    private T Use<T>(Func<DuckDBConnection, T> use)
    {
        var connection = _idle.TryTake(out var idle) ? idle : _file.Connect();
        try
        {
            var answer = use(connection);
            _idle.Add(connection);
            return answer;
        }
        catch
        {
            // A connection that has thrown may be in a state of its own; a new one costs little.
            connection.Dispose();
            throw;
        }
    }
}
