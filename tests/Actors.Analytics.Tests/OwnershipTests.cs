using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>A silo follows what it is told to, and keeps no file of a project that is gone.</summary>
public sealed class OwnershipTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_closed_file_holds_already_is_not_opened_for()
    {
        await using var log = new TestLog();
        var head = await log.AppendAsync(StreamId.ForTrace("a"), Noon, Named("a"));
        await using var model = new TestReadModel(log);
        await model.ListAsync();
        await model.Analytics.CloseAsync(TestLog.Project);

        Assert.True(model.Analytics.Follow(TestLog.Project, head));

        // Who opens it says so in the log of the process, and the file is whole after the close: it can be deleted by anybody.
        using var file = new FileStream(model.File, FileMode.Open, FileAccess.Read, FileShare.None);
    }

    [Fact]
    public async Task A_file_that_another_silo_left_behind_is_caught_up()
    {
        await using var log = new TestLog();
        await log.AppendAsync(StreamId.ForTrace("a"), Noon, Named("a"));
        await using (var before = new TestReadModel(log))
        {
            await before.ListAsync();
        }

        // Meanwhile the project is elsewhere.
        await log.AppendAsync(StreamId.ForTrace("b"), Noon, Named("b"));
        await using var again = new TestReadModel(log);

        Assert.Equal(["a", "b"], (await again.ListAsync()).Items.Select(t => t.Id).Order());
    }

    [Fact]
    public async Task Two_silos_that_both_believe_to_own_a_project_are_both_right()
    {
        await using var log = new TestLog();
        await using var one = new TestReadModel(log, Path.Combine(log.Directory, "one"));
        await using var two = new TestReadModel(log, Path.Combine(log.Directory, "two"));
        await log.AppendAsync(StreamId.ForTrace("a"), Noon, Named("a"));
        Assert.Equal(await one.DumpAsync(), await two.DumpAsync());

        await log.AppendAsync(StreamId.ForTrace("b"), Noon, Named("b"));
        Assert.Equal(await one.DumpAsync(), await two.DumpAsync());
    }

    [Fact]
    public async Task The_file_of_a_project_that_was_erased_elsewhere_goes()
    {
        await using var log = new TestLog();
        await log.AppendAsync(StreamId.ForTrace("a"), Noon, Named("a"));
        await using var model = new TestReadModel(log);
        await model.ListAsync();
        await model.Analytics.CloseAsync(TestLog.Project);

        await model.Models.DeleteLeftoversAsync(Token);
        Assert.True(File.Exists(model.File));

        await log.Log.EraseProjectAsync(TestLog.Project, Token);
        await model.Models.DeleteLeftoversAsync(Token);
        Assert.False(File.Exists(model.File));
    }

    [Fact]
    public async Task A_file_that_is_open_stays()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        await model.ListAsync();

        await model.Models.DeleteLeftoversAsync(Token);

        Assert.True(File.Exists(model.File));
    }

    private static TraceEvent Named(string id) => new() { EventId = id, Timestamp = Noon, StartedAt = Noon, Name = id };
}
