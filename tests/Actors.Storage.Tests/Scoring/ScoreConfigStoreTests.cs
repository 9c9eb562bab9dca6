using Actors.Scoring;
using Actors.Storage.Control;
using Actors.Testing;
using Actors.Testing.Postgres;
using Actors.Tracing;

namespace Actors.Storage.Scoring;

public abstract class ScoreConfigStoreTests(ControlPlane plane) : ControlTest(plane)
{
    private readonly SteppedClock _clock = new();

    private ScoreConfigStore Configs => field ??= new ScoreConfigStore(Database, _clock);

    [Fact]
    public async Task A_change_is_seen_at_once_and_one_that_nobody_tells_of_soon()
    {
        var added = await Configs.AddAsync(One, Numeric("quality"), Ct);
        Assert.Equal("quality", await NameAsync());

        await Configs.ChangeAsync(One, added.Id, new ScoreConfigChange { Name = "better" }, Ct);
        Assert.Equal("better", await NameAsync());

        await ExecuteAsync("UPDATE score_configs SET name = 'best'");
        Assert.Equal("better", await NameAsync());
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("best", await NameAsync());

        async Task<string> NameAsync() => (await Configs.FindAsync(One, [added.Id], Ct))[added.Id].Name;
    }

    [Fact]
    public async Task What_is_known_is_answered_without_the_database()
    {
        var added = await Configs.AddAsync(One, Numeric("quality"), Ct);
        await Configs.FindAsync(One, [added.Id, "unknown"], Ct);
        await ExecuteAsync("ALTER TABLE score_configs RENAME TO gone");

        Assert.Equal([added.Id], (await Configs.FindAsync(One, [added.Id, "unknown"], Ct)).Keys);
    }

    [Fact]
    public async Task Another_project_sees_and_changes_nothing()
    {
        var added = await Configs.AddAsync(One, Numeric("mine"), Ct);

        Assert.Empty(await Configs.FindAsync(Two, [added.Id], Ct));
        Assert.Equal(RefusalKind.NotFound, (await Configs.ChangeAsync(Two, added.Id, new ScoreConfigChange { IsArchived = true }, Ct)).Refusal!.Kind);
        Assert.Equal(0, (await Configs.ListAsync(Two, new PageRequest(1, 10), Ct)).TotalItems);
        Assert.False((await Configs.FindAsync(One, [added.Id], Ct))[added.Id].IsArchived);
    }

    [Fact]
    public async Task Changes_at_once_of_several_fields_all_stay()
    {
        var added = await Configs.AddAsync(One, Numeric("shared"), Ct);

        await Task.WhenAll(
            Task.Run(() => Configs.ChangeAsync(One, added.Id, new ScoreConfigChange { MinValue = -1 }, Ct), Ct),
            Task.Run(() => Configs.ChangeAsync(One, added.Id, new ScoreConfigChange { MaxValue = 7 }, Ct), Ct),
            Task.Run(() => Configs.ChangeAsync(One, added.Id, new ScoreConfigChange { Description = "d" }, Ct), Ct));

        var changed = (await Configs.FindAsync(One, [added.Id], Ct))[added.Id];
        Assert.Equal((-1, 7, "d", "shared"), (changed.MinValue, changed.MaxValue, changed.Description, changed.Name));
    }

    private static ScoreConfigRecord Numeric(string name) => new() { Id = "", Name = name, DataType = ScoreDataType.Numeric };
}

public sealed class SqliteScoreConfigStoreTests() : ScoreConfigStoreTests(new SqliteControlPlane());

public sealed class PostgresScoreConfigStoreTests(PostgresServer server) : ScoreConfigStoreTests(new PostgresControlPlane(server));
