using Actors.Datasets;
using Actors.Storage.Control;

namespace Actors.Storage.Datasets;

/// <summary>The links of all runs of a project. Each test keeps to the runs over a dataset of its own.</summary>
public abstract class DatasetRunFeedTests(ControlPlane stored) : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private readonly string _name = Guid.NewGuid().ToString();
    private DatasetItemRecord _item = null!;
    private DatasetItemRecord _other = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ProjectId One => ControlPlane.One;

    private DatasetItemStore Items => new(stored.Database, _clock);

    private DatasetRunFeed Feed => new(stored.Database);

    private RunLinkQuery All => new(100, DateTimeOffset.UnixEpoch, null) { DatasetIds = [_item.DatasetId] };

    public async ValueTask InitializeAsync()
    {
        await new DatasetStore(stored.Database, _clock).SaveAsync(One, new DatasetDraft(_name), Ct);
        _item = await SaveAsync("1");
        _other = await SaveAsync("2");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_run_is_as_its_links_are()
    {
        await LinkAsync("a", "t1", 3);
        await LinkAsync("a", "t2", 5);
        await LinkAsync("b", "t3", 4);

        Assert.Equal([("a", 3, 5, 2L), ("b", 4, 4, 1L)], await RunsAsync(All));
        Assert.Equal([("b", 4, 4, 1L), ("a", 3, 3, 1L)], await RunsAsync(All with { To = At(5) }));
        Assert.Equal([("a", 5, 5, 1L)], await RunsAsync(All with { From = At(5) }));
        Assert.Equal([("b", 4, 4, 1L)], await RunsAsync(All with { RunNames = ["b", "c"] }));
        var a = (await Feed.ListRunsAsync(One, All, Ct))[0].Run;
        Assert.Equal(_name, a.DatasetName);
        Assert.Equal([("a", 3, 5, 2L)], await RunsAsync(All with { RunIds = [a.Id, "none"] }));
        Assert.Equal([("b", 4, 4, 1L)], await RunsAsync(All with { ExceptRunIds = [a.Id] }));
        Assert.Empty(await RunsAsync(All with { DatasetIds = ["none"] }));
        Assert.Empty(await Feed.ListRunsAsync(ControlPlane.Two, All, Ct));
    }

    [Fact]
    public async Task Links_are_found_by_what_they_connect()
    {
        await LinkAsync("a", "t1", 1);
        await LinkAsync("b", "t2", 2, _other);

        Assert.Equal(["t2", "t1"], await LinksAsync(All));
        Assert.Equal(["t2"], await LinksAsync(All with { ItemIds = [_other.Id, "none"] }));
        Assert.Equal(["t1"], await LinksAsync(All with { RunNames = ["a"] }));
        Assert.Equal(["t1"], await LinksAsync(All with { To = At(2) }));
        Assert.Empty(await Feed.ListLinksAsync(ControlPlane.Two, All, Ct));
        var link = (await Feed.ListLinksAsync(One, All, Ct))[0];
        Assert.Equal((link.Run.Id, "b", _name), (link.Link.RunId, link.Run.Name, link.Run.DatasetName));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Pages_follow_each_other_without_gaps_also_within_a_moment(int limit)
    {
        for (var i = 0; i < 12; i++)
        {
            await LinkAsync($"run {i % 5}", $"t{i}", i / 4);
        }

        var links = await WalkAsync(limit, Feed.ListLinksAsync);
        Assert.Equal(await Feed.ListLinksAsync(One, All, Ct), links);
        Assert.Equal(12, links.Count);
        var runs = await WalkAsync(limit, Feed.ListRunsAsync);
        Assert.Equal(await Feed.ListRunsAsync(One, All, Ct), runs);
        Assert.Equal(5, runs.Count);

        // A place without an id is before everything of its moment.
        Assert.Equal(8, (await Feed.ListLinksAsync(One, All with { After = new RunLinkPlace(At(1), null) }, Ct)).Count);
        Assert.Single(await Feed.ListRunsAsync(One, All with { After = new RunLinkPlace(At(1), null) }, Ct));
    }

    [Fact]
    public async Task An_item_is_as_it_was_when_it_was_linked()
    {
        var early = await LinkAsync("a", "t1", 1000);
        _clock.Move(TimeSpan.FromSeconds(1));
        var changed = await SaveAsync("3", _item.Id);
        var late = await LinkAsync("a", "t2", -1000);
        _clock.Move(TimeSpan.FromSeconds(1));
        await Items.DeleteAsync(One, _item.Id, Ct);

        var found = await Feed.FindItemsAsync(One, [early.Id, late.Id, "none"], Ct);

        Assert.Equal((_item, changed), (found[early.Id], found[late.Id]));
        Assert.Equal(2, found.Count);
        Assert.Empty(await Feed.FindItemsAsync(ControlPlane.Two, [early.Id], Ct));
    }

    private static DateTimeOffset At(int second) => DateTimeOffset.UnixEpoch.AddDays(1).AddSeconds(second);

    private async Task<List<T>> WalkAsync<T>(
        int limit, Func<ProjectId, RunLinkQuery, CancellationToken, Task<IReadOnlyList<T>>> list)
        where T : IDatasetRunFeedEntry
    {
        var walked = new List<T>();
        var query = All with { Limit = limit };
        while (await list(One, query, Ct) is { Count: > 0 } page)
        {
            walked.AddRange(page);
            query = query with { After = page[^1].Place };
        }

        return walked;
    }

    private async Task<IEnumerable<(string, int, int, long)>> RunsAsync(RunLinkQuery query) =>
        (await Feed.ListRunsAsync(One, query, Ct)).Select(r => (r.Run.Name, Second(r.First), Second(r.Last), r.Links));

    private async Task<IEnumerable<string>> LinksAsync(RunLinkQuery query) =>
        (await Feed.ListLinksAsync(One, query, Ct)).Select(l => l.Link.TraceId);

    private static int Second(DateTimeOffset time) => (int)(time - At(0)).TotalSeconds;

    private async Task<DatasetItemRecord> SaveAsync(string json, string? id = null) =>
        (await Items.SaveAsync(One, new DatasetItemDraft(_name, id) { ExpectedOutput = FieldChange.To(json) }, Ct)).Item!;

    private async Task<DatasetRunItemRecord> LinkAsync(string run, string traceId, int second, DatasetItemRecord? item = null)
    {
        var draft = new DatasetRunItemDraft(run, (item ?? _item).Id, traceId, null) { CreatedAt = At(second) };
        return (await new DatasetRunStore(stored.Database, _clock).AddItemAsync(One, draft, Ct))!;
    }
}

public sealed class SqliteDatasetRunFeedTests(SqliteControlPlane stored) : DatasetRunFeedTests(stored), IClassFixture<SqliteControlPlane>;

public sealed class PostgresDatasetRunFeedTests(PostgresControlPlane stored) : DatasetRunFeedTests(stored), IClassFixture<PostgresControlPlane>;
