using Actors.Tracing;
using Xunit;
using static Actors.Testing.LogSamples;

namespace Actors.Testing;

/// <summary>
/// What every event log promises. A provider inherits this class and says how to open a log; each test has a log of its own.
/// </summary>
public abstract partial class EventLogConformance : IAsyncLifetime
{
    private IEventLog? _log;

    /// <summary>The limit of every wait: long enough for a slow machine, short enough to be noticed.</summary>
    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The open log.</summary>
    protected IEventLog Log => _log ?? throw new InvalidOperationException("The log is not open.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Opens the log of this test: an empty one at first, later what <see cref="CloseAsync"/> left.</summary>
    /// <param name="maxQueuedRows">The bound of its queue; null: the default.</param>
    protected abstract ValueTask<IEventLog> OpenAsync(int? maxQueuedRows);

    /// <summary>Closes the log as an orderly shutdown does.</summary>
    protected abstract ValueTask CloseAsync(IEventLog log);

    /// <summary>Removes what the test left.</summary>
    protected abstract ValueTask CleanUpAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _log = await OpenAsync(null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CloseAsync(Log);
        await CleanUpAsync();
    }

    /// <summary>Closes and opens the log.</summary>
    protected async Task ReopenAsync(int? maxQueuedRows = null)
    {
        await CloseAsync(Log);
        _log = await OpenAsync(maxQueuedRows);
    }

    [Fact]
    public async Task What_was_appended_is_read_back_whole_and_in_order()
    {
        var first = Append(Trace(), 1, Generation("a"), Score("s-1"), new TraceEvent { EventId = "e", Timestamp = Noon, Name = "chat", Tags = ["x", "y"] });
        var second = Append(Trace(), 2, Generation("b"));
        var one = await AppendAsync(first);
        var two = await AppendAsync(second);

        var rows = await ReadAsync(Trace());

        Assert.Equal([1, 2], rows.Select(r => r.Version));
        Assert.Equal([one.Position, two.Position], rows.Select(r => r.Position));
        Assert.True(two.Position > one.Position);
        Assert.False(one.IsConflict);
        Assert.Equal(1, one.CurrentVersion);
        Assert.All(rows, r => Assert.Equal(Trace(), r.Stream));
        Assert.All(rows, r => Assert.Equal(7, r.PriceBook));
        Assert.Equal(Noon.AddSeconds(1), rows[0].ReceivedAt);
        Assert.Equal(EventEquality.Print(first.Events), EventEquality.Print(rows[0].Events));
        Assert.Equal(EventEquality.Print(second.Events), EventEquality.Print(rows[1].Events));
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_is_empty()
    {
        await AppendAsync(Append(Trace(), 1));

        Assert.Empty(await ReadAsync(Trace("other")));
        Assert.Empty(await Log.ReadStreamAsync(new ProjectId("other"), Trace(), LogText.With, Ct));
        Assert.Empty(await Log.ReadChangesAsync(new ProjectId("other"), 0, 10, Ct));
    }

    [Fact]
    public async Task Without_text_everything_else_is_there()
    {
        var events = new StreamEvent[]
        {
            Generation(),
            new TraceEvent { EventId = "t", Timestamp = Noon, Name = "chat", Input = "1", Output = "2", Metadata = "{}" },
            Score("s") with { Metadata = "{}", Comment = "good" },
        };
        await AppendAsync(Append(Trace(), 1, events));

        var row = Assert.Single(await Log.ReadStreamAsync(Project, Trace(), LogText.Without, Ct));

        Assert.Equal(
            EventEquality.Print(
            [
                Generation() with { Input = null, Output = null, Metadata = null, ModelParameters = null },
                new TraceEvent { EventId = "t", Timestamp = Noon, Name = "chat" },
                Score("s") with { Comment = "good" },
            ]),
            EventEquality.Print(row.Events));
    }

    [Fact]
    public async Task A_taken_version_is_a_conflict_that_names_the_current_one()
    {
        await AppendAsync(Append(Trace(), 1));
        await AppendAsync(Append(Trace(), 2));

        var outcome = await AppendAsync(Append(Trace(), 1));

        Assert.Equal(new AppendOutcome(0, 2, IsConflict: true), outcome);
        Assert.Equal(2, (await ReadAsync(Trace())).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_version_that_would_leave_a_gap_is_a_conflict(int present)
    {
        for (var version = 1; version <= present; version++)
        {
            await AppendAsync(Append(Trace(), version));
        }

        var outcome = await AppendAsync(Append(Trace(), present + 2));

        Assert.Equal(new AppendOutcome(0, present, IsConflict: true), outcome);
        Assert.Equal(present, (await ReadAsync(Trace())).Count);
        Assert.Equal(present > 0 ? [Project] : [], await Log.ListProjectsAsync(Ct));
    }

    [Fact]
    public async Task Repeating_an_append_returns_the_first_outcome_and_stores_nothing()
    {
        var append = Append(Trace(), 1, Generation(), Score("s"));
        var first = await AppendAsync(append);
        await AppendAsync(Append(Trace(), 2));

        Assert.Equal(first, await AppendAsync(append));
        Assert.Equal(first, await AppendAsync(append with { Events = [Generation("other")] }));
        Assert.Equal(2, (await ReadAsync(Trace())).Count);
    }

    [Fact]
    public async Task The_same_append_twice_at_once_is_stored_once()
    {
        var append = Append(Trace(), 1);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => AppendAsync(append))));

        Assert.Single(outcomes.Distinct());
        Assert.False(outcomes[0].IsConflict);
        Assert.Single(await ReadAsync(Trace()));
    }

    [Fact]
    public async Task A_conflict_never_harms_its_neighbours()
    {
        await AppendAsync(Append(Trace("taken"), 1));

        // All are queued before the first can be answered, so they share few commits.
        var appends = Enumerable.Range(0, 200).Select(i => Append(Trace(i % 4 == 0 ? "taken" : $"free-{i}"), 1)).ToList();
        var outcomes = await Task.WhenAll(appends.Select(a => AppendAsync(a)));

        for (var i = 0; i < appends.Count; i++)
        {
            Assert.Equal(i % 4 == 0, outcomes[i].IsConflict);
            Assert.Single(await ReadAsync(appends[i].Stream));
        }
    }

    [Fact]
    public async Task The_same_stream_id_in_two_projects_is_two_streams()
    {
        var other = new ProjectId("project-2");
        await AppendAsync(Append(Trace(), 1, Score("s")));
        var outcome = await AppendAsync(Append(Trace(), 1, Generation("theirs")) with { Project = other });

        Assert.False(outcome.IsConflict);
        Assert.IsType<ScoreEvent>(Assert.Single(await ReadAsync(Trace())).Events[0]);
        Assert.IsType<ObservationEvent>(Assert.Single(await Log.ReadStreamAsync(other, Trace(), LogText.With, Ct)).Events[0]);
        Assert.Null(await Log.FindScoreAsync(other, "s", Ct));
        Assert.Equal([Project, other], (await Log.ListProjectsAsync(Ct)).OrderBy(p => p.Value, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_newest_receipt_is_that_of_the_newest_row_of_any_project()
    {
        Assert.Null(await Log.GetNewestReceiptAsync(Ct));
        await AppendAsync(Append(Trace(), 1, Generation()) with { ReceivedAt = LogSamples.Noon });
        var later = LogSamples.Noon.AddMinutes(2);
        await AppendAsync(Append(Trace(), 1, Generation()) with { Project = new ProjectId("project-2"), ReceivedAt = later });

        Assert.Equal(later, await Log.GetNewestReceiptAsync(Ct));
    }

    [Fact]
    public async Task A_score_is_found_by_its_id_at_once()
    {
        await AppendAsync(Append(Trace(), 1, Generation(), Score("s-1"), Score("s-2")));
        await AppendAsync(Append(StreamId.ForSession("chat"), 1, Score("s-3")));

        Assert.Equal(Trace(), await Log.FindScoreAsync(Project, "s-1", Ct));
        Assert.Equal(Trace(), await Log.FindScoreAsync(Project, "s-2", Ct));
        Assert.Equal(StreamId.ForSession("chat"), await Log.FindScoreAsync(Project, "s-3", Ct));
        Assert.Null(await Log.FindScoreAsync(Project, "S-1", Ct));

        await AppendAsync(Append(StreamId.ForRun("run"), 1, Score("s-1")));
        Assert.Equal(StreamId.ForRun("run"), await Log.FindScoreAsync(Project, "s-1", Ct));
    }

    [Fact]
    public async Task A_score_of_a_row_that_lost_is_not_indexed()
    {
        await AppendAsync(Append(Trace(), 1));
        await AppendAsync(Append(Trace(), 1, Score("s")));

        Assert.Null(await Log.FindScoreAsync(Project, "s", Ct));
    }

    [Fact]
    public async Task A_closed_log_keeps_everything_and_its_id()
    {
        var id = Log.LogId;
        var outcome = await AppendAsync(Append(Trace(), 1, Generation(), Score("s")));

        await ReopenAsync();

        Assert.Equal(id, Log.LogId);
        Assert.Equal(outcome.Position, await Log.GetHeadAsync(Project, Ct));
        Assert.Equal(outcome.Position, Assert.Single(await ReadAsync(Trace())).Position);
        Assert.Equal(Trace(), await Log.FindScoreAsync(Project, "s", Ct));
        Assert.True((await AppendAsync(Append(Trace(), 2))).Position > outcome.Position);
    }

    [Fact]
    public async Task An_append_that_is_wrong_is_refused_to_its_caller()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync(Append(Trace(), 1) with { Events = [] }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => AppendAsync(Append(Trace(), 0)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.ReadChangesAsync(Project, 0, 0, Ct));
    }

    private Task<AppendOutcome> AppendAsync(LogAppend append) => Log.AppendAsync(append, Ct).AsTask().WaitAsync(Patience, Ct);

    private Task<IReadOnlyList<LogRow>> ReadAsync(StreamId stream) => Log.ReadStreamAsync(Project, stream, LogText.With, Ct);
}
