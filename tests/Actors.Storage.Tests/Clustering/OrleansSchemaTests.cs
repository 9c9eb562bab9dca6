using Actors.Testing.Postgres;
using Npgsql;

namespace Actors.Storage.Clustering;

/// <summary>The schema of Orleans comes to a database once, whoever asks, and goes only forward.</summary>
public sealed class OrleansSchemaTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_that_start_at_once_make_it_once()
    {
        var database = await server.CreateDatabaseAsync(Cancel);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OrleansSchema.ApplyAsync(database, Cancel)));
        await OrleansSchema.ApplyAsync(database, Cancel);

        Assert.Equal(1L, await AskAsync(database, "SELECT count(*) FROM schema_version"));
        Assert.Equal(OrleansSchema.Version, await AskAsync(database, "SELECT version FROM schema_version"));
    }

    [Fact]
    public async Task Statements_of_an_older_version_are_replaced_and_rows_stay()
    {
        var database = await server.CreateDatabaseAsync(Cancel);
        await OrleansSchema.ApplyAsync(database, Cancel);
        var statement = (string)(await AskAsync(database, "SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'GatewaysQueryKey'"))!;
        await AskAsync(
            database,
            "UPDATE schema_version SET version = 0; UPDATE OrleansQuery SET QueryText = 'old'; INSERT INTO clusters VALUES ('kept', 7)");

        await OrleansSchema.ApplyAsync(database, Cancel);

        Assert.Equal(statement, await AskAsync(database, "SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'GatewaysQueryKey'"));
        Assert.Equal(0L, await AskAsync(database, "SELECT count(*) FROM OrleansQuery WHERE QueryText = 'old'"));
        Assert.Equal(7, await AskAsync(database, "SELECT version FROM clusters"));
    }

    [Fact]
    public async Task What_a_newer_version_made_is_left_alone()
    {
        var database = await server.CreateDatabaseAsync(Cancel);
        await OrleansSchema.ApplyAsync(database, Cancel);
        await AskAsync(database, $"UPDATE schema_version SET version = {OrleansSchema.Version + 1}; UPDATE OrleansQuery SET QueryText = 'new'");

        var refused = await Assert.ThrowsAsync<StorageSetupException>(() => OrleansSchema.ApplyAsync(database, Cancel));

        Assert.Contains($"version {OrleansSchema.Version + 1}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await AskAsync(database, "SELECT count(*) FROM OrleansQuery WHERE QueryText <> 'new'"));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=nowhere;Username=nobody")]
    [InlineData("Host")]
    public async Task A_database_that_does_not_answer_is_said_in_one_line(string database)
    {
        var refused = await Assert.ThrowsAsync<StorageSetupException>(() => OrleansSchema.ApplyAsync(database, Cancel));

        Assert.Contains("Actors:Postgres:ConnectionString", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static async Task<object?> AskAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(OrleansSchema.ConnectionString(database));
        await connection.OpenAsync(Cancel);
#pragma warning disable CA2100 // The statements are the test's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancel);
    }
}
