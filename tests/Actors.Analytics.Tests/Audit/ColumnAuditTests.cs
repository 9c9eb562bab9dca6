using Actors.Queries;
using Actors.Tracing;
using DuckDB.NET.Data;

namespace Actors.Analytics.Audit;

/// <summary>
/// What is wrong in the file is found, named and mended, and what is right never is. The tests look themselves: the model's own
/// next look is an hour away.
/// </summary>
public sealed class ColumnAuditTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE observations SET cost_usd = 3 WHERE id = 'call'", "observation call: cost_usd: 3.000000000000, 0.250000000000")]
    [InlineData("UPDATE observations SET latency_ms = NULL WHERE id = 'call'", "observation call: latency_ms: , 2000")]
    [InlineData("UPDATE observations SET total_tokens = 7 WHERE id = 'call'", "observation call: total_tokens: 7, 12")]
    [InlineData("UPDATE observations SET output = 'secret' WHERE id = 'call'", "observation call: output")]
    [InlineData("UPDATE observations SET stream_position = 999 WHERE id = 'call'", "observation call is missing")]
    [InlineData("DELETE FROM observations WHERE id = 'step'", "observation step is missing")]
    [InlineData("INSERT INTO observations SELECT * FROM observations WHERE id = 'step'", "observation step is there 2 times")]
    [InlineData("INSERT INTO observations SELECT * REPLACE ('ghost' AS id) FROM observations WHERE id = 'step'", "observation ghost is not in the log")]
    [InlineData("UPDATE traces SET observations = 5 WHERE id = 'trace-1'", "trace trace-1: observations: 5, 2")]
    [InlineData("UPDATE traces SET latency_ms = 5 WHERE id = 'trace-1'", "trace trace-1: latency_ms: 5, 2000")]
    [InlineData("DELETE FROM traces WHERE id = 'trace-1'", "trace trace-1 is missing")]
    [InlineData("UPDATE scores SET value = 0.25 WHERE id = 'good'", "score good: value: 0.25, 0.5")]
    [InlineData("DELETE FROM scores WHERE id = 'of the session'", "score of the session is missing")]
    public async Task A_row_that_is_wrong_is_named_at_the_second_look_and_mended(string damage, string words)
    {
        await using var log = new TestLog();
        await using var model = Model(log);
        await FillAsync(log);
        var right = await model.DumpAsync();
        Execute(model, damage);

        await LookAsync(model);
        Assert.Equal(0, (await FoundAsync(model)).Differences);
        await LookAsync(model);
        Assert.Equal((1, words), ((await FoundAsync(model)).Differences, (await FoundAsync(model)).LastDifference));
        await LookAsync(model);
        Assert.Equal(1, (await FoundAsync(model)).Differences);

        await model.Analytics.CloseAsync(TestLog.Project);
        Assert.Equal(right, await ReopenedDumpAsync(log));
    }

    [Fact]
    public async Task A_stream_that_changes_after_it_was_suspected_is_not_counted_and_not_left_wrong()
    {
        await using var log = new TestLog();
        await using var model = Model(log);
        await FillAsync(log);
        await model.DumpAsync();
        Execute(model, "UPDATE observations SET cost_usd = 3 WHERE id = 'call'");
        await LookAsync(model);

        await log.AppendAsync(StreamId.ForTrace("trace-1"), Noon.AddMinutes(1), Step("later", 60));
        await model.Analytics.ListTracesAsync(TestLog.Project, new TraceQuery(), Token);
        await LookAsync(model);
        Assert.Equal(0, (await FoundAsync(model)).Differences);
        await LookAsync(model);
        await LookAsync(model);

        Assert.InRange((await FoundAsync(model)).Differences, 0, 1);
        await model.Analytics.CloseAsync(TestLog.Project);
        await using var rebuilt = Model(log, "rebuilt");
        Assert.Equal(await rebuilt.DumpAsync(), await ReopenedDumpAsync(log));
    }

    [Fact]
    public async Task Beside_traffic_nothing_is_called_wrong_that_is_right()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var log = new TestLog();
        await using var model = Model(log);
        var traffic = new Traffic(log, seed, deletes: true);
        await traffic.AppendAsync(20);
        await model.ListAsync();

        var writing = Task.Run(() => WriteAsync(traffic), Token);
        while (!writing.IsCompleted)
        {
            await LookAsync(model);
        }

        await writing;
        await model.ListAsync();
        await LookAsync(model);
        await LookAsync(model);
        var found = await FoundAsync(model);
        Assert.True(found.Differences == 0, found.LastDifference);
        Assert.InRange(found.StreamsCompared, 20, long.MaxValue);
    }

    [Fact]
    public async Task What_is_mended_beside_traffic_ends_as_if_it_had_been_right_all_along()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var log = new TestLog();
        await using var model = Model(log);
        var traffic = new Traffic(log, seed);
        await traffic.AppendAsync(60);
        await model.DumpAsync();
        Execute(model, "UPDATE observations SET total_tokens = total_tokens + 1; UPDATE traces SET errors = errors + 1; DELETE FROM scores");

        var writing = Task.Run(() => WriteAsync(traffic), Token);
        while (!writing.IsCompleted)
        {
            await LookAsync(model);
        }

        await writing;
        await model.Analytics.ListTracesAsync(TestLog.Project, new TraceQuery(), Token);
        for (var i = 0; i < 8; i++)
        {
            await LookAsync(model);
        }

        Assert.InRange((await FoundAsync(model)).Differences, 1, long.MaxValue);
        await model.Analytics.CloseAsync(TestLog.Project);
        await using var rebuilt = Model(log, "rebuilt");
        Assert.Equal(await rebuilt.DumpAsync(), await ReopenedDumpAsync(log));
    }

    [Fact]
    public async Task The_models_own_looks_come_with_the_rows()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log, configure: options => options.AuditInterval = TimeSpan.FromMilliseconds(100));
        await FillAsync(log);
        await model.ListAsync();

        var found = await Testing.Processes.Eventually.GetAsync(
            "a look of the model itself", TimeSpan.FromSeconds(20), () => FoundAsync(model), found => found.StreamsCompared > 0, Token);
        Assert.Equal((0, null), (found.Differences, found.LastDifference));
    }

    private static async Task WriteAsync(Traffic traffic)
    {
        for (var i = 0; i < 40; i++)
        {
            await traffic.AppendAsync(5);
        }
    }

    private static async Task FillAsync(TestLog log)
    {
        var call = Step("call", 1) with
        {
            Type = ObservationType.Generation,
            EndTime = Noon.AddSeconds(3),
            Output = "an answer",
            Usage = [new("input", 5), new("output", 7), new("total", 12)],
            Cost = [new("total", 0.25m)],
        };
        await log.AppendAsync(StreamId.ForTrace("trace-1"), Noon, call, Step("step", 1) with { EndTime = Noon.AddSeconds(2) }, Score("good", 0.5));
        await log.AppendAsync(StreamId.ForTrace("trace-2"), Noon, Step("other", 2));
        await log.AppendAsync(StreamId.ForSession("session-1"), Noon, Score("of the session", 1));
    }

    private static TestReadModel Model(TestLog log, string folder = "analytics") => new(
        log,
        Path.Combine(log.Directory, folder),
        options =>
        {
            options.AuditInterval = TimeSpan.FromHours(1);
            options.AuditStreams = 100;
        });

    // Opens the file anew, without what the first model may have in memory.
    private static async Task<string> ReopenedDumpAsync(TestLog log)
    {
        await using var model = Model(log);
        return await model.DumpAsync();
    }

    private static async Task LookAsync(TestReadModel model)
    {
        using var lease = await model.Models.AcquireAsync(TestLog.Project, Token);
        await lease.Model.Audit.LookAsync(Token);
    }

    private static async Task<ColumnsAudit> FoundAsync(TestReadModel model) =>
        (await model.Analytics.GetStatusAsync(TestLog.Project, Token)).Audit!;

    // The file is closed: DumpAsync has just read it.
    private static void Execute(TestReadModel model, string sql)
    {
        using var connection = new DuckDBConnection($"DataSource={model.File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    private static ObservationEvent Step(string id, int second) => new()
    {
        EventId = id,
        Timestamp = Noon.AddSeconds(second),
        ObservationId = id,
        StartTime = Noon.AddSeconds(second),
        IsCreate = true,
    };

    private static ScoreEvent Score(string id, double value) => new()
    {
        EventId = id,
        Timestamp = Noon,
        ScoreId = id,
        Name = "quality",
        DataType = ScoreDataType.Numeric,
        Value = value,
    };
}
