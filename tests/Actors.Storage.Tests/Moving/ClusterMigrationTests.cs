using System.Globalization;
using Actors.Access;
using Actors.Storage.Postgres;
using Actors.Testing;
using Actors.Testing.Postgres;
using Actors.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Actors.Storage.Moving;

/// <summary>What an embedded server kept is in PostgreSQL afterwards, row by row, or nothing is.</summary>
public sealed class ClusterMigrationTests(PostgresServer server) : IDisposable
{
    private static readonly ProjectId Second = new("project-2");
    private static readonly string LongScore = new('s', 5_000);

    private readonly TempDirectory _temp = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Source => Path.Combine(_temp.Path, "data");

    private string Shared => Path.Combine(_temp.Path, "shared");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Every_row_and_file_is_there_and_the_log_goes_on_where_it_was()
    {
        var repeated = LogSamples.Append(LogSamples.Trace("repeated"), 1);
        AppendOutcome first;
        List<string> before;
        Guid logId;
        await using (var services = await OpenAsync(Embedded))
        {
            var log = services.GetRequiredService<IEventLog>();
            logId = log.LogId;
            first = await log.AppendAsync(repeated, Ct);
            await FillAsync(services);
            before = await ReadAsync(log);
        }

        var database = await server.CreateDatabaseAsync(Ct);
        var compared = await MoveAsync(database);
        Assert.Equal(before.Count, compared.Single(t => t.Name == "log.events").Rows);
        Assert.Equal(1, compared.Single(t => t.Name == "control.projects").Rows);
        Assert.Equal(2, compared.Single(t => t.Name == "files").Rows);
        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(Shared, "keys", "key-1.xml"), Ct));

        await using var moved = await OpenAsync(Cluster(database));
        var target = moved.GetRequiredService<IEventLog>();
        Assert.IsType<PostgresEventLog>(target);
        Assert.Equal(logId, target.LogId);
        Assert.Equal(before, await ReadAsync(target));
        Assert.Equal(first, await target.AppendAsync(repeated, Ct));
        Assert.Equal(LogSamples.Trace("scored"), await target.FindScoreAsync(LogSamples.Project, LongScore, Ct));
        Assert.Null(await target.FindScoreAsync(LogSamples.Project, "taken back", Ct));
        var highest = before.Max(r => long.Parse(r.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.True((await target.AppendAsync(LogSamples.Append(LogSamples.Trace("new"), 1), Ct)).Position > highest);
        Assert.True((await target.AppendAsync(LogSamples.Append(LogSamples.Trace("t-3"), 3), Ct)).IsConflict);
        Assert.Equal(LogSamples.Project, (await moved.GetRequiredService<IProjectDirectory>().FindBySecretKeyAsync("sk-lf-1", Ct))!.Id);
    }

    [Fact]
    public async Task A_database_or_directory_that_is_in_use_is_refused()
    {
        await using (var services = await OpenAsync(Embedded))
        {
            await FillAsync(services);
            var locked = await Assert.ThrowsAsync<StorageSetupException>(() => MoveAsync("Host=127.0.0.1"));
            Assert.Contains("Another process", locked.Message, StringComparison.Ordinal);
        }

        var database = await server.CreateDatabaseAsync(Ct);
        Directory.CreateDirectory(Path.Combine(Shared, "keys"));
        await File.WriteAllTextAsync(Path.Combine(Shared, "keys", "key-2.xml"), "another server's", Ct);
        Assert.Contains("key-2.xml", (await FailsAsync(database)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(Shared, "keys", "key-2.xml"));

        await MoveAsync(database);
        Assert.Contains("not empty", (await FailsAsync(database)).Message, StringComparison.Ordinal);
        Assert.Contains("no connection string", (await FailsAsync("nonsense")).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageSetupException>(() => MoveAsync("Host=127.0.0.1;Port=1;Database=x;Username=x"));
        var nothing = await Assert.ThrowsAsync<MigrationException>(
            () => ClusterMigration.RunAsync(Path.Combine(_temp.Path, "nothing"), database, Shared, new Reports(_ => { }), Ct));
        Assert.Contains("events.db", nothing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_interrupted_or_differs_stores_nothing_and_can_begin_anew()
    {
        await using (var services = await OpenAsync(Embedded))
        {
            await FillAsync(services);
        }

        var database = await server.CreateDatabaseAsync(Ct);
        using (var over = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => ClusterMigration.RunAsync(Source, database, Shared, new Reports(_ => over.Cancel()), over.Token));
        }

        Assert.Equal(0L, await CountAsync(database));
        await RunAsync(
            database,
            """
            CREATE FUNCTION damage() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.position = 7 THEN NEW.head := ''\x00''; END IF; RETURN NEW; END';
            CREATE TRIGGER damage BEFORE INSERT ON log.events FOR EACH ROW EXECUTE FUNCTION damage()
            """);
        Assert.Contains("not the same", (await FailsAsync(database)).Message, StringComparison.Ordinal);
        Assert.Equal(0L, await CountAsync(database));

        await RunAsync(
            database,
            """
            DROP TRIGGER damage ON log.events;
            CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.note := ''other''; RETURN NEW; END';
            CREATE TRIGGER swallow BEFORE INSERT ON control.api_keys FOR EACH ROW EXECUTE FUNCTION swallow()
            """);
        Assert.Contains("control.api_keys", (await FailsAsync(database)).Message, StringComparison.Ordinal);
        Assert.Equal(0L, await CountAsync(database));

        await RunAsync(database, "DROP TRIGGER swallow ON control.api_keys");
        Assert.NotEmpty(await MoveAsync(database));
    }

    private static async Task FillAsync(IServiceProvider services)
    {
        await services.GetRequiredService<IProjectDirectory>().EnsureAsync(
            new ProjectSetup
            {
                OrganizationId = "org",
                OrganizationName = "Organization",
                ProjectId = LogSamples.Project,
                ProjectName = "Project",
                PublicKey = "pk-lf-1",
                SecretKey = "sk-lf-1",
            },
            Ct);
        var log = services.GetRequiredService<IEventLog>();
        for (var i = 0; i < 50; i++)
        {
            var stream = LogSamples.Trace(string.Create(CultureInfo.InvariantCulture, $"t-{i}"));
            for (var version = 1; version <= 3; version++)
            {
                await log.AppendAsync(LogSamples.Append(stream, version), Ct);
            }

            await log.AppendAsync(LogSamples.Append(stream, 1) with { Project = Second }, Ct);
        }

        await log.AppendAsync(LogSamples.Append(LogSamples.Trace("é ü \"ß\""), 1), Ct);
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace("no text"), 1, LogSamples.Generation("g", null, null)), Ct);
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace("scored"), 1, LogSamples.Score(LongScore), LogSamples.Score("taken back")), Ct);
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace("scored"), 2, LogSamples.ScoreDeleted("taken back")), Ct);
        await log.DeleteStreamAsync(LogSamples.Deletion(LogSamples.Trace("t-1"), 4), Ct);
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace("t-1"), 5), Ct);

        // The highest positions of all are gone, and are not given again.
        var erased = new ProjectId("project-3");
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace("erased"), 1) with { Project = erased }, Ct);
        await log.EraseProjectAsync(erased, Ct);
    }

    private static async Task<List<string>> ReadAsync(IEventLog log)
    {
        var rows = new List<string>();
        foreach (var project in await log.ListProjectsAsync(Ct))
        {
            for (long position = 0; await log.ReadChangesAsync(project, position, 40, Ct) is { Count: > 0 } some; position = some[^1].Position)
            {
                rows.AddRange(some.Select(r =>
                    $"{project} {r.Position} {r.Stream} {r.Version} {r.PriceBook} {r.ReceivedAt:O} {r.IsDeletion} {string.Join('|', EventEquality.Print(r.Events))}"));
            }
        }

        return rows;
    }

    private static async Task<long> CountAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
        await using var count = new NpgsqlCommand(
            "SELECT (SELECT count(*) FROM log.events) + (SELECT count(*) FROM log.projects) + (SELECT count(*) FROM control.projects)", connection);
        return (long)(await count.ExecuteScalarAsync(Ct))!;
    }

    private static async Task RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // The statements are the test's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }

    private Task<IReadOnlyList<MigratedTable>> MoveAsync(string database) =>
        ClusterMigration.RunAsync(Source, database, Shared, new Reports(_ => { }), Ct);

    private Task<MigrationException> FailsAsync(string database) => Assert.ThrowsAsync<MigrationException>(() => MoveAsync(database));

    private Dictionary<string, string?> Embedded => new() { ["Actors:DataDirectory"] = Source };

    private Dictionary<string, string?> Cluster(string database) => new()
    {
        ["Actors:DataDirectory"] = Path.Combine(_temp.Path, "node"),
        ["Actors:SharedDirectory"] = Shared,
        ["Actors:Storage"] = "postgres",
        ["Actors:Postgres:ConnectionString"] = database,
    };

    private async Task<ServiceProvider> OpenAsync(Dictionary<string, string?> settings)
    {
        Directory.CreateDirectory(Path.Combine(Source, "keys"));
        await File.WriteAllTextAsync(Path.Combine(Source, "keys", "key-1.xml"), "secret", Ct);
        Directory.CreateDirectory(Path.Combine(Source, "media", "aa"));
        await File.WriteAllTextAsync(Path.Combine(Source, "media", "aa", "file"), "a picture", Ct);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddActorsStorage().BuildServiceProvider();
        await services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single().StartingAsync(Ct);
        return services;
    }

    // Progress<T> would tell of it some time later.
    private sealed class Reports(Action<string> report) : IProgress<string>
    {
        public void Report(string value) => report(value);
    }
}
