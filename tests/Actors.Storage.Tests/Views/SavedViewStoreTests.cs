using Actors.Storage.Control;
using Actors.Testing;
using Actors.Testing.Postgres;
using Actors.Views;

namespace Actors.Storage.Views;

public abstract class SavedViewStoreTests(ControlPlane plane) : ControlTest(plane)
{
    private readonly SteppedClock _clock = new();

    private SavedViewStore Views => field ??= new SavedViewStore(Database, _clock);

    [Fact]
    public async Task A_view_is_read_back_as_it_was_saved()
    {
        var added = await AddAsync("traces", "Slow ones", "f=latency%3A%3E2s&sort=-latency");
        await AddAsync("live", "Production", "f=env%3Aproduction");
        await AddAsync("traces", "Errors", "");

        var views = await Views.ListAsync(One, Ct);
        Assert.Equal(["live/Production", "traces/Errors", "traces/Slow ones"], views.Select(v => $"{v.Page}/{v.Name}"));
        Assert.Equal(added, views[2]);
        Assert.Empty(await Views.ListAsync(Two, Ct));
    }

    [Fact]
    public async Task A_name_is_taken_once_on_a_page()
    {
        var first = await AddAsync("traces", "Mine", "");
        var other = await AddAsync("traces", "Other", "");
        await AddAsync("live", "Mine", "");

        Assert.Equal(RefusalKind.Conflict, (await Views.AddAsync(One, new("traces", "Mine", "f=x"), Ct)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await Views.ChangeAsync(One, other.Id, new() { Name = "Mine" }, Ct)).Refusal!.Kind);
        Assert.Null((await Views.ChangeAsync(One, first.Id, new() { Name = "Mine" }, Ct)).Refusal);
        Assert.Null((await Views.AddAsync(Two, new("traces", "Mine", ""), Ct)).Refusal);
    }

    [Fact]
    public async Task A_change_leaves_the_rest_as_it_was()
    {
        var added = await AddAsync("traces", "Mine", "f=a");
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("Ours", (await Views.ChangeAsync(One, added.Id, new() { Name = "Ours" }, Ct)).Value!.Name);
        await Views.ChangeAsync(One, added.Id, new() { Query = "f=b" }, Ct);

        var view = Assert.Single(await Views.ListAsync(One, Ct));
        Assert.Equal(added with { Name = "Ours", Query = "f=b", UpdatedAt = added.CreatedAt.AddMinutes(1) }, view);
    }

    [Fact]
    public async Task A_page_opens_with_one_view_at_most()
    {
        var (a, b, live) = (await AddAsync("traces", "A", ""), await AddAsync("traces", "B", ""), await AddAsync("live", "L", ""));
        foreach (var view in new[] { a, live, b })
        {
            await Views.ChangeAsync(One, view.Id, new() { IsDefault = true }, Ct);
        }

        Assert.Equal(["L", "B"], await DefaultsAsync());
        await Views.ChangeAsync(One, b.Id, new() { IsDefault = false }, Ct);
        Assert.Equal(["L"], await DefaultsAsync());
    }

    [Fact]
    public async Task Of_defaults_that_are_set_at_once_one_stays()
    {
        var views = new List<SavedView>();
        for (var i = 0; i < 8; i++)
        {
            views.Add(await AddAsync("traces", $"V{i}", ""));
        }

        await Task.WhenAll(views.Select(v => Task.Run(() => Views.ChangeAsync(One, v.Id, new() { IsDefault = true }, Ct), Ct)));

        Assert.Single(await DefaultsAsync());
    }

    [Fact]
    public async Task Of_the_same_name_saved_at_once_one_is_stored()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Views.AddAsync(One, new("traces", "Same", ""), Ct), Ct)));

        Assert.Equal(7, outcomes.Count(o => o.Refusal?.Kind == RefusalKind.Conflict));
        Assert.Single(await Views.ListAsync(One, Ct));
    }

    [Fact]
    public async Task What_was_removed_is_gone_and_another_project_removes_and_changes_nothing()
    {
        var view = await AddAsync("traces", "Mine", "f=a");

        Assert.Null(await Views.RemoveAsync(Two, view.Id, Ct));
        Assert.Equal(RefusalKind.NotFound, (await Views.ChangeAsync(Two, view.Id, new() { Name = "Theirs" }, Ct)).Refusal!.Kind);
        Assert.Equal(view, await Views.RemoveAsync(One, view.Id, Ct));
        Assert.Null(await Views.RemoveAsync(One, view.Id, Ct));
        Assert.Empty(await Views.ListAsync(One, Ct));
    }

    [Fact]
    public async Task A_project_has_only_so_many()
    {
        for (var i = 0; i < SavedView.MaxCount; i++)
        {
            await AddAsync("traces", $"V{i}", "");
        }

        Assert.Equal(RefusalKind.Invalid, (await Views.AddAsync(One, new("traces", "one more", ""), Ct)).Refusal!.Kind);
        Assert.Null((await Views.AddAsync(Two, new("traces", "one more", ""), Ct)).Refusal);
    }

    [Theory]
    [InlineData("traces", "", "")]
    [InlineData("traces", "a\nb", "")]
    [InlineData("Traces/x", "a", "")]
    [InlineData("", "a", "")]
    [InlineData("traces", "a", "f=x#y")]
    [InlineData("traces", "a", "?f=x")]
    [InlineData("traces", "a", "f=x y")]
    public async Task What_is_no_view_is_refused(string page, string name, string query)
    {
        Assert.Equal(RefusalKind.Invalid, (await Views.AddAsync(One, new(page, name, query), Ct)).Refusal!.Kind);
        Assert.Empty(await Views.ListAsync(One, Ct));
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        Assert.NotNull((await Views.AddAsync(One, new("traces", new('n', SavedView.MaxNameLength + 1), ""), Ct)).Refusal);
        Assert.NotNull((await Views.AddAsync(One, new("traces", "n", new('q', SavedView.MaxQueryLength + 1)), Ct)).Refusal);
        var added = await AddAsync("traces", new('n', SavedView.MaxNameLength), new('q', SavedView.MaxQueryLength));
        Assert.NotNull((await Views.ChangeAsync(One, added.Id, new() { Query = new('q', SavedView.MaxQueryLength + 1) }, Ct)).Refusal);
    }

    [Fact]
    public async Task A_project_that_is_gone_gets_no_view() =>
        Assert.Equal(RefusalKind.NotFound, (await Views.AddAsync(new ProjectId("gone"), new("traces", "a", ""), Ct)).Refusal!.Kind);

    private async Task<SavedView> AddAsync(string page, string name, string query) => (await Views.AddAsync(One, new(page, name, query), Ct)).Value!;

    private async Task<List<string>> DefaultsAsync() => [.. (await Views.ListAsync(One, Ct)).Where(v => v.IsDefault).Select(v => v.Name)];
}

public sealed class SqliteSavedViewStoreTests() : SavedViewStoreTests(new SqliteControlPlane());

public sealed class PostgresSavedViewStoreTests(PostgresServer server) : SavedViewStoreTests(new PostgresControlPlane(server));
