using Actors.Datasets;
using Actors.Storage.Control;

namespace Actors.Storage.Datasets;

/// <summary>Datasets and their items on a real file: versions, schemas, writers that race.</summary>
public abstract class DatasetStoreTests(ControlPlane stored)
{
    private const string TextSchema = """{"type":"object","required":["q"],"properties":{"q":{"type":"string"}}}""";

    private readonly MovedClock _clock = new();
    private readonly string _name = Guid.NewGuid().ToString();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ProjectId One => ControlPlane.One;

    private DatasetStore Datasets => new(stored.Database, _clock);

    private DatasetItemStore Items => new(stored.Database, _clock);

    [Fact]
    public async Task What_is_not_said_keeps_its_value_and_null_clears_it()
    {
        var first = await SaveAsync(new DatasetDraft(_name) { Description = FieldChange.To("d"), Metadata = FieldChange.To("[1]") });
        _clock.Move(TimeSpan.FromSeconds(1));
        var second = await SaveAsync(new DatasetDraft(_name) { Description = FieldChange.To(null) });

        Assert.Equal(first with { Description = null, UpdatedAt = _clock.GetUtcNow() }, second);
        Assert.Equal(second, await Datasets.FindAsync(One, _name, Ct));
        Assert.Equal(second, await Datasets.FindByIdAsync(One, second.Id, Ct));
        Assert.Null(await Datasets.FindAsync(ControlPlane.Two, _name, Ct));
        Assert.Null(await Datasets.FindByIdAsync(ControlPlane.Two, second.Id, Ct));
    }

    [Fact]
    public async Task A_dataset_can_be_read_as_it_was_at_every_moment()
    {
        var dataset = await SaveAsync(new DatasetDraft(_name));
        var before = _clock.GetUtcNow();
        _clock.Move(TimeSpan.FromSeconds(1));
        var first = (await PutAsync("i", "1")).Item!;
        _clock.Move(TimeSpan.FromSeconds(1));
        var second = (await PutAsync("i", "2")).Item!;
        _clock.Move(TimeSpan.FromSeconds(1));
        Assert.True(await Items.DeleteAsync(One, Id("i"), Ct));
        Assert.False(await Items.DeleteAsync(One, Id("i"), Ct));

        Assert.Equal(first.CreatedAt, second.CreatedAt);
        Assert.Empty(await AtAsync(before));
        Assert.Equal([first], await AtAsync(first.UpdatedAt));
        Assert.Equal([first], await AtAsync(second.UpdatedAt.AddMilliseconds(-1)));
        Assert.Equal([second], await AtAsync(second.UpdatedAt));
        Assert.Empty(await AtAsync(_clock.GetUtcNow()));
        Assert.Empty(await AtAsync(null));
        Assert.Null(await Items.FindAsync(One, Id("i"), Ct));

        async Task<IReadOnlyList<DatasetItemRecord>> AtAsync(DateTimeOffset? version) => (await Items.ListAsync(
            One, new DatasetItemQuery(new PageRequest(1, 10)) { DatasetId = dataset.Id, Version = version }, Ct)).Items;
    }

    [Fact]
    public async Task An_item_that_was_deleted_begins_anew()
    {
        await SaveAsync(new DatasetDraft(_name));
        await PutAsync("i", "1");
        await Items.DeleteAsync(One, Id("i"), Ct);

        var again = (await Items.SaveAsync(One, new DatasetItemDraft(_name, Id("i")) { Metadata = FieldChange.To("{}") }, Ct)).Item!;

        Assert.Null(again.Input);
        Assert.Equal(again.CreatedAt, again.UpdatedAt);
        Assert.Equal(again, await Items.FindAsync(One, Id("i"), Ct));
    }

    [Fact]
    public async Task Versions_follow_each_other_when_the_clock_stands_or_goes_back()
    {
        await SaveAsync(new DatasetDraft(_name));
        var first = (await PutAsync("i", "1")).Item!;
        _clock.Move(TimeSpan.FromHours(-1));
        var second = (await PutAsync("i", "2")).Item!;

        Assert.Equal(first.UpdatedAt.AddMilliseconds(1), second.UpdatedAt);
    }

    [Fact]
    public async Task An_id_belongs_to_one_dataset_of_a_project()
    {
        var other = _name + "/other";
        await SaveAsync(new DatasetDraft(_name));
        await SaveAsync(new DatasetDraft(other));
        await Datasets.SaveAsync(ControlPlane.Two, new DatasetDraft(_name), Ct);
        await PutAsync("i", "1");

        Assert.Equal(DatasetItemResult.IdTaken, (await Items.SaveAsync(One, new DatasetItemDraft(other, Id("i")), Ct)).Result);
        Assert.Equal(DatasetItemResult.Saved, (await Items.SaveAsync(ControlPlane.Two, new DatasetItemDraft(_name, Id("i")), Ct)).Result);
        Assert.Equal(DatasetItemResult.UnknownDataset, (await Items.SaveAsync(One, new DatasetItemDraft(_name + "?", null), Ct)).Result);
        Assert.False(await Items.DeleteAsync(ControlPlane.Two, Id("none"), Ct));
    }

    [Fact]
    public async Task Items_fit_the_schemas_of_their_dataset()
    {
        await SaveAsync(new DatasetDraft(_name) { InputSchema = FieldChange.To(TextSchema) });

        Assert.Equal(DatasetItemResult.Saved, (await PutAsync("fits", """{"q":"?"}""")).Result);
        var refused = await PutAsync("i", """{"q":1}""");
        Assert.Equal((DatasetItemResult.DoesNotFit, "input /q must be string"), (refused.Result, refused.Detail));
        Assert.Equal("input must be object", (await Items.SaveAsync(One, new DatasetItemDraft(_name, null), Ct)).Detail);
        Assert.Null(await Items.FindAsync(One, Id("i"), Ct));
    }

    [Fact]
    public async Task A_schema_is_set_only_when_every_living_item_fits_it()
    {
        await SaveAsync(new DatasetDraft(_name));
        for (var i = 0; i < 210; i++)
        {
            await PutAsync($"{i}", i is 7 or 205 ? "1" : """{"q":"?"}""");
        }

        var draft = new DatasetDraft(_name) { InputSchema = FieldChange.To(TextSchema), Description = FieldChange.To("new") };
        var refused = (await Datasets.SaveAsync(One, draft, Ct)).Problem!;
        Assert.Null(refused.Field);
        Assert.Equal(
            $"Schema validation failed for 2 item(s). {Id("7")}: input must be object | {Id("205")}: input must be object", refused.Message);
        Assert.Null((await Datasets.FindAsync(One, _name, Ct))!.Description);

        await Items.DeleteAsync(One, Id("7"), Ct);
        await PutAsync("205", """{"q":""}""");
        Assert.Equal(TextSchema, (await SaveAsync(draft)).InputSchema);
        Assert.Equal("inputSchema", (await Datasets.SaveAsync(One, draft with { InputSchema = FieldChange.To("1") }, Ct)).Problem!.Field);
        Assert.Equal(
            "expectedOutputSchema",
            (await Datasets.SaveAsync(One, draft with { ExpectedOutputSchema = FieldChange.To("[]") }, Ct)).Problem!.Field);
    }

    /// <summary>A schema is set while items are written that do not fit it: afterwards there is one or the other.</summary>
    [Fact]
    public async Task A_schema_and_items_that_race_give_what_some_order_gives()
    {
        for (var round = 0; round < 10; round++)
        {
            var name = $"{_name}/{round}";
            await SaveAsync(new DatasetDraft(name));
            var bad = Enumerable.Range(0, 4).Select(i => Task.Run(
                () => Items.SaveAsync(One, new DatasetItemDraft(name, $"{name}-{i}") { Input = FieldChange.To("1") }, Ct), Ct)).ToList();
            var schema = Task.Run(() => Datasets.SaveAsync(One, new DatasetDraft(name) { InputSchema = FieldChange.To(TextSchema) }, Ct), Ct);
            var results = await Task.WhenAll(bad);

            var isSet = (await schema).Dataset is not null;
            Assert.Equal(isSet, results.All(r => r.Result == DatasetItemResult.DoesNotFit));
            Assert.Equal(isSet ? TextSchema : null, (await Datasets.FindAsync(One, name, Ct))!.InputSchema);
        }
    }

    [Fact]
    public async Task Writers_of_one_item_and_makers_of_one_dataset_take_turns()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => SaveAsync(new DatasetDraft(_name)), Ct)));
        Assert.Single(made.DistinctBy(d => d.Id));

        var written = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => PutAsync("i", $"{i}"), Ct)));

        Assert.All(written, w => Assert.Equal(DatasetItemResult.Saved, w.Result));
        Assert.Equal(32, written.DistinctBy(w => w.Item!.UpdatedAt).Count());
        Assert.Equal(written.MaxBy(w => w.Item!.UpdatedAt)!.Item, await Items.FindAsync(One, Id("i"), Ct));
    }

    [Fact]
    public async Task Active_items_are_listed_newest_first_and_by_id()
    {
        var dataset = await SaveAsync(new DatasetDraft(_name));
        await PutAsync("b", "1");
        await PutAsync("a", "1");
        _clock.Move(TimeSpan.FromSeconds(1));
        await PutAsync("c", "1");
        await Items.SaveAsync(One, new DatasetItemDraft(_name, Id("d")) { Status = DatasetItemStatus.Archived }, Ct);
        await Items.SaveAsync(One, new DatasetItemDraft(_name, Id("a")) { SourceTraceId = FieldChange.To("t"), SourceObservationId = FieldChange.To("o") }, Ct);

        var query = new DatasetItemQuery(new PageRequest(1, 2)) { DatasetId = dataset.Id };
        await AssertListAsync(query, 3, "c", "a");
        await AssertListAsync(query with { Page = new PageRequest(2, 2) }, 3, "b");
        await AssertListAsync(query with { SourceTraceId = "t", SourceObservationId = "o" }, 1, "a");
        await AssertListAsync(query with { SourceObservationId = "x" }, 0);
        Assert.Equal(DatasetItemStatus.Archived, (await Items.FindAsync(One, Id("d"), Ct))!.Status);

        var contents = await Datasets.ListContentsAsync(One, [dataset.Id], 2, Ct);
        Assert.Equal([Id("c"), Id("a")], contents[dataset.Id].ItemIds);

        async Task AssertListAsync(DatasetItemQuery wanted, long total, params string[] ids)
        {
            var slice = await Items.ListAsync(One, wanted, Ct);
            Assert.Equal(ids.Select(Id), slice.Items.Select(i => i.Id));
            Assert.Equal(total, slice.TotalItems);
        }
    }

    private string Id(string suffix) => $"{_name}-{suffix}";

    private async Task<DatasetRecord> SaveAsync(DatasetDraft draft) => (await Datasets.SaveAsync(One, draft, Ct)).Dataset!;

    private Task<DatasetItemOutcome> PutAsync(string id, string input) =>
        Items.SaveAsync(One, new DatasetItemDraft(_name, Id(id)) { Input = FieldChange.To(input) }, Ct);
}

public sealed class SqliteDatasetStoreTests(SqliteControlPlane stored) : DatasetStoreTests(stored), IClassFixture<SqliteControlPlane>;

public sealed class PostgresDatasetStoreTests(PostgresControlPlane stored) : DatasetStoreTests(stored), IClassFixture<PostgresControlPlane>;
