using Actors.Pricing;
using Actors.Storage.Control;
using Actors.Testing.Postgres;
using Actors.Tracing;

namespace Actors.Storage.Pricing;

public abstract class ModelStoreTests(ControlPlane plane) : ControlTest(plane)
{
    private ModelStore Models => field ??= new ModelStore(Database);

    [Fact]
    public async Task A_model_comes_back_as_it_was_added()
    {
        var model = Model("a") with
        {
            StartDate = DateTimeOffset.FromUnixTimeMilliseconds(1_772_366_400_123),
            Unit = "IMAGES",
            TokenizerId = "openai",
            TokenizerConfig = """{"tokenizerModel":"gpt-4o"}""",
            Tiers =
            [
                new("a-0", "Standard", 0, [], [new("input", 0.0000000000000001m), new("total", 1_000_000m)]),
                new("a-1", "Large", 1, [new UsageConditionDefinition("^in", "gte", 200_000.5m, true)], [new("input", 2)]),
                new("a-2", "Fast", 2, [new AttributeConditionDefinition(PricingAttributeSource.Metadata, "tier", ["x", "y"])], [new("é", 0)]),
            ],
        };
        Assert.True(await Models.AddAsync(One, model, Ct));

        var stored = Assert.Single((await Models.ReadAsync(One, Ct)).Models).Model;
        Assert.Equal(model with { Tiers = [] }, stored with { Tiers = [] });
        Assert.Equal(TierJson.Write(model.Tiers), TierJson.Write(stored.Tiers));
        Assert.Equal(model.Tiers.SelectMany(t => t.Prices), stored.Tiers.SelectMany(t => t.Prices));
    }

    [Fact]
    public async Task Every_change_is_a_revision_that_can_be_read_for_ever()
    {
        Assert.Same(ProjectModels.None, await Models.ReadAsync(One, Ct));
        Assert.True(await Models.AddAsync(One, Model("a"), Ct));
        Assert.True(await Models.AddAsync(One, Model("b"), Ct));
        Assert.True(await Models.RemoveAsync(One, "a", Ct));
        Assert.False(await Models.RemoveAsync(One, "a", Ct));
        Assert.False(await Models.RemoveAsync(new ProjectId("other"), "b", Ct));
        Assert.True(await Models.AddAsync(One, Model("c"), Ct));

        var models = await Models.ReadAsync(One, Ct);
        Assert.Equal(4, models.Revision);
        string[] expected = ["", "a", "b a", "b", "c b"];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(revision => string.Join(' ', models.Of(revision).Select(m => m.Id))));
        Assert.Equal(0, (await Models.ReadAsync(new ProjectId("other"), Ct)).Revision);
    }

    [Fact]
    public async Task Writers_at_one_time_make_one_revision_each()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Models.AddAsync(One, Model($"m-{i}"), Ct)));
        var models = await Models.ReadAsync(One, Ct);
        Assert.Equal(16, models.Revision);
        Assert.Equal(Enumerable.Range(1, 16), models.Models.Select(m => m.AddedIn));
    }

    private static ModelDefinition Model(string id) => new()
    {
        Id = id,
        Name = id,
        MatchPattern = $"^{id}$",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Tiers = [new(id + "-0", "Standard", 0, [], [new("input", 1)])],
    };
}

public sealed class SqliteModelStoreTests() : ModelStoreTests(new SqliteControlPlane());

public sealed class PostgresModelStoreTests(PostgresServer server) : ModelStoreTests(new PostgresControlPlane(server));
