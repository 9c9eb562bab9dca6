using Actors.Analytics.Schema;
using Actors.Tracing;
using DuckDB.NET.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Actors.Analytics.Bases;

/// <summary>When bases are left, how many there are, and that nothing which was deleted stays in one.</summary>
public sealed class BaseKeepingTests
{
    private static readonly StreamId Trace = StreamId.ForTrace("the-trace");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task One_is_left_after_so_many_rows_and_the_next_not_before_its_time()
    {
        await using var world = new BaseWorld();
        var silo = world.NewSilo();
        var traffic = new Traffic(world.Log, seed: 51);
        await traffic.AppendAsync(9);
        await LeaveWhenDueAsync(silo);
        Assert.Empty(world.Bases.List());

        await traffic.AppendAsync(1);
        await LeaveWhenDueAsync(silo);
        Assert.Single(world.Bases.List());

        await traffic.AppendAsync(100);
        await LeaveWhenDueAsync(silo);
        Assert.Single(world.Bases.List());
    }

    [Fact]
    public async Task The_newest_two_are_kept()
    {
        await using var world = new BaseWorld();
        var silo = world.NewSilo();
        var traffic = new Traffic(world.Log, seed: 52);
        var positions = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            positions.Add(await traffic.AppendAsync(5));
            await BaseWorld.LeaveAsync(silo);
        }

        Assert.Equal([positions[3], positions[2]], world.Bases.List());
        Assert.Equal(2, Directory.GetDirectories(Path.GetDirectoryName(world.FolderOf(0))!).Length);
        Assert.Equal([silo.File], Directory.GetFileSystemEntries(silo.Directory).Where(f => !f.EndsWith(".wal", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_deleted_is_in_no_base_after_a_while()
    {
        await using var world = new BaseWorld();
        var silo = world.NewSilo();
        await world.Log.AppendAsync(Trace, Traffic.Start, Said("the-trace"));
        await new Traffic(world.Log, seed: 53).AppendAsync(20);
        await BaseWorld.LeaveAsync(silo);
        var before = world.Bases.List().Single();
        Assert.Equal(1, await CountAsync(world, before));
        Assert.Null(world.Bases.FindMark(before));

        var earliest = Now.AddHours(1).AddSeconds(-1);
        await world.Log.DeleteAsync(Trace, Traffic.Start);
        await silo.ListAsync();
        Assert.InRange(world.Bases.FindMark(before)!.Value, earliest, Now.AddHours(1));

        await BaseWorld.LeaveAsync(silo);
        var after = world.Bases.List()[0];
        Assert.Equal(0, await CountAsync(world, after));
        Assert.Null(world.Bases.FindMark(after));

        world.Bases.Tidy(Now.AddMinutes(59), TimeSpan.FromHours(1));
        Assert.Equal([after, before], world.Bases.List());
        world.Bases.Tidy(Now.AddHours(1), TimeSpan.FromHours(2));
        Assert.Equal([after], world.Bases.List());
    }

    [Fact]
    public async Task A_deleted_score_marks_the_base_too_and_a_later_deletion_gives_it_no_more_time()
    {
        await using var world = new BaseWorld();
        var silo = world.NewSilo();
        await world.Log.AppendAsync(Trace, Traffic.Start, Said("the-trace"));
        await BaseWorld.LeaveAsync(silo);
        var position = world.Bases.List().Single();
        world.Bases.MarkBefore(position, Now);
        Assert.Null(world.Bases.FindMark(position));

        await world.Log.AppendAsync(Trace, Traffic.Start, new ScoreDeletedEvent { EventId = "d", Timestamp = Traffic.Start, ScoreId = "s" });
        await silo.ListAsync();
        var mark = world.Bases.FindMark(position);
        Assert.NotNull(mark);

        world.Bases.MarkBefore(position + 1, Now.AddDays(1));
        Assert.Equal(mark, world.Bases.FindMark(position));
    }

    /// <summary>A file that is built from the log meets deletions again that are older than a base: they are not in it.</summary>
    [Fact]
    public async Task Deletions_before_a_base_do_not_concern_it()
    {
        await using var world = new BaseWorld();
        await world.Log.AppendAsync(Trace, Traffic.Start, Said("the-trace"));
        await world.Log.DeleteAsync(Trace, Traffic.Start);
        await new Traffic(world.Log, seed: 54).AppendAsync(20);
        await BaseWorld.LeaveAsync(world.NewSilo());

        await world.NewSilo().ListAsync();

        Assert.Null(world.Bases.FindMark(world.Bases.List().Single()));
    }

    [Fact]
    public async Task The_bases_of_an_erased_project_go_with_it()
    {
        await using var world = new BaseWorld();
        var silo = world.NewSilo();
        await new Traffic(world.Log, seed: 55).AppendAsync(20);
        await BaseWorld.LeaveAsync(silo);

        await silo.Analytics.EraseAsync(TestLog.Project, Token);

        Assert.False(Directory.Exists(Path.GetDirectoryName(world.FolderOf(0))));
    }

    [Fact]
    public async Task The_bases_of_a_project_that_the_log_does_not_know_are_tidied_away_and_others_stay()
    {
        await using var world = new BaseWorld();
        var silo = world.NewSilo();
        await new Traffic(world.Log, seed: 56).AppendAsync(20);
        await BaseWorld.LeaveAsync(silo);
        await silo.Shelf.TidyNowAsync(Token);
        Assert.Single(world.Bases.List());

        await world.Log.Log.EraseProjectAsync(TestLog.Project, Token);
        await silo.Shelf.TidyNowAsync(Token);

        Assert.False(Directory.Exists(Path.GetDirectoryName(world.FolderOf(0))));
    }

    [Fact]
    public async Task What_a_killed_node_was_writing_is_no_base_and_is_tidied_away()
    {
        await using var world = new BaseWorld();
        var partial = Path.Combine(world.FolderOf(0), "..", ".partial-of-a-killed-node");
        Directory.CreateDirectory(partial);
        await File.WriteAllTextAsync(Path.Combine(partial, "model.duckdb"), "half", Token);
        Assert.Empty(world.Bases.List());

        world.Bases.Tidy(Now.AddMinutes(59), TimeSpan.FromHours(1));
        Assert.True(Directory.Exists(partial));
        world.Bases.Tidy(Now.AddMinutes(61), TimeSpan.FromHours(1));
        Assert.False(Directory.Exists(partial));
    }

    [Fact]
    public async Task A_copy_that_is_given_up_leaves_the_file_as_it_was()
    {
        await using var log = new TestLog();
        var file = new ProjectFile(Path.Combine(log.Directory, "direct", "project-1.duckdb"), new AnalyticsOptions(), NullLogger.Instance, isCopied: true);
        using var connection = file.Open(TestLog.Project, log.Log).Connection;
        using (var other = file.Connect())
        {
            Assert.ThrowsAny<OperationCanceledException>(() => ProjectCopy.Make(other, file.BeginOutgoing(), new CancellationToken(canceled: true)));
        }

        using var again = file.Connect();
        Assert.Equal(0, ProjectCopy.Make(again, file.BeginOutgoing(), Token));
    }

    [Fact]
    public async Task A_file_that_is_copied_gives_its_queries_no_way_to_other_files()
    {
        await using var log = new TestLog();
        var file = new ProjectFile(Path.Combine(log.Directory, "direct", "project-1.duckdb"), new AnalyticsOptions(), NullLogger.Instance, isCopied: true);
        using var connection = file.Open(TestLog.Project, log.Log).Connection;
        using var reader = file.Connect();
        var elsewhere = Path.Combine(log.Directory, "elsewhere");
        foreach (var sql in (string[])[$"COPY (SELECT 1) TO '{elsewhere}.csv'", $"ATTACH '{elsewhere}.duckdb'", "SET enable_external_access = true", "SET allowed_directories = ['/']"])
        {
            using var command = reader.CreateCommand();
            command.CommandText = sql;
            Assert.ThrowsAny<DuckDBException>(() => command.ExecuteNonQuery());
        }
    }

    [Theory]
    [InlineData("postgres", "/shared", true, "/shared/read-models")]
    [InlineData("postgres", "/shared", false, "")]
    [InlineData("postgres", " ", true, "")]
    [InlineData("sqlite", "/shared", true, "")]
    [InlineData(null, null, true, "")]
    public void Bases_are_only_used_where_nodes_share_a_directory(string? storage, string? shared, bool isEnabled, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Actors:Storage"] = storage,
            ["Actors:SharedDirectory"] = shared,
            ["Actors:Analytics:Bases:Enabled"] = isEnabled.ToString(),
        }).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddActorsAnalytics().BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<BaseOptions>>().Value;

        Assert.Equal(expected, options.Enabled ? options.Directory : "");
    }

    private static async Task LeaveWhenDueAsync(TestReadModel silo)
    {
        await silo.ListAsync();
        await silo.Models.LeaveBasesAsync(isLast: false, Token);
    }

    private static async Task<long> CountAsync(BaseWorld world, long position)
    {
        // Bases are never opened where they lie.
        var copy = Path.Combine(world.Log.Directory, $"looked-at-{position}.duckdb");
        File.Copy(Path.Combine(world.FolderOf(position), "model.duckdb"), copy, overwrite: true);
        await using var connection = new DuckDBConnection($"DataSource={copy}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM traces WHERE id = 'the-trace'";
        return (long)command.ExecuteScalar()!;
    }

    private static TraceEvent Said(string name) => new() { EventId = "said-" + name, Timestamp = Traffic.Start, StartedAt = Traffic.Start, Name = name };
}
