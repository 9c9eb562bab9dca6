using Actors.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>A database of the assembly's server for the tests of one class, which run one after the other and empty it.</summary>
public sealed class LogDatabase(PostgresServer server) : IAsyncLifetime
{
    private readonly StorageInstruments _instruments = new();
    private readonly List<NodeListener> _listeners = [];

    public string ConnectionString { get; private set; } = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => ConnectionString = await server.CreateDatabaseAsync(CancellationToken.None);

    /// <summary>Opens a log as one more node does.</summary>
    public PostgresEventLog Open(EventLogOptions? options = null) => Open(ConnectionString, options);

    /// <summary>Opens the log of any database.</summary>
    public PostgresEventLog Open(string connectionString, EventLogOptions? options = null)
    {
        var listener = new NodeListener(connectionString, TimeProvider.System, NullLogger<NodeListener>.Instance);
        _listeners.Add(listener);
        return PostgresEventLog.Open(
            connectionString, listener, options ?? new EventLogOptions(), TimeProvider.System, _instruments, NullLogger<PostgresEventLog>.Instance);
    }

    /// <summary>Takes out all rows, as if the schema had just been made.</summary>
    public Task EmptyAsync() => ExecuteAsync("TRUNCATE log.events, log.projects, log.score_index RESTART IDENTITY");

    /// <summary>Ends the connections of all nodes to the database.</summary>
    public Task EndConnectionsAsync() => ExecuteAsync(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

    /// <summary>Runs a statement of the test.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // The statements are the tests' own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
        {
            await listener.StopAsync();
            listener.Dispose();
        }

        _instruments.Dispose();
    }
}
