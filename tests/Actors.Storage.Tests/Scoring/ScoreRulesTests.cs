using Actors.Scoring;
using Actors.Storage.Control;
using Actors.Testing.Postgres;
using Actors.Tracing;

namespace Actors.Storage.Scoring;

public abstract class ScoreRulesTests(ControlPlane plane) : ControlTest(plane)
{
    private static readonly ScoreConfigRecord Number = new() { Id = "", Name = "cfg", DataType = ScoreDataType.Numeric, MinValue = 0, MaxValue = 1 };

    private static readonly ScoreConfigRecord YesNo =
        new() { Id = "", Name = "cfg", DataType = ScoreDataType.Boolean, Categories = ScoreConfigRules.BooleanCategories };

    private static readonly ScoreConfigRecord Choice =
        new() { Id = "", Name = "cfg", DataType = ScoreDataType.Categorical, Categories = [new("good", 1)] };

    private static readonly ScoreConfigRecord Words = new() { Id = "", Name = "cfg", DataType = ScoreDataType.Text };

    private ScoreConfigStore Configs => field ??= new ScoreConfigStore(Database, TimeProvider.System);

    private ScoreRules Rules => field ??= new ScoreRules(Configs);

    [Fact]
    public async Task A_score_takes_the_name_and_where_none_was_said_the_type_of_its_config()
    {
        Assert.Equal(("cfg", ScoreDataType.Numeric), await AcceptedAsync(Number, 1, null));
        Assert.Equal(("cfg", ScoreDataType.Boolean), await AcceptedAsync(YesNo, 1, null));
        Assert.Equal(("cfg", ScoreDataType.Categorical), await AcceptedAsync(Choice, null, "good"));
        Assert.Equal(("cfg", ScoreDataType.Text), await AcceptedAsync(Words, null, "free"));
    }

    [Fact]
    public async Task A_score_that_breaks_its_config_is_refused_with_the_reason()
    {
        Assert.Equal("The score config 'cfg' wants at least 0", await RefusedAsync(Number, -0.5, null));
        Assert.Equal("The score config 'cfg' wants at most 1", await RefusedAsync(Number, 1.5, null));
        Assert.Equal("The score config 'cfg' wants a number", await RefusedAsync(Number, null, "x"));
        Assert.Equal("The score config 'cfg' wants NUMERIC, not BOOLEAN", await RefusedAsync(Number, 1, null, ScoreDataType.Boolean));
        Assert.Equal("The score config 'cfg' wants 0 or 1", await RefusedAsync(YesNo, 2, null));
        Assert.Equal("The score config 'cfg' has no category 'bad'", await RefusedAsync(Choice, null, "bad"));
        Assert.Equal("The score config 'cfg' wants a category", await RefusedAsync(Choice, 1, null));
        Assert.Equal("The score config 'cfg' wants a text of 1 to 500 characters", await RefusedAsync(Words, null, ""));
        Assert.Equal("The score config 'cfg' wants a text of 1 to 500 characters", await RefusedAsync(Words, null, new string('x', 501)));
        Assert.Equal("The score config 'cfg' is archived", await RefusedAsync(Number with { IsArchived = true }, 1, null));
    }

    [Fact]
    public async Task A_config_of_another_project_is_unknown()
    {
        var config = await Configs.AddAsync(Two, Number, Ct);
        var score = Score(config.Id, 1, null, ScoreDataType.Numeric);

        Assert.Equal(
            ScoreVerdict.Refused($"There is no score config '{config.Id}' in this project"),
            await Rules.CheckAsync(One, score, typeIsSaid: true, Ct));
    }

    private async Task<(string Name, ScoreDataType Type)> AcceptedAsync(ScoreConfigRecord config, double? value, string? text)
    {
        var verdict = await CheckAsync(config, value, text, null);
        Assert.Null(verdict.Refusal);
        return (verdict.Score!.Name, verdict.Score.DataType);
    }

    private async Task<string?> RefusedAsync(ScoreConfigRecord config, double? value, string? text, ScoreDataType? said = null)
    {
        var verdict = await CheckAsync(config, value, text, said);
        Assert.Null(verdict.Score);
        return verdict.Refusal;
    }

    private async Task<ScoreVerdict> CheckAsync(ScoreConfigRecord config, double? value, string? text, ScoreDataType? said)
    {
        var added = await Configs.AddAsync(One, config, Ct);
        var guessed = text is null ? ScoreDataType.Numeric : ScoreDataType.Categorical;
        return await Rules.CheckAsync(One, Score(added.Id, value, text, said ?? guessed), said is not null, Ct);
    }

    private static ScoreEvent Score(string configId, double? value, string? text, ScoreDataType type) => new()
    {
        EventId = "e", ScoreId = "s", Name = "sent", DataType = type, Value = value, StringValue = text, ConfigId = configId,
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}

public sealed class SqliteScoreRulesTests() : ScoreRulesTests(new SqliteControlPlane());

public sealed class PostgresScoreRulesTests(PostgresServer server) : ScoreRulesTests(new PostgresControlPlane(server));
