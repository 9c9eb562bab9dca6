using Actors.Datasets;
using Actors.Storage.Control;

namespace Actors.Storage.Datasets;

public abstract class DatasetRunStoreTests(ControlPlane stored) : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private readonly string _name = Guid.NewGuid().ToString();
    private DatasetItemRecord _item = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ProjectId One => ControlPlane.One;

    private DatasetRunStore Runs => new(stored.Database, _clock);

    private DatasetItemStore Items => new(stored.Database, _clock);

    public async ValueTask InitializeAsync()
    {
        await new DatasetStore(stored.Database, _clock).SaveAsync(One, new DatasetDraft(_name), Ct);
        _item = (await Items.SaveAsync(One, new DatasetItemDraft(_name, null), Ct)).Item!;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void The_id_of_a_run_is_the_start_of_a_hash_of_what_names_it()
    {
        // printf '["langfuse-experiment-v1","p","d","räum \\"1\\" <x>"]' | sha256sum | cut -c1-32
        Assert.Equal("34aa4aaf70c57cf9669766faf7aeafd0", DatasetRunStore.RunId(new ProjectId("p"), "d", "räum \"1\" <x>"));
    }

    [Fact]
    public async Task A_run_is_made_by_its_first_link_and_changed_by_later_ones()
    {
        var link = (await LinkAsync("r", "t1", description: "first", metadata: """{"a":1}"""))!;
        _clock.Move(TimeSpan.FromSeconds(1));
        await LinkAsync("r", "t2");
        var unchanged = (await Runs.FindAsync(One, _item.DatasetId, "r", Ct))!;
        await Runs.AddItemAsync(
            One,
            new DatasetRunItemDraft("r", _item.Id, "t3", null) { RunDescription = "second", DatasetVersion = _clock.GetUtcNow() },
            Ct);
        var changed = (await Runs.FindAsync(One, _item.DatasetId, "r", Ct))!;

        Assert.Equal(DatasetRunStore.RunId(One, _item.DatasetId, "r"), link.RunId);
        Assert.Equal((link.RunId, "first", """{"a":1}""", _name), (unchanged.Id, unchanged.Description, unchanged.Metadata, unchanged.DatasetName));
        Assert.Equal(unchanged.CreatedAt, unchanged.UpdatedAt);
        Assert.Equal(
            unchanged with
            {
                Description = "second",
                Metadata = """{"a":1,"dataset_version":"2026-01-05T10:00:01.000Z"}""",
                UpdatedAt = _clock.GetUtcNow(),
            },
            changed);
        Assert.Equal([changed], await Runs.FindByIdAsync(One, [changed.Id, "none"], Ct));
        Assert.Empty(await Runs.FindByIdAsync(ControlPlane.Two, [changed.Id], Ct));
    }

    [Fact]
    public async Task The_same_link_again_is_the_same_link()
    {
        var first = await LinkAsync("r", "t");
        _clock.Move(TimeSpan.FromSeconds(1));

        Assert.Equal(first, await LinkAsync("r", "t"));
        Assert.NotEqual(first!.Id, (await LinkAsync("r", "t", "o"))!.Id);
        Assert.Equal(2, (await Runs.ListItemsAsync(One, first.RunId, new PageRequest(1, 1), Ct)).TotalItems);
    }

    [Fact]
    public async Task Archived_and_unknown_items_are_not_run()
    {
        await Items.SaveAsync(One, new DatasetItemDraft(_name, _item.Id) { Status = DatasetItemStatus.Archived }, Ct);

        Assert.Null(await LinkAsync("r", "t"));
        Assert.Null(await Runs.AddItemAsync(One, new DatasetRunItemDraft("r", "unknown", "t", null), Ct));
        Assert.Null(await Runs.AddItemAsync(ControlPlane.Two, new DatasetRunItemDraft("r", _item.Id, "t", null), Ct));
        Assert.Null(await Runs.FindAsync(One, _item.DatasetId, "r", Ct));
    }

    [Fact]
    public async Task A_deleted_run_is_gone_with_its_links()
    {
        var link = (await LinkAsync("r", "t"))!;

        Assert.False(await Runs.DeleteAsync(ControlPlane.Two, _item.DatasetId, "r", Ct));
        Assert.True(await Runs.DeleteAsync(One, _item.DatasetId, "r", Ct));
        Assert.False(await Runs.DeleteAsync(One, _item.DatasetId, "r", Ct));
        Assert.Null(await Runs.FindAsync(One, _item.DatasetId, "r", Ct));
        Assert.Empty((await Runs.ListItemsAsync(One, link.RunId, new PageRequest(1, 10), Ct)).Items);
    }

    [Fact]
    public async Task Callers_that_race_make_one_run_and_one_link_each()
    {
        var links = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => LinkAsync("r", $"t{i % 16}"), Ct)));

        Assert.Single(links.DistinctBy(l => l!.RunId));
        Assert.Equal(16, links.DistinctBy(l => l!.Id).Count());
        Assert.Equal(16, (await Runs.ListItemsAsync(One, links[0]!.RunId, new PageRequest(1, 100), Ct)).Items.Count);
    }

    [Fact]
    public async Task Runs_are_listed_newest_first()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await LinkAsync(name, "t");
            _clock.Move(TimeSpan.FromSeconds(1));
        }

        var page = await Runs.ListAsync(One, _item.DatasetId, new PageRequest(1, 2), Ct);

        Assert.Equal(["c", "b"], page.Items.Select(r => r.Name));
        Assert.Equal(3, page.TotalItems);
    }

    private Task<DatasetRunItemRecord?> LinkAsync(
        string run, string traceId, string? observationId = null, string? description = null, string? metadata = null) =>
        Runs.AddItemAsync(
            One, new DatasetRunItemDraft(run, _item.Id, traceId, observationId) { RunDescription = description, RunMetadata = metadata }, Ct);
}

public sealed class SqliteDatasetRunStoreTests(SqliteControlPlane stored) : DatasetRunStoreTests(stored), IClassFixture<SqliteControlPlane>;

public sealed class PostgresDatasetRunStoreTests(PostgresControlPlane stored) : DatasetRunStoreTests(stored), IClassFixture<PostgresControlPlane>;
