using Actors.Storage.Control.Postgres;
using Actors.Storage.Control.Sqlite;
using Actors.Storage.Sqlite;
using Actors.Testing.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Actors.Storage.Control;

/// <summary>
/// The script that makes a new file, the migrations that bring old databases up to date, and the models of both engines must agree.
/// </summary>
public sealed class ControlSchemaTests(PostgresServer server) : IDisposable
{
    private const string Advice =
        "Run dotnet ef migrations add for ControlDbContext and for PostgresControlDbContext, and migrations script for control.sql.";

    private readonly TempDirectory _temp = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_script_is_that_of_all_migrations()
    {
        using var context = new ControlDbContextFactory().CreateDbContext([]);

        Assert.Equal(
            context.GetService<IMigrator>().GenerateScript().ReplaceLineEndings("\n").Trim(), SqliteControlDatabase.CreateScript.Trim());
        Assert.Equal(context.Database.GetMigrations(), SqliteControlDatabase.Migrations);
    }

    [Fact]
    public void The_migrations_are_those_of_the_model()
    {
        using var sqlite = new ControlDbContextFactory().CreateDbContext([]);
        using var postgres = new PostgresControlDbContextFactory().CreateDbContext([]);

        Assert.False(sqlite.Database.HasPendingModelChanges(), Advice);
        Assert.False(postgres.Database.HasPendingModelChanges(), Advice);
        Assert.Equal(postgres.Database.GetMigrations(), PostgresSchema.Migrations);
    }

    [Fact]
    public void Both_engines_have_the_same_tables_columns_keys_and_indexes()
    {
        using var sqlite = new ControlDbContextFactory().CreateDbContext([]);
        using var postgres = new PostgresControlDbContextFactory().CreateDbContext([]);

        Assert.Equal(Describe(sqlite), Describe(postgres));
    }

    [Fact]
    public async Task Every_text_in_PostgreSQL_is_compared_by_its_bytes()
    {
        var plane = new PostgresControlPlane(server);
        await using var _ = plane;
        await plane.InitializeAsync();

        var others = await plane.Database.ReadAsync(
            async connection =>
            {
                await using var command = connection.Command("""
                    SELECT table_name || '.' || column_name FROM information_schema.columns
                    WHERE table_schema = 'control' AND data_type IN ('text', 'character varying', 'ARRAY')
                    AND collation_name IS DISTINCT FROM 'C' AND table_name <> '__EFMigrationsHistory'
                    """);
                return await command.ReadAllAsync(row => row.GetString(0), Ct);
            },
            Ct);

        Assert.Empty(others);
    }

    [Fact]
    public async Task A_file_that_lacks_migrations_gets_them()
    {
        using var directory = DataDirectory.Open(_temp.Path);
        using var database = new SqliteControlDatabase(directory);
        await using (var connection = await database.OpenAsync(Ct))
        {
            connection.Execute(SqliteControlDatabase.CreateScript[..SqliteControlDatabase.CreateScript.IndexOf("BEGIN", StringComparison.Ordinal)]);
        }

        await database.MigrateAsync(Ct);

        await using var context = database.CreateDbContext();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(Ct));
        Assert.Empty(await context.ApiKeys.ToListAsync(Ct));
    }

    [Fact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_all_find_the_tables()
    {
        var connectionString = await server.CreateDatabaseAsync(Ct);
        var nodes = Enumerable.Range(0, 4)
            .Select(_ => PostgresControlPlane.Open(connectionString)).ToList();

        await Task.WhenAll(nodes.Select(node => node.MigrateAsync(Ct)));

        foreach (var node in nodes)
        {
            await using var context = node.CreateDbContext();
            Assert.Empty(await context.Database.GetPendingMigrationsAsync(Ct));
            Assert.Empty(await context.ApiKeys.ToListAsync(Ct));
            node.Dispose();
        }
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_the_setting()
    {
        using var database = PostgresControlPlane.Open("Host=127.0.0.1;Port=1;Database=gone;Username=nobody");

        var e = await Assert.ThrowsAsync<StorageSetupException>(() => database.MigrateAsync(Ct));

        Assert.Contains("'gone' at tcp://127.0.0.1:1", e.Message, StringComparison.Ordinal);
        Assert.Contains(PostgresOptions.ConnectionStringSetting, e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();

    // All that the engines do not name differently by nature, which are the types alone.
    private static IEnumerable<string> Describe(ControlDbContext context) => context.GetService<IDesignTimeModel>().Model
        .GetRelationalModel().Tables.OrderBy(t => t.Name, StringComparer.Ordinal).SelectMany(table => new[] { table.Name }
            .Concat(table.Columns.Select(c => $"  {c.Name}{(c.IsNullable ? "?" : "")} = {c.DefaultValue}").Order(StringComparer.Ordinal))
            .Concat(table.UniqueConstraints.Select(k => $"  key {k.Name} ({Names(k.Columns)})").Order(StringComparer.Ordinal))
            .Concat(table.Indexes.Select(i => $"  {(i.IsUnique ? "unique " : "")}index {i.Name} ({Names(i.Columns)})").Order(StringComparer.Ordinal))
            .Concat(table.ForeignKeyConstraints
                .Select(f => $"  foreign {f.Name} ({Names(f.Columns)}) {f.PrincipalTable.Name} ({Names(f.PrincipalColumns)}) {f.OnDeleteAction}")
                .Order(StringComparer.Ordinal))
            .Concat(table.CheckConstraints.Select(c => $"  check {c.Name} {c.Sql}").Order(StringComparer.Ordinal)));

    private static string Names(IEnumerable<IColumnBase> columns) => string.Join(", ", columns.Select(c => c.Name));
}
