using Actors.Tracing;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>
/// Runs reads on pool threads, never on a caller's grain thread, and once or twice again when the connection broke.
/// </summary>
internal sealed class PostgresReader(NpgsqlDataSource source, TimeProvider time)
{
    // A server that restarts is back in about this time; one that takes longer is the caller's to wait for.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250)];

    private volatile bool _closed;

    /// <summary>Runs one read on a connection of its own.</summary>
    /// <exception cref="EventLogUnavailableException">The database cannot be read now, or the log is closed.</exception>
    public Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        Task.Run(() => RunHereAsync(read, cancellationToken), cancellationToken);

    /// <summary>Reads no more; what runs fails when the connections close.</summary>
    public void Close() => _closed = true;

    private async Task<T> RunHereAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (_closed)
            {
                throw new EventLogUnavailableException("The event log is closed.");
            }

            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                return await read(connection, cancellationToken);
            }
            catch (ObjectDisposedException e)
            {
                throw new EventLogUnavailableException("The event log is closed.", e);
            }
            catch (NpgsqlException e) when (attempt < Pauses.Length && PostgresFaults.IsPassing(e))
            {
                // What broke one connection has broken its neighbours.
                source.Clear();
                await Task.Delay(Pauses[attempt], time, cancellationToken);
            }
            catch (NpgsqlException e)
            {
                throw new EventLogUnavailableException($"The event log could not be read ({e.Message}).", e);
            }
        }
    }
}
