using Actors.Dashboards;

namespace Actors.Components;

/// <summary>Dashboards and widgets in memory, as far as pages ask for them; fails when it is told to.</summary>
internal sealed class FakeDashboards : IDashboardStore
{
    private int _ids;

    public Dictionary<string, DashboardRecord> Boards { get; } = [];

    public Dictionary<string, WidgetRecord> Widgets { get; } = [];

    public bool Down { get; set; }

    public Task<Slice<DashboardRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken) =>
        Do(() => new Slice<DashboardRecord>([.. Boards.Values], Boards.Count));

    public Task<Outcome<DashboardRecord>> FindAsync(ProjectId project, string dashboardId, CancellationToken cancellationToken) =>
        Do(() => Board(dashboardId));

    public Task<Outcome<DashboardRecord>> AddAsync(ProjectId project, DashboardDraft draft, CancellationToken cancellationToken) =>
        Do<Outcome<DashboardRecord>>(() => Keep(new DashboardRecord(
            $"board-{++_ids}", draft.Name, draft.Description, draft.Filters, draft.Placements, Sample.T0, Sample.T0)));

    public async Task<Outcome<DashboardRecord>> ImportAsync(ProjectId project, DashboardImport import, CancellationToken cancellationToken)
    {
        Dictionary<string, string> made = [];
        foreach (var (key, widget) in import.Widgets)
            made[key] = (await AddWidgetAsync(project, widget, cancellationToken)).Value!.Id;
        var placements = import.Dashboard.Placements.Select(p => made.TryGetValue(p.ContentId, out var id) ? p with { ContentId = id } : p);
        return await AddAsync(project, import.Dashboard with { Placements = [.. placements] }, cancellationToken);
    }

    public Task<Outcome<DashboardRecord>> ChangeAsync(ProjectId project, string dashboardId, DashboardChange change, CancellationToken cancellationToken) =>
        Do(() => Board(dashboardId) is { Value: { } board }
            ? Keep(board with
            {
                Name = change.Name ?? board.Name,
                Description = change.Description ?? board.Description,
                Placements = change.Placements ?? board.Placements,
            })
            : Board(dashboardId));

    public Task<Refusal?> DeleteAsync(ProjectId project, string dashboardId, CancellationToken cancellationToken) =>
        Do(() => Boards.Remove(dashboardId) ? null : Refusal.NotFound("Dashboard not found"));

    public Task<Outcome<Placement>> PlaceAsync(ProjectId project, string dashboardId, PlacementDraft draft, CancellationToken cancellationToken) =>
        Do<Outcome<Placement>>(() =>
        {
            var board = Boards[dashboardId];
            var placement = draft.Place($"tile-{++_ids}", board.Placements);
            Keep(board with { Placements = [.. board.Placements, placement] });
            return placement;
        });

    public Task<Outcome<Placement>> MoveAsync(ProjectId project, string dashboardId, string placementId, PlacementMove move, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Refusal?> RemoveAsync(ProjectId project, string dashboardId, string placementId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Slice<WidgetRecord>> ListWidgetsAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken) =>
        Do(() => new Slice<WidgetRecord>([.. Widgets.Values], Widgets.Count));

    public Task<IReadOnlyList<WidgetRecord>> FindWidgetsAsync(ProjectId project, IReadOnlyList<string> widgetIds, CancellationToken cancellationToken) =>
        Do<IReadOnlyList<WidgetRecord>>(() => [.. Widgets.Values.Where(w => widgetIds.Contains(w.Id))]);

    public Task<Outcome<WidgetRecord>> FindWidgetAsync(ProjectId project, string widgetId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Outcome<WidgetRecord>> AddWidgetAsync(ProjectId project, WidgetDraft draft, CancellationToken cancellationToken) =>
        Do<Outcome<WidgetRecord>>(() => Keep(new WidgetRecord($"widget-{++_ids}", draft, Sample.T0, Sample.T0)));

    public Task<Outcome<WidgetRecord>> ChangeWidgetAsync(ProjectId project, string widgetId, WidgetChange change, CancellationToken cancellationToken) =>
        Do<Outcome<WidgetRecord>>(() => Keep(Widgets[widgetId] with { Content = change.Apply(Widgets[widgetId].Content) }));

    public Task<Refusal?> DeleteWidgetAsync(ProjectId project, string widgetId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private Outcome<DashboardRecord> Board(string id) =>
        Boards.TryGetValue(id, out var board) ? board : Refusal.NotFound("Dashboard not found");

    private DashboardRecord Keep(DashboardRecord board) => Boards[board.Id] = board;

    private WidgetRecord Keep(WidgetRecord widget) => Widgets[widget.Id] = widget;

    private Task<T> Do<T>(Func<T> call) => Down ? Task.FromException<T>(new TimeoutException("down")) : Task.FromResult(call());
}
