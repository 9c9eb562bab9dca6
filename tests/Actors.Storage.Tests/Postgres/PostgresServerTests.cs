using Actors.Testing.Postgres;
using Npgsql;

namespace Actors.Storage.Postgres;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task What_was_committed_survives_a_kill_and_what_was_not_is_gone()
    {
        var cancel = TestContext.Current.CancellationToken;
        var server = new PostgresServer();
        await using var _ = server;
        await server.InitializeAsync();
        var database = await server.CreateDatabaseAsync(cancel);
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync(cancel);
            await RunAsync(connection, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)", cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await RunAsync(connection, "INSERT INTO kept VALUES (2)", cancel);
            await server.KillAsync();
        }

        NpgsqlConnection.ClearAllPools();
        await server.StartAsync(cancel);

        await using var again = new NpgsqlConnection(database);
        await again.OpenAsync(cancel);
        await using var count = new NpgsqlCommand("SELECT sum(n) FROM kept", again);
        Assert.Equal(1L, await count.ExecuteScalarAsync(cancel));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
