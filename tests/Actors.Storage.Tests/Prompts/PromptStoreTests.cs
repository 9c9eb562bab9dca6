using Actors.Prompts;
using Actors.Storage.Control;
using Actors.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Prompts;

public sealed class PromptStoreTests : ControlTest
{
    private readonly SteppedClock _clock = new();
    private readonly PromptStore _prompts;

    public PromptStoreTests() => _prompts = new PromptStore(Database, _clock, NullLogger<PromptStore>.Instance);

    [Fact]
    public async Task New_versions_of_one_name_that_arrive_at_once_get_a_number_each()
    {
        const int Writers = 20;
        var other = new PromptStore(Database, _clock, NullLogger<PromptStore>.Instance);
        var added = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(
            () => (i % 2 == 0 ? _prompts : other).AddAsync(One, Text("race", $"text {i}") with { Labels = ["production", "canary"] }, Ct), Ct)));

        Assert.Equal(Enumerable.Range(1, Writers), added.Select(o => o.Value!.Version).Order());
        var listed = (await _prompts.ListAsync(One, new PromptListQuery { Page = new(1, 10) }, Ct)).Items.Single();
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
            await _prompts.AddAsync(One, Text("moved", $"text {i}"), Ct);
        }

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(
            () => _prompts.SetLabelsAsync(One, new PromptKey("moved", 1 + (i % 4)), ["production", $"l{i % 3}"], Ct), Ct)));

        var versions = await Task.WhenAll(Enumerable.Range(1, 4).Select(v => FindAsync(new PromptSelector("moved", v))));
        Assert.Equal(["l0", "l1", "l2", "latest", "production"], versions.SelectMany(v => v.Labels).Order());
    }

    [Fact]
    public async Task A_fetch_sees_every_change_that_was_answered_before_it()
    {
        for (var version = 1; version <= 5; version++)
        {
            await _prompts.AddAsync(One, Text("fresh", $"text {version}") with { Labels = ["production"] }, Ct);
            Assert.Equal(version, (await FindAsync(new PromptSelector("fresh"))).Version);
            Assert.Equal(version, (await FindAsync(new PromptSelector("fresh", Label: "latest"))).Version);
            var ids = await _prompts.FindIdsAsync(One, [new("fresh", version), new("fresh", version + 1)], Ct);
            Assert.Equal([new PromptKey("fresh", version)], ids.Keys);
        }

        await _prompts.SetLabelsAsync(One, new PromptKey("fresh", 2), ["production"], Ct);
        Assert.Equal(2, (await FindAsync(new PromptSelector("fresh"))).Version);
        await _prompts.DeleteAsync(One, "fresh", 2, null, Ct);
        Assert.NotNull((await _prompts.FindAsync(One, new PromptSelector("fresh"), true, Ct)).Refusal);
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
                    var asked = Task.Run(async () => await _prompts.FindIdsAsync(One, [key], Ct), Ct);
                    var added = (await _prompts.AddAsync(One, Text(key.Name, "text"), Ct)).Value!;
                    Assert.Equal(added.Id, (await _prompts.FindIdsAsync(One, [key], Ct)).GetValueOrDefault(key));
                    await asked;
                    Assert.Equal(added.Id, (await _prompts.FindIdsAsync(One, [key], Ct)).GetValueOrDefault(key));
                }
            },
            Ct)));
    }

    [Fact]
    public async Task The_id_of_a_version_that_was_deleted_is_not_told_any_more()
    {
        var first = (await _prompts.AddAsync(One, Text("again", "text"), Ct)).Value!;
        Assert.Equal(first.Id, (await _prompts.FindIdsAsync(One, [new("again", 1)], Ct)).Values.Single());
        await _prompts.DeleteAsync(One, "again", null, null, Ct);
        Assert.Empty(await _prompts.FindIdsAsync(One, [new("again", 1)], Ct));

        var second = (await _prompts.AddAsync(One, Text("again", "text"), Ct)).Value!;

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(second.Id, (await _prompts.FindIdsAsync(One, [new("again", 1)], Ct)).Values.Single());
    }

    [Fact]
    public async Task A_change_of_what_is_embedded_is_seen_through_what_embeds_it()
    {
        await _prompts.AddAsync(One, Text("part", "old") with { Labels = ["production"] }, Ct);
        await _prompts.AddAsync(One, Text("whole", "<@@@langfusePrompt:name=part|label=production@@@>"), Ct);
        Assert.Equal("\"<old>\"", (await FindAsync(new PromptSelector("whole", 1))).Content);

        await _prompts.AddAsync(One, Text("part", "new") with { Labels = ["production"] }, Ct);

        Assert.Equal("\"<new>\"", (await FindAsync(new PromptSelector("whole", 1))).Content);
    }

    [Fact]
    public async Task A_change_of_another_process_is_seen_when_the_memory_is_old()
    {
        await _prompts.AddAsync(One, Text("shared", "one") with { Labels = ["production"] }, Ct);
        await FindAsync(new PromptSelector("shared"));
        var elsewhere = new PromptStore(Database, _clock, NullLogger<PromptStore>.Instance);
        await elsewhere.AddAsync(One, Text("shared", "two") with { Labels = ["production"] }, Ct);

        Assert.Equal(1, (await FindAsync(new PromptSelector("shared"))).Version);
        Assert.Empty(await _prompts.FindIdsAsync(One, [new("shared", 3)], Ct));
        var third = (await elsewhere.AddAsync(One, Text("shared", "three"), Ct)).Value!;
        Assert.Equal(third.Id, (await _prompts.FindIdsAsync(One, [new("shared", 3)], Ct)).Values.Single());
        _clock.Advance(PromptStore.Lifetime);
        Assert.Equal(2, (await FindAsync(new PromptSelector("shared"))).Version);
    }

    [Fact]
    public async Task While_the_database_fails_the_last_known_version_is_answered()
    {
        var added = (await _prompts.AddAsync(One, Text("kept", "text") with { Labels = ["production"] }, Ct)).Value!;
        await FindAsync(new PromptSelector("kept"));
        await _prompts.FindIdsAsync(One, [new("kept", 1)], Ct);
        await ExecuteAsync("ALTER TABLE prompt_versions RENAME TO gone");
        _clock.Advance(PromptStore.Lifetime * 2);

        Assert.Equal(added.Id, (await FindAsync(new PromptSelector("kept"))).Id);
        Assert.Equal(added.Id, (await FindAsync(new PromptSelector("kept"))).Id);
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => FindAsync(new PromptSelector("never seen")));
        Assert.Equal(added.Id, (await _prompts.FindIdsAsync(One, [new("kept", 1)], Ct)).Values.Single());
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(
            async () => await _prompts.FindIdsAsync(One, [new("kept", 1), new("never seen", 1)], Ct));

        await ExecuteAsync("ALTER TABLE gone RENAME TO prompt_versions");
        Assert.Equal(RefusalKind.NotFound, (await _prompts.FindAsync(One, new PromptSelector("never seen"), true, Ct)).Refusal!.Kind);
        Assert.Equal(added.Id, (await _prompts.FindIdsAsync(One, [new("kept", 1)], Ct))[new("kept", 1)]);
    }

    [Fact]
    public async Task Another_project_sees_and_changes_nothing()
    {
        var mine = (await _prompts.AddAsync(One, Text("mine", "text") with { Labels = ["production"] }, Ct)).Value!;

        Assert.NotNull((await _prompts.FindAsync(Two, new PromptSelector("mine"), true, Ct)).Refusal);
        Assert.NotNull((await _prompts.SetLabelsAsync(Two, new PromptKey("mine", 1), ["x"], Ct)).Refusal);
        Assert.NotNull(await _prompts.DeleteAsync(Two, "mine", null, null, Ct));
        Assert.NotNull((await _prompts.AddAsync(Two, Text("thief", "@@@langfusePrompt:name=mine|version=1@@@"), Ct)).Refusal);
        Assert.False(await _prompts.ExistsAsync(Two, mine.Id, Ct));
        Assert.Empty(await _prompts.FindIdsAsync(Two, [new("mine", 1)], Ct));
        Assert.Equal(0, (await _prompts.ListAsync(Two, new PromptListQuery { Page = new(1, 10) }, Ct)).TotalItems);
        Assert.Equal(1, (await _prompts.AddAsync(Two, Text("mine", "text"), Ct)).Value!.Version);
        Assert.True(await _prompts.ExistsAsync(One, mine.Id, Ct));
    }

    [Fact]
    public async Task Prompts_that_would_fill_the_memory_together_are_refused()
    {
        await _prompts.AddAsync(One, Text("bomb0", new string('x', 3000)), Ct);
        Outcome<PromptRecord>? outcome = null;
        for (var i = 1; i < PromptRules.MaxDepth && outcome?.Refusal is null; i++)
        {
            outcome = await _prompts.AddAsync(
                One, Text($"bomb{i}", string.Concat(Enumerable.Repeat($"@@@langfusePrompt:name=bomb{i - 1}|version=1@@@", 60))), Ct);
        }

        Assert.Equal(
            $"With what it embeds, the prompt is longer than {PromptRules.MaxResolvedLength} characters", outcome!.Refusal!.Message);
    }

    [Fact]
    public async Task A_cycle_that_a_moved_label_made_is_a_conflict_when_read()
    {
        await _prompts.AddAsync(One, Text("a", "plain") with { Labels = ["live"] }, Ct);
        await _prompts.AddAsync(One, Text("b", "plain") with { Labels = ["live"] }, Ct);
        await _prompts.AddAsync(One, Text("a", "@@@langfusePrompt:name=b|label=live@@@"), Ct);
        await _prompts.AddAsync(One, Text("b", "@@@langfusePrompt:name=a|label=live@@@"), Ct);
        await _prompts.SetLabelsAsync(One, new PromptKey("a", 2), ["live"], Ct);
        await _prompts.SetLabelsAsync(One, new PromptKey("b", 2), ["live"], Ct);

        var refusal = (await _prompts.FindAsync(One, new PromptSelector("a", 2), true, Ct)).Refusal!;

        Assert.Equal(Refusal.Conflict("Circular dependency: a v2 → b v2 → a v2"), refusal);
        Assert.NotNull((await _prompts.FindAsync(One, new PromptSelector("a", 2), false, Ct)).Value);
    }

    private static NewPrompt Text(string name, string text) =>
        new() { Name = name, Type = PromptType.Text, Content = System.Text.Json.JsonSerializer.Serialize(text) };

    private async Task<PromptRecord> FindAsync(PromptSelector selector) =>
        (await _prompts.FindAsync(One, selector, resolve: true, Ct)).Value!;
}
