using Actors.Access;
using Actors.Pricing;
using Actors.Storage.Control;
using Actors.Tracing;

namespace Actors.Storage.Pricing;

public sealed class ModelStoreTests : IAsyncLifetime
{
    private static readonly ProjectId Project = new("project");

    private readonly TempDirectory _temp = new();
    private readonly DataDirectory _directory;
    private readonly ControlDatabase _database;
    private readonly ModelStore _models;

    public ModelStoreTests()
    {
        _directory = DataDirectory.Open(_temp.Path);
        _database = new ControlDatabase(_directory);
        _models = new ModelStore(_database);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.MigrateAsync(Ct);
        await new ProjectDirectory(_database, TimeProvider.System).EnsureAsync(
            new ProjectSetup
            {
                OrganizationId = "org",
                OrganizationName = "Organization",
                ProjectId = Project,
                ProjectName = "Project",
                PublicKey = "pk-lf-1",
                SecretKey = "sk-lf-1",
            },
            Ct);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _directory.Dispose();
        _temp.Dispose();
        return ValueTask.CompletedTask;
    }

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
        Assert.True(await _models.AddAsync(Project, model, Ct));

        var stored = Assert.Single((await _models.ReadAsync(Project, Ct)).Models).Model;
        Assert.Equal(model with { Tiers = [] }, stored with { Tiers = [] });
        Assert.Equal(TierJson.Write(model.Tiers), TierJson.Write(stored.Tiers));
        Assert.Equal(model.Tiers.SelectMany(t => t.Prices), stored.Tiers.SelectMany(t => t.Prices));
    }

    [Fact]
    public async Task Every_change_is_a_revision_that_can_be_read_for_ever()
    {
        Assert.Same(ProjectModels.None, await _models.ReadAsync(Project, Ct));
        Assert.True(await _models.AddAsync(Project, Model("a"), Ct));
        Assert.True(await _models.AddAsync(Project, Model("b"), Ct));
        Assert.True(await _models.RemoveAsync(Project, "a", Ct));
        Assert.False(await _models.RemoveAsync(Project, "a", Ct));
        Assert.False(await _models.RemoveAsync(new ProjectId("other"), "b", Ct));
        Assert.True(await _models.AddAsync(Project, Model("c"), Ct));

        var models = await _models.ReadAsync(Project, Ct);
        Assert.Equal(4, models.Revision);
        string[] expected = ["", "a", "b a", "b", "c b"];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(revision => string.Join(' ', models.Of(revision).Select(m => m.Id))));
        Assert.Equal(0, (await _models.ReadAsync(new ProjectId("other"), Ct)).Revision);
    }

    [Fact]
    public async Task Writers_at_one_time_make_one_revision_each()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => _models.AddAsync(Project, Model($"m-{i}"), Ct)));
        var models = await _models.ReadAsync(Project, Ct);
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
