using System.Collections.Concurrent;
using Actors.Tracing;
using Xunit;
using static Actors.Testing.LogSamples;

namespace Actors.Testing;

/// <summary>What the log promises when a stream or a score is deleted.</summary>
public abstract partial class EventLogConformance
{
    [Fact]
    public async Task A_deleted_stream_leaves_two_rows_without_events()
    {
        var first = await AppendAsync(Append(Trace(), 1, Generation(), Score("s-1")));
        await AppendAsync(Append(Trace(), 2, Generation("b"), Score("s-2")));
        await AppendAsync(Append(Trace("other"), 1, Generation("c"), Score("s-3")));

        var deleted = await DeleteAsync(Deletion(Trace(), 3));

        Assert.Equal(new AppendOutcome(deleted.Position, 3, IsConflict: false), deleted);
        var rows = await ReadAsync(Trace());
        Assert.Equal([(1, first.Position), (3, deleted.Position)], rows.Select(r => ((int)r.Version, r.Position)));
        Assert.All(rows, r => Assert.True(r.IsDeletion && r.Events.Count == 0));
        Assert.Equal(Noon.AddSeconds(3), rows[1].ReceivedAt);
        Assert.Null(await Log.FindScoreAsync(Project, "s-1", Ct));
        Assert.Null(await Log.FindScoreAsync(Project, "s-2", Ct));
        Assert.Equal(Trace("other"), await Log.FindScoreAsync(Project, "s-3", Ct));
        Assert.False(Assert.Single(await ReadAsync(Trace("other"))).IsDeletion);
    }

    [Fact]
    public async Task An_erased_project_has_no_rows_and_its_neighbours_keep_theirs()
    {
        var neighbour = new ProjectId("neighbour");
        for (var version = 1; version <= 3; version++)
        {
            await AppendAsync(Append(Trace(), version, Generation(Number(version)), Score($"s-{version}")));
        }

        var kept = await AppendAsync(Append(Trace(), 1, Generation(), Score("s-1")) with { Project = neighbour });
        await Log.EraseProjectAsync(Project, Ct).WaitAsync(Patience, Ct);
        await Log.EraseProjectAsync(Project, Ct).WaitAsync(Patience, Ct);

        for (var round = 0; round < 2; round++)
        {
            Assert.Empty(await ReadAsync(Trace()));
            Assert.Empty(await Log.ReadChangesAsync(Project, 0, 10, Ct));
            Assert.Null(await Log.FindScoreAsync(Project, "s-1", Ct));
            Assert.Equal(kept.Position, Assert.Single(await Log.ReadChangesAsync(neighbour, 0, 10, Ct)).Position);
            Assert.Equal(Trace(), await Log.FindScoreAsync(neighbour, "s-1", Ct));
            await ReopenAsync();
        }

        var again = await AppendAsync(Append(Trace(), 1, Generation()));
        Assert.False(again.IsConflict);
        Assert.True(again.Position > kept.Position);
    }

    [Fact]
    public async Task The_change_feed_tells_of_the_deletion_and_has_nothing_of_what_was_deleted()
    {
        var first = await AppendAsync(Append(Trace(), 1));
        var second = await AppendAsync(Append(Trace(), 2));
        var neighbour = await AppendAsync(Append(Trace("other"), 1));
        var wait = Log.WaitForChangeAsync(Project, neighbour.Position, Ct);

        var deleted = await DeleteAsync(Deletion(Trace(), 3));

        await wait.WaitAsync(Patience, Ct);
        Assert.Equal(deleted.Position, await Log.GetHeadAsync(Project, Ct));
        Assert.Equal(
            [first.Position, neighbour.Position, deleted.Position],
            (await Log.ReadChangesAsync(Project, 0, 10, Ct)).Where(r => r.Position != second.Position).Select(r => r.Position));
        var changes = await Log.ReadChangesAsync(Project, first.Position, 10, Ct);
        Assert.Equal([neighbour.Position, deleted.Position], changes.Select(r => r.Position));
        Assert.True(changes[1].IsDeletion);

        await ReopenAsync();
        Assert.Equal([neighbour.Position, deleted.Position], (await Log.ReadChangesAsync(Project, first.Position, 10, Ct)).Select(r => r.Position));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_late_repetition_of_a_deleted_append_neither_resurrects_nor_is_taken_for_new(int version)
    {
        var appends = Enumerable.Range(1, 3).Select(v => Append(Trace(), v, Generation(Number(v)), Score($"s-{v}"))).ToList();
        foreach (var append in appends)
        {
            await AppendAsync(append);
        }

        var deleted = await DeleteAsync(Deletion(Trace(), 4));
        Assert.Equal(deleted with { IsDeleted = true }, await AppendAsync(appends[version - 1]));

        await AppendAsync(Append(Trace(), 5, Generation("reborn")));
        Assert.Equal(deleted with { IsDeleted = true }, await AppendAsync(appends[version - 1]));

        var again = await DeleteAsync(Deletion(Trace(), 6));
        await ReopenAsync();
        Assert.Equal(again with { IsDeleted = true }, await AppendAsync(appends[version - 1]));
        Assert.Equal([1, 6], (await ReadAsync(Trace())).Select(r => r.Version));
        Assert.Null(await Log.FindScoreAsync(Project, $"s-{version}", Ct));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_foreign_append_to_a_version_that_was_deleted_is_a_conflict(int version)
    {
        await AppendAsync(Append(Trace(), 1));
        await AppendAsync(Append(Trace(), 2));
        await DeleteAsync(Deletion(Trace(), 3));

        Assert.Equal(new AppendOutcome(0, 3, IsConflict: true), await AppendAsync(Append(Trace(), version)));
        Assert.Equal(2, (await ReadAsync(Trace())).Count);
    }

    [Fact]
    public async Task A_deleted_stream_begins_anew_behind_the_deletion()
    {
        await AppendAsync(Append(Trace(), 1, Generation("old"), Score("s")));
        await DeleteAsync(Deletion(Trace(), 2));

        await AppendAsync(Append(Trace(), 3, Generation("new"), Score("s")));

        var rows = await ReadAsync(Trace());
        Assert.Equal([(1, true), (2, true), (3, false)], rows.Select(r => ((int)r.Version, r.IsDeletion)));
        Assert.Equal("new", ((ObservationEvent)rows[2].Events[0]).ObservationId);
        Assert.Equal(Trace(), await Log.FindScoreAsync(Project, "s", Ct));
    }

    [Fact]
    public async Task Repeating_a_deletion_returns_the_first_outcome_and_deletes_nothing_new()
    {
        await AppendAsync(Append(Trace(), 1));
        var deletion = Deletion(Trace(), 2);
        var first = await DeleteAsync(deletion);
        await AppendAsync(Append(Trace(), 3));

        Assert.Equal(first, await DeleteAsync(deletion));
        Assert.Equal(3, (await ReadAsync(Trace())).Count);

        var second = await DeleteAsync(Deletion(Trace(), 4));
        await AppendAsync(Append(Trace(), 5));
        Assert.Equal(second with { IsDeleted = true }, await DeleteAsync(deletion));
        Assert.False((await ReadAsync(Trace()))[^1].IsDeletion);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    public async Task A_deletion_that_expects_another_version_is_a_conflict_and_deletes_nothing(int present, int version)
    {
        for (var v = 1; v <= present; v++)
        {
            await AppendAsync(Append(Trace(), v));
        }

        Assert.Equal(new AppendOutcome(0, present, IsConflict: true), await DeleteAsync(Deletion(Trace(), version)));
        Assert.Equal(present, (await ReadAsync(Trace())).Count(r => !r.IsDeletion));
    }

    [Fact]
    public async Task Nothing_can_be_deleted_before_version_two() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => DeleteAsync(Deletion(Trace(), 1)));

    [Fact]
    public async Task A_deletion_leaves_the_same_stream_of_another_project_and_a_score_that_moved_away()
    {
        var other = new ProjectId("project-2");
        await AppendAsync(Append(Trace(), 1, Score("s"), Score("moved")));
        await AppendAsync(Append(Trace("second"), 1, Score("moved")));
        await AppendAsync(Append(Trace(), 1, Score("s")) with { Project = other });

        await DeleteAsync(Deletion(Trace(), 2));

        Assert.False(Assert.Single(await Log.ReadStreamAsync(other, Trace(), LogText.With, Ct)).IsDeletion);
        Assert.Equal(Trace(), await Log.FindScoreAsync(other, "s", Ct));
        Assert.Equal(Trace("second"), await Log.FindScoreAsync(Project, "moved", Ct));
    }

    [Fact]
    public async Task Of_appends_and_deletions_that_race_exactly_one_takes_each_version()
    {
        const int Callers = 12;
        const int Versions = 30;
        var winners = new ConcurrentBag<(long Version, bool IsDeletion)>();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (long version = 1; version <= Versions;)
            {
                var deletes = caller % 3 == 0 && version > 1;
                var outcome = deletes ? await DeleteAsync(Deletion(Trace(), version)) : await AppendAsync(Append(Trace(), version, Score(Number((int)version))));
                if (!outcome.IsConflict)
                {
                    winners.Add((version, deletes));
                }

                version = outcome.CurrentVersion + 1;
            }
        })));

        Assert.Equal(Enumerable.Range(1, Versions).Select(v => (long)v), winners.Select(w => w.Version).Order());
        var lastDeletion = winners.Where(w => w.IsDeletion).Select(w => w.Version).DefaultIfEmpty(0).Max();
        var rows = await ReadAsync(Trace());
        Assert.Equal(
            Enumerable.Range(1, Versions).Select(v => (long)v).Where(v => v == 1 || v >= lastDeletion),
            rows.Select(r => r.Version));
        foreach (var version in Enumerable.Range(1, Versions))
        {
            StreamId? expected = version > lastDeletion ? Trace() : null;
            Assert.Equal(expected, await Log.FindScoreAsync(Project, Number(version), Ct));
        }
    }

    [Fact]
    public async Task A_score_deletion_takes_the_score_out_of_the_index_and_of_earlier_rows()
    {
        var first = Append(Trace(), 1, Generation(), Score("s"), Score("kept"));
        var stored = await AppendAsync(first);
        await AppendAsync(Append(Trace(), 2, Score("s") with { Comment = "secret" }));
        await AppendAsync(Append(Trace("other"), 1, Score("s-other")));

        await AppendAsync(Append(Trace(), 3, ScoreDeleted("s")));

        Assert.Null(await Log.FindScoreAsync(Project, "s", Ct));
        Assert.Equal(Trace(), await Log.FindScoreAsync(Project, "kept", Ct));
        var rows = await ReadAsync(Trace());
        Assert.Equal([1, 2, 3], rows.Select(r => r.Version));
        Assert.Equal(EventEquality.Print([Generation(), Score("kept")]), EventEquality.Print(rows[0].Events));
        Assert.Empty(rows[1].Events);
        Assert.Equal(EventEquality.Print([ScoreDeleted("s")]), EventEquality.Print(rows[2].Events));
        Assert.Equal(
            rows.Select(r => (r.Position, EventEquality.Print(r.Events).Count)),
            (await Log.ReadChangesAsync(Project, 0, 10, Ct)).Where(r => r.Stream == Trace()).Select(r => (r.Position, r.Events.Count)));

        Assert.Equal(stored, await AppendAsync(first));
        Assert.Null(await Log.FindScoreAsync(Project, "s", Ct));
    }

    [Fact]
    public async Task A_score_deletion_leaves_what_was_said_later()
    {
        await AppendAsync(Append(Trace(), 1, Score("s")));
        await AppendAsync(Append(Trace(), 2, Score("s", 1) with { Timestamp = Noon.AddSeconds(1) }));

        await AppendAsync(Append(Trace(), 3, ScoreDeleted("s")));

        var rows = await ReadAsync(Trace());
        Assert.Empty(rows[0].Events);
        Assert.Equal(1, Assert.IsType<ScoreEvent>(Assert.Single(rows[1].Events)).Value);
    }

    [Fact]
    public async Task A_row_that_takes_back_its_own_score_has_taken_it_from_the_stream_that_held_it()
    {
        await AppendAsync(Append(Trace(), 1, Score("s"), Score("kept")));

        await AppendAsync(Append(Trace("other"), 1, Score("s"), ScoreDeleted("s"), ScoreDeleted("kept")));

        Assert.Null(await Log.FindScoreAsync(Project, "s", Ct));
        Assert.Equal(Trace(), await Log.FindScoreAsync(Project, "kept", Ct));
    }

    [Fact]
    public async Task A_score_deletion_that_lost_the_race_changes_nothing()
    {
        await AppendAsync(Append(Trace(), 1, Score("s")));
        await AppendAsync(Append(Trace(), 2));

        Assert.True((await AppendAsync(Append(Trace(), 2, ScoreDeleted("s")))).IsConflict);

        Assert.Single((await ReadAsync(Trace()))[0].Events);
        Assert.Equal(Trace(), await Log.FindScoreAsync(Project, "s", Ct));
    }

    private Task<AppendOutcome> DeleteAsync(LogDeletion deletion) => Log.DeleteStreamAsync(deletion, Ct).AsTask().WaitAsync(Patience, Ct);
}
