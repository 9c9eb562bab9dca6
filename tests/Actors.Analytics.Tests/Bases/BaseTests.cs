using Actors.Analytics.Schema;
using Actors.Tracing;

namespace Actors.Analytics.Bases;

/// <summary>
/// A file that goes on from a base is, row for row, the one that is built from the log; and a base that cannot be trusted is not used.
/// </summary>
public sealed class BaseTests
{
    private static readonly StreamId Trace = StreamId.ForTrace("the-trace");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    public async Task What_goes_on_from_a_base_equals_what_is_built_from_the_log(int seed)
    {
        await using var world = new BaseWorld();
        var first = world.NewSilo();
        var traffic = new Traffic(world.Log, seed, deletes: true);
        await traffic.AppendAsync(60);
        await first.ListAsync();

        // It is left while rows come and are folded.
        await Task.WhenAll(traffic.AppendAsync(40), first.Models.LeaveBasesAsync(isLast: true, Token));
        await traffic.AppendAsync(40);

        Assert.Equal(await world.DumpOfLogAsync(), await world.DumpOfNextOwnerAsync(BaseWorld.Taken));
    }

    [Fact]
    public async Task A_silo_whose_own_file_is_old_goes_on_from_a_base()
    {
        await using var world = new BaseWorld();
        var traffic = new Traffic(world.Log, seed: 44, deletes: true);
        await traffic.AppendAsync(30);
        await using (var before = new TestReadModel(world.Log, Path.Combine(world.Log.Directory, "old")))
        {
            await before.ListAsync();
        }

        await traffic.AppendAsync(30);
        await BaseWorld.LeaveAsync(world.NewSilo());
        await traffic.AppendAsync(10);

        await using var again = new TestReadModel(world.Log, Path.Combine(world.Log.Directory, "old"), bases: world.Options);
        again.Analytics.Follow(TestLog.Project, long.MaxValue);
        await again.WhenSaidAsync(BaseWorld.Taken);

        Assert.Equal(await world.DumpOfLogAsync(), await again.DumpAsync());
    }

    [Theory]
    [InlineData("model.duckdb")]
    [InlineData("base.json")]
    public async Task A_damaged_base_is_not_used_and_the_one_before_it_is(string file)
    {
        await using var world = new BaseWorld();
        var first = world.NewSilo();
        var traffic = new Traffic(world.Log, seed: 45, deletes: true);
        await traffic.AppendAsync(40);
        await BaseWorld.LeaveAsync(first);
        var older = world.Bases.List().Single();
        await traffic.AppendAsync(20);
        await BaseWorld.LeaveAsync(first);
        var path = Path.Combine(world.FolderOf(world.Bases.List()[0]), file);
        var bytes = await File.ReadAllBytesAsync(path, Token);
        Array.Fill(bytes, (byte)0xA5, bytes.Length / 2, 5);
        await File.WriteAllBytesAsync(path, bytes, Token);

        var next = world.NewSilo();
        next.Analytics.Follow(TestLog.Project, long.MaxValue);
        await next.WhenSaidAsync(BaseWorld.Damaged);
        Assert.Contains($"position {older}:", await next.WhenSaidAsync(BaseWorld.Taken), StringComparison.Ordinal);

        Assert.Equal(await world.DumpOfLogAsync(), await next.DumpAsync());
    }

    [Fact]
    public async Task A_base_of_another_schema_is_not_used()
    {
        await using var world = new BaseWorld();
        await new Traffic(world.Log, seed: 46, deletes: true).AppendAsync(40);
        await BaseWorld.LeaveAsync(world.NewSilo());
        var path = Path.Combine(world.FolderOf(world.Bases.List().Single()), "base.json");
        var manifest = BaseManifest.Read(await File.ReadAllBytesAsync(path, Token));
        await File.WriteAllBytesAsync(path, (manifest with { SchemaVersion = manifest.SchemaVersion + 1 }).Write(), Token);

        Assert.Equal(await world.DumpOfLogAsync(), await world.DumpOfNextOwnerAsync(BaseWorld.Foreign));
    }

    [Fact]
    public void A_base_fits_the_build_and_the_log_that_it_was_left_by()
    {
        var log = Guid.NewGuid();
        var manifest = new BaseManifest
        {
            Format = BaseManifest.CurrentFormat, SchemaVersion = ReadModelSchema.Version, FoldVersion = ReadModelSchema.FoldVersion, LogId = log,
            Position = 1, Anchor = new BaseAnchor("t:a", 1, Traffic.Start), Sha256 = "", SizeBytes = 1, LeftAt = Traffic.Start, Seconds = 0.5,
        };
        Assert.Equal(manifest, BaseManifest.Read(manifest.Write()));
        Assert.True(manifest.Fits(log));
        Assert.False(manifest.Fits(Guid.NewGuid()));
        Assert.False((manifest with { Format = 2 }).Fits(log));
        Assert.False((manifest with { SchemaVersion = 0 }).Fits(log));
        Assert.False((manifest with { FoldVersion = 0 }).Fits(log));
    }

    /// <summary>
    /// Goal: a log that was restored from a backup and has grown past a base again is not mixed up with it, although it bears the same id.
    /// Method: the log is another one; the base is told to be of it.
    /// </summary>
    [Fact]
    public async Task A_base_whose_last_row_the_log_does_not_have_is_not_used()
    {
        await using var world = new BaseWorld();
        await using var lost = new BaseWorld();
        await new Traffic(lost.Log, seed: 47).AppendAsync(30);
        await BaseWorld.LeaveAsync(lost.NewSilo());
        await new Traffic(world.Log, seed: 48).AppendAsync(50);
        var position = lost.Bases.List().Single();
        Directory.CreateDirectory(Path.GetDirectoryName(world.FolderOf(position))!);
        Directory.Move(lost.FolderOf(position), world.FolderOf(position));
        var path = Path.Combine(world.FolderOf(position), "base.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Token)).Replace($"{lost.Log.Log.LogId}", $"{world.Log.Log.LogId}", StringComparison.Ordinal), Token);

        Assert.Equal(await world.DumpOfLogAsync(), await world.DumpOfNextOwnerAsync(BaseWorld.Unknown));
    }

    [Fact]
    public async Task A_base_whose_last_row_was_deleted_is_not_used()
    {
        await using var world = new BaseWorld();
        await new Traffic(world.Log, seed: 49).AppendAsync(20);
        await world.Log.AppendAsync(Trace, Traffic.Start, Said("the-trace"));
        await world.Log.AppendAsync(Trace, Traffic.Start, Said("again"));
        await BaseWorld.LeaveAsync(world.NewSilo());
        await world.Log.DeleteAsync(Trace, Traffic.Start);

        Assert.Equal(await world.DumpOfLogAsync(), await world.DumpOfNextOwnerAsync(BaseWorld.Unknown));
    }

    private static TraceEvent Said(string name) => new() { EventId = "said-" + name, Timestamp = Traffic.Start, StartedAt = Traffic.Start, Name = name };
}
