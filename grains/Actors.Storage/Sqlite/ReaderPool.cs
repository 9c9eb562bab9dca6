using System.Collections.Concurrent;
using Actors.Tracing;
using Microsoft.Data.Sqlite;

namespace Actors.Storage.Sqlite;

/// <summary>
/// Runs reads on pool threads, never on a caller's grain thread, and no more than a few at a time: SQLite reads block.
/// </summary>
internal sealed class ReaderPool(string path, int size) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(size, size);
    private readonly ConcurrentBag<ReaderSession> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs one read on a connection of its own.</summary>
    /// <exception cref="EventLogUnavailableException">The file cannot be read now, or the log is closed.</exception>
    public async Task<T> RunAsync<T>(Func<ReaderSession, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Run(read), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the running reads and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var i = 0; i < size; i++)
        {
            await _free.WaitAsync();
        }

        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }

        // Who waited for a turn finds the log closed.
        _free.Release(size);
    }

    private T Run<T>(Func<ReaderSession, T> read)
    {
        if (_closed)
        {
            throw new EventLogUnavailableException("The event log is closed.");
        }

        ReaderSession? session = null;
        try
        {
            session = _idle.TryTake(out var idle) ? idle : new ReaderSession(path);
            var result = read(session);
            _idle.Add(session);
            return result;
        }
        catch (SqliteException e)
        {
            session?.Dispose();
            throw new EventLogUnavailableException($"The event log could not be read ({e.Message}).", e);
        }
        catch
        {
            // The data or the caller is to blame, not the connection, but a fresh one costs little.
            session?.Dispose();
            throw;
        }
    }
}
