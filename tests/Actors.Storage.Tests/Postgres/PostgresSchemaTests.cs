using Actors.Storage.Formats;
using Actors.Testing;
using Actors.Testing.Postgres;
using Actors.Tracing;

namespace Actors.Storage.Postgres;

/// <summary>How the schema comes into a database, and what is said of one that cannot be used.</summary>
public sealed class PostgresSchemaTests(LogDatabase database, PostgresServer server) : IClassFixture<LogDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_nodes_that_start_at_once_one_makes_the_schema_and_all_have_the_same_log()
    {
        var empty = await server.CreateDatabaseAsync(Ct);

        var logs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => database.Open(empty), Ct)));

        Assert.Single(logs.Select(l => l.LogId).Distinct());
        foreach (var log in logs)
        {
            await log.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_advice()
    {
        await database.Open().DisposeAsync();
        await database.ExecuteAsync("UPDATE log.meta SET value = '99' WHERE key = 'schema_version'");

        var e = Assert.Throws<StorageSetupException>(() => database.Open());

        await database.ExecuteAsync("UPDATE log.meta SET value = '2' WHERE key = 'schema_version'");
        Assert.Contains("newer version (schema 99", e.Message, StringComparison.Ordinal);
        AssertHelps(e);
    }

    [Fact]
    public async Task A_schema_of_the_first_version_becomes_the_newest_and_the_log_stays()
    {
        await using var before = database.Open();
        await database.ExecuteAsync("ALTER TABLE log.events ALTER COLUMN project_no RESET (n_distinct)");
        await database.ExecuteAsync("UPDATE log.meta SET value = '1' WHERE key = 'schema_version'");

        await using var after = database.Open();

        Assert.Equal(before.LogId, after.LogId);
        Assert.Equal("2", await database.ExecuteAsync("SELECT value FROM log.meta WHERE key = 'schema_version'"));
        Assert.Equal(
            new[] { "n_distinct=5" },
            await database.ExecuteAsync("SELECT attoptions FROM pg_attribute WHERE attrelid = 'log.events'::regclass AND attname = 'project_no'"));
    }

    [Fact]
    public async Task A_node_does_not_go_on_with_another_log()
    {
        await using var log = database.Open();
        await database.ExecuteAsync("UPDATE log.meta SET value = gen_random_uuid() WHERE key = 'log_id'");
        await database.EndConnectionsAsync();

        var append = LogSamples.Append(LogSamples.Trace("other-log"), 1);
        var e = await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.AppendAsync(append, Ct).AsTask());

        Assert.Contains("another log", e.Message, StringComparison.Ordinal);
        await database.ExecuteAsync($"UPDATE log.meta SET value = '{log.LogId}' WHERE key = 'log_id'");
        Assert.False((await log.AppendAsync(append, Ct)).IsConflict);
        await database.EmptyAsync();
    }

    [Fact]
    public async Task A_user_who_may_not_make_the_schema_is_told_what_is_missing()
    {
        var empty = await server.CreateDatabaseAsync(Ct);
        await server.ExecuteAsync("CREATE ROLE poor LOGIN", Ct);

        var e = Assert.Throws<StorageSetupException>(() => database.Open(empty + ";Username=poor"));

        Assert.Contains("GRANT CREATE", e.Message, StringComparison.Ordinal);
        AssertHelps(e);
    }

    [Theory]
    [InlineData(";Database=nowhere", "Create the database")]
    [InlineData(";Port=1", "Start the server")]
    [InlineData(";Nonsense=1", "not a connection string")]
    public void A_database_that_is_not_there_is_refused_with_advice(string change, string advice)
    {
        var e = Assert.Throws<StorageSetupException>(() => database.Open(database.ConnectionString + change + ";Password=secret"));

        Assert.Contains(advice, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
        AssertHelps(e);
    }

    [Fact]
    public async Task A_damaged_row_is_named()
    {
        await using var log = database.Open();
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace(), 1), Ct);
        await database.ExecuteAsync(@"UPDATE log.events SET head = '\x01ffffff7f00'");

        var e = await Assert.ThrowsAsync<EventLogFormatException>(
            () => log.ReadStreamAsync(LogSamples.Project, LogSamples.Trace(), LogText.Without, Ct));

        Assert.Contains("Version 1 of stream 't:trace-1'", e.Message, StringComparison.Ordinal);
        await database.EmptyAsync();
    }

    private static void AssertHelps(StorageSetupException e)
    {
        Assert.Contains(PostgresOptions.ConnectionStringSetting, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
