using Actors.Dashboards;
using Actors.Queries;
using Actors.Storage.Control;
using Actors.Testing.Postgres;

namespace Actors.Storage.Dashboards;

public abstract class DashboardStoreTests(ControlPlane plane) : ControlTest(plane)
{
    private static readonly PageRequest First = new(1, 10);

    private DashboardStore Dashboards => field ??= new DashboardStore(Database, TimeProvider.System);

    [Fact]
    public async Task A_dashboard_reads_as_it_was_made_and_changed()
    {
        var widget = (await Dashboards.AddWidgetAsync(One, Widget("cost"), Ct)).Value!;
        var placed = new Placement("a", PlacementKind.Widget, widget.Id, 0, 0, 6, 4);
        var preset = new Placement("b", PlacementKind.Preset, "cost/total", 6, 0, 6, 4);

        var made = (await Dashboards.AddAsync(
            One, new DashboardDraft { Name = "board", Description = "d", Filters = """[{"a":"ü"}]""", Placements = [placed, preset] }, Ct)).Value!;
        var read = (await Dashboards.FindAsync(One, made.Id, Ct)).Value!;

        Assert.Equal(("board", "d", """[{"a":"ü"}]"""), (read.Name, read.Description, read.Filters));
        Assert.Equal([placed, preset], read.Placements);

        // The order, one that stays, one that goes and one that comes, all at once.
        var last = new Placement("c", PlacementKind.Widget, widget.Id, 0, 9, 12, 2);
        var change = new DashboardChange { Name = "other", Placements = [last, placed with { X = 2, Width = 3 }] };
        Assert.NotNull((await Dashboards.ChangeAsync(One, made.Id, change, Ct)).Value);
        read = (await Dashboards.FindAsync(One, made.Id, Ct)).Value!;

        Assert.Equal(("other", "d"), (read.Name, read.Description));
        Assert.Equal([last, placed with { X = 2, Width = 3 }], read.Placements);
        Assert.True(read.UpdatedAt >= made.UpdatedAt);
    }

    [Fact]
    public async Task A_widget_reads_as_it_was_made_and_changed()
    {
        var draft = Widget("wait") with
        {
            Dimensions = ["providedModelName", "environment"],
            Metrics = [new("latency", MetricsAggregation.P95), new("count", MetricsAggregation.Count)],
            Chart = new WidgetChart(ChartKind.PivotTable) { RowLimit = 7, ShowValueLabels = false, Bins = 5, Sort = new WidgetSort("count_count", true) },
        };
        var made = (await Dashboards.AddWidgetAsync(One, draft, Ct)).Value!;

        Assert.Equal(draft, (await Dashboards.FindWidgetAsync(One, made.Id, Ct)).Value!.Content);

        // Another kind of chart forgets what was said of the old one; everything else stays.
        await Dashboards.ChangeWidgetAsync(One, made.Id, new WidgetChange { Kind = ChartKind.Number }, Ct);
        Assert.Equal(draft with { Chart = new WidgetChart(ChartKind.Number) }, (await Dashboards.FindWidgetAsync(One, made.Id, Ct)).Value!.Content);
    }

    [Fact]
    public async Task A_change_that_would_make_a_widget_unanswerable_is_refused_and_changes_nothing()
    {
        var made = (await Dashboards.AddWidgetAsync(One, Widget("cost"), Ct)).Value!;

        var view = await Dashboards.ChangeWidgetAsync(One, made.Id, new WidgetChange { View = MetricsView.ScoresNumeric }, Ct);
        var word = await Dashboards.ChangeWidgetAsync(
            One, made.Id, new WidgetChange { Chart = new WidgetChart(ChartKind.Pie), ChartWord = ChartKind.Pie }, Ct);
        var filter = await Dashboards.ChangeWidgetAsync(One, made.Id, new WidgetChange { Filters = """[{"type":"string"}]""" }, Ct);

        Assert.All([view, word, filter], o => Assert.Equal(RefusalKind.Invalid, o.Refusal!.Kind));
        Assert.Contains("metrics.0.measure", view.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(made.Content, (await Dashboards.FindWidgetAsync(One, made.Id, Ct)).Value!.Content);
    }

    [Fact]
    public async Task A_tile_without_a_place_comes_below_all_others()
    {
        var board = (await Dashboards.AddAsync(One, new DashboardDraft { Name = "b" }, Ct)).Value!;

        var first = (await Dashboards.PlaceAsync(One, board.Id, new(PlacementKind.Preset, "p") { X = 6, Width = 3, Height = 4 }, Ct)).Value!;
        var second = (await Dashboards.PlaceAsync(One, board.Id, new(PlacementKind.Preset, "p"), Ct)).Value!;

        Assert.Equal((6, 0, 3, 4), (first.X, first.Y, first.Width, first.Height));
        Assert.Equal((0, 4, Placement.UsualSize, Placement.UsualSize), (second.X, second.Y, second.Width, second.Height));
        var moved = (await Dashboards.MoveAsync(One, board.Id, second.Id, new(null, 9, null, 1), Ct)).Value!;
        Assert.Equal((0, 9, 6, 1), (moved.X, moved.Y, moved.Width, moved.Height));
        Assert.Equal(RefusalKind.Invalid, (await Dashboards.MoveAsync(One, board.Id, second.Id, new(8, null, null, null), Ct)).Refusal!.Kind);
        Assert.Null(await Dashboards.RemoveAsync(One, board.Id, first.Id, Ct));
        Assert.Equal([moved], (await Dashboards.FindAsync(One, board.Id, Ct)).Value!.Placements);
    }

    [Fact]
    public async Task A_widget_cannot_go_while_it_stands_on_a_dashboard()
    {
        var widget = (await Dashboards.AddWidgetAsync(One, Widget("w"), Ct)).Value!;
        var board = (await Dashboards.AddAsync(One, new DashboardDraft { Name = "b" }, Ct)).Value!;
        var tile = (await Dashboards.PlaceAsync(One, board.Id, new(PlacementKind.Widget, widget.Id), Ct)).Value!;

        Assert.Equal(RefusalKind.Conflict, (await Dashboards.DeleteWidgetAsync(One, widget.Id, Ct))!.Kind);
        Assert.Null(await Dashboards.RemoveAsync(One, board.Id, tile.Id, Ct));
        Assert.Null(await Dashboards.DeleteWidgetAsync(One, widget.Id, Ct));
        Assert.Equal(RefusalKind.NotFound, (await Dashboards.DeleteWidgetAsync(One, widget.Id, Ct))!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await Dashboards.PlaceAsync(One, board.Id, new(PlacementKind.Widget, widget.Id), Ct)).Refusal!.Kind);
    }

    [Fact]
    public async Task Of_tiles_with_one_id_that_arrive_at_once_one_is_placed()
    {
        var board = (await Dashboards.AddAsync(One, new DashboardDraft { Name = "b" }, Ct)).Value!;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Dashboards.PlaceAsync(One, board.Id, new(PlacementKind.Preset, "p") { Id = "same" }, Ct), Ct)));

        Assert.Single(outcomes, o => o.Value is not null);
        Assert.All(outcomes.Where(o => o.Value is null), o => Assert.Equal(RefusalKind.Conflict, o.Refusal!.Kind));
        Assert.Single((await Dashboards.FindAsync(One, board.Id, Ct)).Value!.Placements);
    }

    [Fact]
    public async Task A_widget_that_is_placed_and_deleted_at_once_is_either_on_the_dashboard_or_gone()
    {
        var board = (await Dashboards.AddAsync(One, new DashboardDraft { Name = "b" }, Ct)).Value!;
        for (var i = 0; i < 5; i++)
        {
            var widget = (await Dashboards.AddWidgetAsync(One, Widget("w"), Ct)).Value!;
            var place = Task.Run(() => Dashboards.PlaceAsync(One, board.Id, new(PlacementKind.Widget, widget.Id), Ct), Ct);
            var delete = Task.Run(() => Dashboards.DeleteWidgetAsync(One, widget.Id, Ct), Ct);

            Assert.Equal((await place).Value is not null, (await delete)?.Kind == RefusalKind.Conflict);
        }
    }

    [Fact]
    public async Task An_import_makes_a_dashboard_with_widgets_of_its_own_or_nothing()
    {
        var placements = new Placement[] { new("a", PlacementKind.Widget, "w1", 0, 0, 6, 6), new("b", PlacementKind.Preset, "p", 6, 0, 6, 6) };
        var import = new DashboardImport(
            new DashboardDraft { Name = "copy", Placements = placements }, new Dictionary<string, WidgetDraft> { ["w1"] = Widget("mine") });

        var made = (await Dashboards.ImportAsync(One, import, Ct)).Value!;

        var widget = Assert.Single(await Dashboards.FindWidgetsAsync(One, [.. made.Placements.Select(p => p.ContentId)], Ct));
        Assert.Equal([placements[0] with { ContentId = widget.Id }, placements[1]], (await Dashboards.FindAsync(One, made.Id, Ct)).Value!.Placements);
        Assert.Equal(Widget("mine"), widget.Content);

        var missing = import with { Dashboard = import.Dashboard with { Placements = [placements[0] with { ContentId = "w2" }] } };
        Assert.Equal(RefusalKind.NotFound, (await Dashboards.ImportAsync(One, missing, Ct)).Refusal!.Kind);
        var invalid = import with { Widgets = new Dictionary<string, WidgetDraft> { ["w1"] = Widget("mine") with { Dimensions = ["nonsense"] } } };
        Assert.Equal(RefusalKind.Invalid, (await Dashboards.ImportAsync(One, invalid, Ct)).Refusal!.Kind);
        Assert.Equal(1, (await Dashboards.ListWidgetsAsync(One, First, Ct)).TotalItems);
        Assert.Equal(1, (await Dashboards.ListAsync(One, First, Ct)).TotalItems);
    }

    [Fact]
    public async Task Lists_are_paged_and_what_changed_last_comes_first()
    {
        List<string> ids = [];
        foreach (var name in new[] { "1", "2", "3" })
        {
            ids.Add((await Dashboards.AddAsync(One, new DashboardDraft { Name = name }, Ct)).Value!.Id);
        }

        // The clock of the store counts milliseconds.
        await ExecuteAsync($"UPDATE dashboards SET updated_at = 4102444800000 WHERE id = '{ids[0]}'");
        await ExecuteAsync($"UPDATE dashboards SET updated_at = 4102444800001 WHERE id = '{ids[1]}'");

        var page = await Dashboards.ListAsync(One, new PageRequest(1, 2), Ct);
        Assert.Equal([ids[1], ids[0]], page.Items.Select(d => d.Id));
        Assert.Equal(3, page.TotalItems);
        Assert.Equal([ids[2]], (await Dashboards.ListAsync(One, new PageRequest(2, 2), Ct)).Items.Select(d => d.Id));
    }

    [Fact]
    public async Task Another_project_sees_and_changes_nothing()
    {
        var widget = (await Dashboards.AddWidgetAsync(One, Widget("w"), Ct)).Value!;
        var board = (await Dashboards.AddAsync(
            One, new DashboardDraft { Name = "b", Placements = [new("a", PlacementKind.Widget, widget.Id, 0, 0, 6, 6)] }, Ct)).Value!;

        Assert.NotNull((await Dashboards.FindAsync(Two, board.Id, Ct)).Refusal);
        Assert.NotNull((await Dashboards.ChangeAsync(Two, board.Id, new DashboardChange { Name = "theirs" }, Ct)).Refusal);
        Assert.NotNull(await Dashboards.DeleteAsync(Two, board.Id, Ct));
        Assert.NotNull((await Dashboards.PlaceAsync(Two, board.Id, new(PlacementKind.Preset, "p"), Ct)).Refusal);
        Assert.NotNull((await Dashboards.MoveAsync(Two, board.Id, "a", new(1, null, null, null), Ct)).Refusal);
        Assert.NotNull(await Dashboards.RemoveAsync(Two, board.Id, "a", Ct));
        Assert.NotNull((await Dashboards.FindWidgetAsync(Two, widget.Id, Ct)).Refusal);
        Assert.NotNull((await Dashboards.ChangeWidgetAsync(Two, widget.Id, new WidgetChange { Name = "theirs" }, Ct)).Refusal);
        Assert.NotNull(await Dashboards.DeleteWidgetAsync(Two, widget.Id, Ct));
        Assert.Empty(await Dashboards.FindWidgetsAsync(Two, [widget.Id], Ct));
        Assert.Equal(0, (await Dashboards.ListAsync(Two, First, Ct)).TotalItems);
        Assert.Equal(0, (await Dashboards.ListWidgetsAsync(Two, First, Ct)).TotalItems);
        Assert.Equal(RefusalKind.NotFound, (await Dashboards.AddAsync(Two, new DashboardDraft { Name = "x", Placements = board.Placements }, Ct)).Refusal!.Kind);
        Assert.Equal(board.Placements, (await Dashboards.FindAsync(One, board.Id, Ct)).Value!.Placements);
    }

    private static WidgetDraft Widget(string name) => new()
    {
        Name = name,
        View = MetricsView.Observations,
        Dimensions = ["providedModelName"],
        Metrics = [new("totalCost", MetricsAggregation.Sum)],
        Filters = """[{"type":"stringOptions","column":"environment","operator":"any of","value":["eu"]}]""",
        Chart = new WidgetChart(ChartKind.HorizontalBar) { RowLimit = 10 },
    };
}

public sealed class SqliteDashboardStoreTests() : DashboardStoreTests(new SqliteControlPlane());

public sealed class PostgresDashboardStoreTests(PostgresServer server) : DashboardStoreTests(new PostgresControlPlane(server));
