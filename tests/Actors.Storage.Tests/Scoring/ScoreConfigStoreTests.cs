using Actors.Scoring;
using Actors.Storage.Control;
using Actors.Testing;
using Actors.Tracing;

namespace Actors.Storage.Scoring;

public sealed class ScoreConfigStoreTests : ControlTest
{
    private readonly SteppedClock _clock = new();
    private readonly ScoreConfigStore _configs;

    public ScoreConfigStoreTests() => _configs = new ScoreConfigStore(Database, _clock);

    [Fact]
    public async Task A_change_is_seen_at_once_here_and_soon_elsewhere()
    {
        var elsewhere = new ScoreConfigStore(Database, _clock);
        var added = await _configs.AddAsync(One, Numeric("quality"), Ct);
        Assert.Equal("quality", (await elsewhere.FindAsync(One, [added.Id], Ct))[added.Id].Name);

        await _configs.ChangeAsync(One, added.Id, new ScoreConfigChange { Name = "better" }, Ct);

        Assert.Equal("better", (await _configs.FindAsync(One, [added.Id], Ct))[added.Id].Name);
        Assert.Equal("quality", (await elsewhere.FindAsync(One, [added.Id], Ct))[added.Id].Name);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("better", (await elsewhere.FindAsync(One, [added.Id], Ct))[added.Id].Name);
    }

    [Fact]
    public async Task What_is_known_is_answered_without_the_database()
    {
        var added = await _configs.AddAsync(One, Numeric("quality"), Ct);
        await _configs.FindAsync(One, [added.Id, "unknown"], Ct);
        await ExecuteAsync("ALTER TABLE score_configs RENAME TO gone");

        Assert.Equal([added.Id], (await _configs.FindAsync(One, [added.Id, "unknown"], Ct)).Keys);
    }

    [Fact]
    public async Task Another_project_sees_and_changes_nothing()
    {
        var added = await _configs.AddAsync(One, Numeric("mine"), Ct);

        Assert.Empty(await _configs.FindAsync(Two, [added.Id], Ct));
        Assert.Equal(RefusalKind.NotFound, (await _configs.ChangeAsync(Two, added.Id, new ScoreConfigChange { IsArchived = true }, Ct)).Refusal!.Kind);
        Assert.Equal(0, (await _configs.ListAsync(Two, new PageRequest(1, 10), Ct)).TotalItems);
        Assert.False((await _configs.FindAsync(One, [added.Id], Ct))[added.Id].IsArchived);
    }

    [Fact]
    public async Task Changes_at_once_of_several_fields_all_stay()
    {
        var added = await _configs.AddAsync(One, Numeric("shared"), Ct);

        await Task.WhenAll(
            Task.Run(() => _configs.ChangeAsync(One, added.Id, new ScoreConfigChange { MinValue = -1 }, Ct), Ct),
            Task.Run(() => _configs.ChangeAsync(One, added.Id, new ScoreConfigChange { MaxValue = 7 }, Ct), Ct),
            Task.Run(() => _configs.ChangeAsync(One, added.Id, new ScoreConfigChange { Description = "d" }, Ct), Ct));

        var changed = (await _configs.FindAsync(One, [added.Id], Ct))[added.Id];
        Assert.Equal((-1, 7, "d", "shared"), (changed.MinValue, changed.MaxValue, changed.Description, changed.Name));
    }

    private static ScoreConfigRecord Numeric(string name) => new() { Id = "", Name = name, DataType = ScoreDataType.Numeric };
}
