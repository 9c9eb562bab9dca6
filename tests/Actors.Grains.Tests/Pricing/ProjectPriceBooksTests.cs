using Actors.Grains.Pricing;
using Actors.Grains.Tests.Tracing;
using Actors.Grains.Tracing;
using Actors.Pricing;
using Actors.Testing;
using Actors.Tracing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Actors.Grains.Tests.Pricing;

/// <summary>A project's own models, through their revisions, in one process and seen from another.</summary>
public class ProjectPriceBooksTests
{
    private static readonly ProjectId Project = new("project");

    private readonly InMemoryModelStore _store = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly ProjectPriceBooks _books;
    private readonly ModelCatalog _catalog;

    public ProjectPriceBooksTests()
    {
        _books = NewProcess();
        _catalog = new ModelCatalog(_books, _store, _clock);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_are_priced_by_the_models_that_were_in_force_when_they_came()
    {
        await _books.PrepareAsync(Project, 0, Ct);
        var none = InForce;
        var cheap = await AddAsync("model-a", 0.5m);
        var withCheap = InForce;
        await _catalog.RemoveAsync(Project, cheap, Ct);
        var removed = InForce;
        await AddAsync("model-a", 7m);
        var withDear = InForce;

        Assert.Equal(2, none);
        Assert.True(none < withCheap && withCheap < removed && removed < withDear);
        decimal?[] costs = [Cost(none), Cost(withCheap), Cost(removed), Cost(withDear)];
        Assert.Equal([10m, 500m, 10m, 7_000m], costs);

        // A process that starts later gives the same answers.
        var later = NewProcess();
        await later.PrepareAsync(Project, withDear, Ct);
        Assert.Equal(costs, new[] { none, withCheap, removed, withDear }.Select(stamp => Cost(stamp, later)));
    }

    [Fact]
    public async Task A_stamp_names_the_built_in_book_too()
    {
        await AddAsync("own", 1m);
        Assert.Equal(1m, Cost(new BookStamp(1, 1).Value));
        Assert.Equal(10m, Cost(new BookStamp(2, 1).Value));
        Assert.Equal(new BookStamp(1_023, 10_000), BookStamp.Of(new BookStamp(1_023, 10_000).Value));
    }

    [Fact]
    public async Task Of_models_that_start_together_the_newest_wins_and_a_later_start_before_it()
    {
        await AddAsync("mine", 1m);
        await AddAsync("mine", 2m);
        Assert.Equal(2_000m, Cost(InForce, model: "mine"));
        await AddAsync("mine", 3m, _clock.GetUtcNow());
        await AddAsync("mine", 4m);
        Assert.Equal(3_000m, Cost(InForce, model: "mine"));
    }

    [Fact]
    public async Task Another_process_stamps_with_a_change_as_soon_as_it_hears_of_it()
    {
        var other = NewProcess();
        await other.PrepareAsync(Project, 0, Ct);

        await AddAsync("mine", 1m);

        Assert.Equal(InForce, other.Get(Project).InForce);
        Assert.Equal(1_000m, Cost(InForce, other, "mine"));
    }

    [Fact]
    public async Task A_change_that_may_have_been_missed_is_looked_for_when_the_project_is_used_next()
    {
        var other = NewProcess();
        await other.PrepareAsync(Project, 0, Ct);
        _store.Tells = false;
        await AddAsync("mine", 1m);
        _store.Tells = true;
        _store.TellMissed();

        other.Get(Project);
        Assert.Equal(InForce, other.Get(Project).InForce);
    }

    [Fact]
    public async Task Another_process_that_hears_nothing_sees_a_change_when_its_knowledge_is_old()
    {
        _store.Tells = false;
        var other = NewProcess();
        await other.PrepareAsync(Project, 0, Ct);
        await AddAsync("mine", 1m);
        var (reads, now) = (_store.Reads, InForce);
        Assert.Equal(2, other.Get(Project).InForce);
        Assert.Equal(reads, _store.Reads);

        _clock.Advance(ProjectPriceBooks.RefreshAge);
        other.Get(Project);
        Assert.Equal(now, other.Get(Project).InForce);
        Assert.Equal(reads + 1, _store.Reads);
    }

    [Fact]
    public async Task The_numbers_of_a_deleted_project_mean_nothing_when_its_id_is_used_again()
    {
        await AddAsync("mine", 1m);
        await AddAsync("mine", 2m);
        Assert.Equal(2_000m, Cost(InForce, model: "mine"));

        _store.Delete(Project);
        Assert.Equal(2, InForce);
        await AddAsync("mine", 7m);

        Assert.Equal(new BookStamp(2, 1).Value, InForce);
        Assert.Equal(7_000m, Cost(InForce, model: "mine"));
    }

    [Fact]
    public async Task A_row_of_another_process_is_not_folded_before_its_models_are_known()
    {
        _store.Tells = false;
        var other = NewProcess();
        await other.PrepareAsync(Project, 0, Ct);
        await AddAsync("mine", 1m);

        var folder = new StreamFolder(other);
        var script = new EventScript().Generation("o", o => o with { Model = "mine", Usage = [new("input", 1_000), new("total", 1_000)] });
        var rows = LogRows.Of(script, InForce);
        await folder.PrepareAsync(Project, rows, Ct);
        var fold = folder.Start(Project, rows[0].Stream, LogText.Without);
        fold.Load(rows);
        Assert.Equal(1_000m, fold.GetObservation("o")!.Cost.TotalUsd);
    }

    [Fact]
    public async Task Revisions_that_the_control_plane_has_lost_are_looked_for_once_and_priced_by_the_newest_known()
    {
        await AddAsync("mine", 1m);
        var lost = new BookStamp(2, 9).Value;
        await _books.PrepareAsync(Project, lost, Ct);
        var reads = _store.Reads;
        await _books.PrepareAsync(Project, lost, Ct);
        Assert.Equal(reads, _store.Reads);
        Assert.Equal(1_000m, Cost(lost, model: "mine"));

        _clock.Advance(ProjectPriceBooks.RefreshAge);
        await _books.PrepareAsync(Project, lost, Ct);
        Assert.True(_store.Reads > reads);
    }

    [Fact]
    public async Task Projects_do_not_see_each_other()
    {
        await AddAsync("mine", 1m);
        var foreign = new ProjectId("foreign");
        await _books.PrepareAsync(foreign, 0, Ct);
        Assert.Null(_books.Get(foreign).Get(InForce).Match("mine"));
        Assert.Equal(2, _books.Get(foreign).InForce);
    }

    [Fact]
    public void A_project_that_was_not_prepared_cannot_be_folded() =>
        Assert.Throws<InvalidOperationException>(() => new StreamFolder(_books).Start(Project, LogSamples.Trace(), LogText.With));

    [Fact]
    public async Task Many_revisions_keep_few_books()
    {
        for (var i = 0; i < 200; i++)
        {
            var id = await AddAsync("mine", i + 1);
            Assert.Equal((i + 1) * 1_000m, Cost(InForce, model: "mine"));
            await _catalog.RemoveAsync(Project, id, Ct);
        }

        Assert.Equal(100_000m, Cost(new BookStamp(2, 199).Value, model: "mine"));
        Assert.InRange(_books.Get(Project).Books, 1, 64);
    }

    [Fact]
    public async Task A_project_has_a_limited_number_of_models()
    {
        for (var i = 0; i < ProjectModels.MaxCount; i++)
        {
            await AddAsync($"m-{i}", 1m);
        }

        var outcome = await _catalog.AddAsync(Project, New("one-too-many", 1m, null), Ct);
        Assert.Null(outcome.Model);
        Assert.Null(outcome.Refusal!.Field);
        Assert.Equal("A project has at most 1000 models, and can change them 10000 times.", outcome.Refusal.Message);
    }

    private int InForce => _books.Get(Project).InForce;

    private ProjectPriceBooks NewProcess() => new(_store, TestPrices.Books, _clock, NullLogger<ProjectPriceBooks>.Instance);

    private async Task<string> AddAsync(string name, decimal price, DateTimeOffset? start = null) =>
        (await _catalog.AddAsync(Project, New(name, price, start), Ct)).Model!.Id;

    private static NewModel New(string name, decimal price, DateTimeOffset? start) =>
        new(name, $"^{name}$", start, null, null, null, [new("", "Standard", 0, [], [new("input", price)])]);

    private decimal? Cost(int stamp, ProjectPriceBooks? books = null, string model = "model-a") =>
        CostRules.Compute((books ?? _books).Get(Project).Get(stamp).Match(model), [new UsageEntry("input", 1_000)], [], []).TotalUsd;
}
