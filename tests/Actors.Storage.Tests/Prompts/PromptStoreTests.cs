using System.Data.Common;
using Actors.Prompts;
using Actors.Storage.Control;
using Actors.Testing;
using Actors.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Prompts;

public abstract class PromptStoreTests(ControlPlane plane) : ControlTest(plane)
{
    private readonly SteppedClock _clock = new();

    private PromptStore Prompts => field ??= new PromptStore(Database, _clock, NullLogger<PromptStore>.Instance);

    [Fact]
    public async Task New_versions_of_one_name_that_arrive_at_once_get_a_number_each()
    {
        const int Writers = 20;
        var other = new PromptStore(Database, _clock, NullLogger<PromptStore>.Instance);
        var added = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(
            () => (i % 2 == 0 ? Prompts : other).AddAsync(One, Text("race", $"text {i}") with { Labels = ["production", "canary"] }, Ct), Ct)));

        Assert.Equal(Enumerable.Range(1, Writers), added.Select(o => o.Value!.Version).Order());
        var listed = (await Prompts.ListAsync(One, new PromptListQuery { Page = new(1, 10) }, Ct)).Items.Single();
        Assert.Equal(Enumerable.Range(1, Writers), listed.Versions);
        Assert.Equal(["canary", "latest", "production"], listed.Labels);
        var last = await FindAsync(new PromptSelector("race"));
        Assert.Equal((Writers, "canary,latest,production"), (last.Version, string.Join(',', last.Labels)));
    }

    [Fact]
    public async Task Labels_that_are_moved_at_once_point_at_one_version_at_the_end()
    {
        for (var i = 0; i < 4; i++)
        {
            await Prompts.AddAsync(One, Text("moved", $"text {i}"), Ct);
        }

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(
            () => Prompts.SetLabelsAsync(One, new PromptKey("moved", 1 + (i % 4)), ["production", $"l{i % 3}"], Ct), Ct)));

        var versions = await Task.WhenAll(Enumerable.Range(1, 4).Select(v => FindAsync(new PromptSelector("moved", v))));
        Assert.Equal(["l0", "l1", "l2", "latest", "production"], versions.SelectMany(v => v.Labels).Order());
    }

    [Fact]
    public async Task A_fetch_sees_every_change_that_was_answered_before_it()
    {
        for (var version = 1; version <= 5; version++)
        {
            await Prompts.AddAsync(One, Text("fresh", $"text {version}") with { Labels = ["production"] }, Ct);
            Assert.Equal(version, (await FindAsync(new PromptSelector("fresh"))).Version);
            Assert.Equal(version, (await FindAsync(new PromptSelector("fresh", Label: "latest"))).Version);
            var ids = await Prompts.FindIdsAsync(One, [new("fresh", version), new("fresh", version + 1)], Ct);
            Assert.Equal([new PromptKey("fresh", version)], ids.Keys);
        }

        await Prompts.SetLabelsAsync(One, new PromptKey("fresh", 2), ["production"], Ct);
        Assert.Equal(2, (await FindAsync(new PromptSelector("fresh"))).Version);
        await Prompts.DeleteAsync(One, "fresh", 2, null, Ct);
        Assert.NotNull((await Prompts.FindAsync(One, new PromptSelector("fresh"), true, Ct)).Refusal);
    }

    [Fact]
    public async Task An_id_is_found_after_its_version_was_added_whatever_goes_on_beside_it()
    {
        const int Writers = 8;
        const int Versions = 15;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                for (var version = 1; version <= Versions; version++)
                {
                    var key = new PromptKey($"busy {writer}", version);
                    var asked = Task.Run(async () => await Prompts.FindIdsAsync(One, [key], Ct), Ct);
                    var added = (await Prompts.AddAsync(One, Text(key.Name, "text"), Ct)).Value!;
                    Assert.Equal(added.Id, (await Prompts.FindIdsAsync(One, [key], Ct)).GetValueOrDefault(key));
                    await asked;
                    Assert.Equal(added.Id, (await Prompts.FindIdsAsync(One, [key], Ct)).GetValueOrDefault(key));
                }
            },
            Ct)));
    }

    [Fact]
    public async Task The_id_of_a_version_that_was_deleted_is_not_told_any_more()
    {
        var first = (await Prompts.AddAsync(One, Text("again", "text"), Ct)).Value!;
        Assert.Equal(first.Id, (await Prompts.FindIdsAsync(One, [new("again", 1)], Ct)).Values.Single());
        await Prompts.DeleteAsync(One, "again", null, null, Ct);
        Assert.Empty(await Prompts.FindIdsAsync(One, [new("again", 1)], Ct));

        var second = (await Prompts.AddAsync(One, Text("again", "text"), Ct)).Value!;

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(second.Id, (await Prompts.FindIdsAsync(One, [new("again", 1)], Ct)).Values.Single());
    }

    [Fact]
    public async Task A_change_of_what_is_embedded_is_seen_through_what_embeds_it()
    {
        await Prompts.AddAsync(One, Text("part", "old") with { Labels = ["production"] }, Ct);
        await Prompts.AddAsync(One, Text("whole", "<@@@langfusePrompt:name=part|label=production@@@>"), Ct);
        Assert.Equal("\"<old>\"", (await FindAsync(new PromptSelector("whole", 1))).Content);

        await Prompts.AddAsync(One, Text("part", "new") with { Labels = ["production"] }, Ct);

        Assert.Equal("\"<new>\"", (await FindAsync(new PromptSelector("whole", 1))).Content);
    }

    [Fact]
    public async Task A_change_behind_the_back_of_all_is_seen_when_the_memory_is_old()
    {
        await Prompts.AddAsync(One, Text("shared", "one") with { Labels = ["production"] }, Ct);
        await Prompts.AddAsync(One, Text("shared", "two"), Ct);
        await FindAsync(new PromptSelector("shared"));
        await ExecuteAsync(
            "UPDATE prompt_labels SET version_id = (SELECT id FROM prompt_versions WHERE version = 2) WHERE label = 'production'");

        Assert.Equal(1, (await FindAsync(new PromptSelector("shared"))).Version);
        _clock.Advance(PromptStore.Lifetime);
        Assert.Equal(2, (await FindAsync(new PromptSelector("shared"))).Version);
    }

    [Fact]
    public async Task While_the_database_fails_the_last_known_version_is_answered()
    {
        var added = (await Prompts.AddAsync(One, Text("kept", "text") with { Labels = ["production"] }, Ct)).Value!;
        await FindAsync(new PromptSelector("kept"));
        await Prompts.FindIdsAsync(One, [new("kept", 1)], Ct);
        await ExecuteAsync("ALTER TABLE prompt_versions RENAME TO gone");
        _clock.Advance(PromptStore.Lifetime * 2);

        Assert.Equal(added.Id, (await FindAsync(new PromptSelector("kept"))).Id);
        Assert.Equal(added.Id, (await FindAsync(new PromptSelector("kept"))).Id);
        await Assert.ThrowsAnyAsync<DbException>(() => FindAsync(new PromptSelector("never seen")));
        Assert.Equal(added.Id, (await Prompts.FindIdsAsync(One, [new("kept", 1)], Ct)).Values.Single());
        await Assert.ThrowsAnyAsync<DbException>(
            async () => await Prompts.FindIdsAsync(One, [new("kept", 1), new("never seen", 1)], Ct));

        _clock.Advance(ControlOutage.Patience);
        await Assert.ThrowsAnyAsync<DbException>(() => FindAsync(new PromptSelector("kept")));
        await Assert.ThrowsAnyAsync<DbException>(async () => await Prompts.FindIdsAsync(One, [new("kept", 1)], Ct));

        await ExecuteAsync("ALTER TABLE gone RENAME TO prompt_versions");
        Assert.Equal(RefusalKind.NotFound, (await Prompts.FindAsync(One, new PromptSelector("never seen"), true, Ct)).Refusal!.Kind);
        Assert.Equal(added.Id, (await Prompts.FindIdsAsync(One, [new("kept", 1)], Ct))[new("kept", 1)]);
    }

    [Fact]
    public async Task Another_project_sees_and_changes_nothing()
    {
        var mine = (await Prompts.AddAsync(One, Text("mine", "text") with { Labels = ["production"] }, Ct)).Value!;

        Assert.NotNull((await Prompts.FindAsync(Two, new PromptSelector("mine"), true, Ct)).Refusal);
        Assert.NotNull((await Prompts.SetLabelsAsync(Two, new PromptKey("mine", 1), ["x"], Ct)).Refusal);
        Assert.NotNull(await Prompts.DeleteAsync(Two, "mine", null, null, Ct));
        Assert.NotNull((await Prompts.AddAsync(Two, Text("thief", "@@@langfusePrompt:name=mine|version=1@@@"), Ct)).Refusal);
        Assert.False(await Prompts.ExistsAsync(Two, mine.Id, Ct));
        Assert.Empty(await Prompts.FindIdsAsync(Two, [new("mine", 1)], Ct));
        Assert.Equal(0, (await Prompts.ListAsync(Two, new PromptListQuery { Page = new(1, 10) }, Ct)).TotalItems);
        Assert.Equal(1, (await Prompts.AddAsync(Two, Text("mine", "text"), Ct)).Value!.Version);
        Assert.True(await Prompts.ExistsAsync(One, mine.Id, Ct));
    }

    [Fact]
    public async Task Prompts_that_would_fill_the_memory_together_are_refused()
    {
        await Prompts.AddAsync(One, Text("bomb0", new string('x', 3000)), Ct);
        Outcome<PromptRecord>? outcome = null;
        for (var i = 1; i < PromptRules.MaxDepth && outcome?.Refusal is null; i++)
        {
            outcome = await Prompts.AddAsync(
                One, Text($"bomb{i}", string.Concat(Enumerable.Repeat($"@@@langfusePrompt:name=bomb{i - 1}|version=1@@@", 60))), Ct);
        }

        Assert.Equal(
            $"With what it embeds, the prompt is longer than {PromptRules.MaxResolvedLength} characters", outcome!.Refusal!.Message);
    }

    [Fact]
    public async Task A_cycle_that_a_moved_label_made_is_a_conflict_when_read()
    {
        await Prompts.AddAsync(One, Text("a", "plain") with { Labels = ["live"] }, Ct);
        await Prompts.AddAsync(One, Text("b", "plain") with { Labels = ["live"] }, Ct);
        await Prompts.AddAsync(One, Text("a", "@@@langfusePrompt:name=b|label=live@@@"), Ct);
        await Prompts.AddAsync(One, Text("b", "@@@langfusePrompt:name=a|label=live@@@"), Ct);
        await Prompts.SetLabelsAsync(One, new PromptKey("a", 2), ["live"], Ct);
        await Prompts.SetLabelsAsync(One, new PromptKey("b", 2), ["live"], Ct);

        var refusal = (await Prompts.FindAsync(One, new PromptSelector("a", 2), true, Ct)).Refusal!;

        Assert.Equal(Refusal.Conflict("Circular dependency: a v2 → b v2 → a v2"), refusal);
        Assert.NotNull((await Prompts.FindAsync(One, new PromptSelector("a", 2), false, Ct)).Value);
    }

    private static NewPrompt Text(string name, string text) =>
        new() { Name = name, Type = PromptType.Text, Content = System.Text.Json.JsonSerializer.Serialize(text) };

    private async Task<PromptRecord> FindAsync(PromptSelector selector) =>
        (await Prompts.FindAsync(One, selector, resolve: true, Ct)).Value!;
}

public sealed class SqlitePromptStoreTests() : PromptStoreTests(new SqliteControlPlane());

public sealed class PostgresPromptStoreTests(PostgresServer server) : PromptStoreTests(new PostgresControlPlane(server));
