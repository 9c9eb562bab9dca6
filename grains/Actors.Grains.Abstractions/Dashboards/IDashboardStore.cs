namespace Actors.Dashboards;

/// <summary>
/// The dashboards and widgets of all projects. What is not found is a refusal that says so. Lists have what changed last first.
/// Callers have checked that drafts fit the grid; what depends on what is stored is checked here. Safe for concurrent callers.
/// </summary>
public interface IDashboardStore
{
    /// <summary>The most dashboards of a project.</summary>
    const int MaxDashboards = 1_000;

    /// <summary>The most widgets of a project.</summary>
    const int MaxWidgets = 10_000;

    /// <summary>A page of the dashboards.</summary>
    Task<Slice<DashboardRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken);

    /// <summary>One dashboard.</summary>
    Task<Outcome<DashboardRecord>> FindAsync(ProjectId project, string dashboardId, CancellationToken cancellationToken);

    /// <summary>Adds a dashboard. Refusals: not found, a widget on it; conflict, two tiles with one id, or too many dashboards.</summary>
    Task<Outcome<DashboardRecord>> AddAsync(ProjectId project, DashboardDraft draft, CancellationToken cancellationToken);

    /// <summary>Adds a dashboard and its widgets, all or nothing. Refusals: as for <see cref="AddAsync"/>; invalid, a widget.</summary>
    Task<Outcome<DashboardRecord>> ImportAsync(ProjectId project, DashboardImport import, CancellationToken cancellationToken);

    /// <summary>Changes a dashboard. Refusals: as for <see cref="AddAsync"/>.</summary>
    Task<Outcome<DashboardRecord>> ChangeAsync(ProjectId project, string dashboardId, DashboardChange change, CancellationToken cancellationToken);

    /// <summary>Deletes a dashboard; its widgets stay.</summary>
    /// <returns>Null when it is done.</returns>
    Task<Refusal?> DeleteAsync(ProjectId project, string dashboardId, CancellationToken cancellationToken);

    /// <summary>
    /// Puts something on a dashboard. Refusals: not found, the dashboard or the widget; conflict, the id is taken or the dashboard
    /// is full; invalid, it does not fit the grid.
    /// </summary>
    Task<Outcome<Placement>> PlaceAsync(ProjectId project, string dashboardId, PlacementDraft draft, CancellationToken cancellationToken);

    /// <summary>Moves or resizes a tile. Refusals: not found; invalid, it does not fit the grid.</summary>
    Task<Outcome<Placement>> MoveAsync(
        ProjectId project, string dashboardId, string placementId, PlacementMove move, CancellationToken cancellationToken);

    /// <summary>Takes a tile off a dashboard; the widget stays.</summary>
    /// <returns>Null when it is done.</returns>
    Task<Refusal?> RemoveAsync(ProjectId project, string dashboardId, string placementId, CancellationToken cancellationToken);

    /// <summary>A page of the widgets.</summary>
    Task<Slice<WidgetRecord>> ListWidgetsAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Those of some widgets that there are, in no order.</summary>
    Task<IReadOnlyList<WidgetRecord>> FindWidgetsAsync(ProjectId project, IReadOnlyList<string> widgetIds, CancellationToken cancellationToken);

    /// <summary>One widget.</summary>
    Task<Outcome<WidgetRecord>> FindWidgetAsync(ProjectId project, string widgetId, CancellationToken cancellationToken);

    /// <summary>Adds a widget. Refusals: invalid, see <see cref="WidgetRules"/>; conflict, too many widgets.</summary>
    Task<Outcome<WidgetRecord>> AddWidgetAsync(ProjectId project, WidgetDraft draft, CancellationToken cancellationToken);

    /// <summary>Changes a widget. Refusals: not found; invalid, what it would become.</summary>
    Task<Outcome<WidgetRecord>> ChangeWidgetAsync(ProjectId project, string widgetId, WidgetChange change, CancellationToken cancellationToken);

    /// <summary>Deletes a widget. Refusals: not found; conflict, while it stands on a dashboard.</summary>
    /// <returns>Null when it is done.</returns>
    Task<Refusal?> DeleteWidgetAsync(ProjectId project, string widgetId, CancellationToken cancellationToken);
}
