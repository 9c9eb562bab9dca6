using Actors.Dashboards;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Dashboards;

/// <summary>The dashboards and widgets in the control plane.</summary>
internal sealed partial class DashboardStore(ControlDatabase database, TimeProvider time) : IDashboardStore
{
    private static readonly Refusal NoDashboard = Refusal.NotFound("Dashboard not found");

    private static readonly Refusal Full = Refusal.Conflict($"A project has at most {IDashboardStore.MaxDashboards} dashboards.");

    public async Task<Slice<DashboardRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var dashboards = context.Set<Dashboard>().AsNoTracking().Where(d => d.ProjectId == project.Value);
        var items = await dashboards
            .OrderByDescending(d => d.UpdatedAt).ThenByDescending(d => d.Id)
            .Skip(page.Offset).Take(page.Limit)
            .Include(d => d.Placements)
            .ToListAsync(cancellationToken);
        return new Slice<DashboardRecord>([.. items.Select(d => d.ToRecord())], await dashboards.CountAsync(cancellationToken));
    }

    public async Task<Outcome<DashboardRecord>> FindAsync(ProjectId project, string dashboardId, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await FindAsync(context, project, dashboardId, cancellationToken) is { } dashboard ? dashboard.ToRecord() : NoDashboard;
    }

    public Task<Outcome<DashboardRecord>> AddAsync(ProjectId project, DashboardDraft draft, CancellationToken cancellationToken) =>
        database.WriteAsync(context => AddAsync(context, project, draft, [], cancellationToken), cancellationToken);

    public Task<Outcome<DashboardRecord>> ImportAsync(ProjectId project, DashboardImport import, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<DashboardRecord>>(
            async context =>
            {
                if (Invalid(import.Widgets.Values) is { } invalid)
                {
                    return invalid;
                }

                if (await context.Set<DashboardWidget>().CountAsync(w => w.ProjectId == project.Value, cancellationToken) + import.Widgets.Count > IDashboardStore.MaxWidgets)
                {
                    return TooManyWidgets;
                }

                Dictionary<string, DashboardWidget> made = [];
                foreach (var (key, draft) in import.Widgets)
                {
                    made.Add(key, New(project, draft));
                }

                var placements = import.Dashboard.Placements.Select(
                    p => p.Kind == PlacementKind.Widget && made.TryGetValue(p.ContentId, out var widget) ? p with { ContentId = widget.Id } : p);
                var outcome = await AddAsync(
                    context, project, import.Dashboard with { Placements = [.. placements] }, [.. made.Values.Select(w => w.Id)], cancellationToken);
                if (outcome.Value is not null)
                {
                    context.AddRange(made.Values);
                }

                return outcome;
            },
            cancellationToken);

    public Task<Outcome<DashboardRecord>> ChangeAsync(
        ProjectId project, string dashboardId, DashboardChange change, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<DashboardRecord>>(
            async context =>
            {
                if (await FindAsync(context, project, dashboardId, cancellationToken) is not { } dashboard)
                {
                    return NoDashboard;
                }

                if (change.Placements is { } placements)
                {
                    if (await CheckAsync(context, project, placements, [], cancellationToken) is { } refusal)
                    {
                        return refusal;
                    }

                    // Rows that go and come under the same key would meet in one change, so those that stay are moved.
                    Replace(dashboard, placements);
                }

                (dashboard.Name, dashboard.Description, dashboard.Filters) =
                    (change.Name ?? dashboard.Name, change.Description ?? dashboard.Description, change.Filters ?? dashboard.Filters);
                dashboard.UpdatedAt = time.GetUtcNow();
                return dashboard.ToRecord();
            },
            cancellationToken);

    public Task<Refusal?> DeleteAsync(ProjectId project, string dashboardId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var dashboard = await FindAsync(context, project, dashboardId, cancellationToken);
                if (dashboard is not null)
                {
                    context.Remove(dashboard);
                }

                return dashboard is null ? NoDashboard : null;
            },
            cancellationToken);

    private async Task<Outcome<DashboardRecord>> AddAsync(
        ControlDbContext context, ProjectId project, DashboardDraft draft, IReadOnlyList<string> newWidgets, CancellationToken cancellationToken)
    {
        if (await context.Set<Dashboard>().CountAsync(d => d.ProjectId == project.Value, cancellationToken) >= IDashboardStore.MaxDashboards)
        {
            return Full;
        }

        if (await CheckAsync(context, project, draft.Placements, newWidgets, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var dashboard = new Dashboard
        {
            Id = EntityId.New(),
            ProjectId = project.Value,
            Name = draft.Name,
            Description = draft.Description,
            Filters = draft.Filters,
            CreatedAt = now,
            UpdatedAt = now,
        };
        foreach (var placement in draft.Placements)
        {
            dashboard.Add(placement);
        }

        context.Add(dashboard);
        return dashboard.ToRecord();
    }

    private static void Replace(Dashboard dashboard, IReadOnlyList<Placement> placements)
    {
        var before = dashboard.Placements.ToDictionary(p => p.Id);
        dashboard.Placements.RemoveAll(p => !placements.Any(wanted => wanted.Id == p.Id));
        foreach (var (place, wanted) in placements.Index())
        {
            if (before.TryGetValue(wanted.Id, out var row))
            {
                (row.Place, row.Kind, row.ContentId) = (place, wanted.Kind, wanted.ContentId);
                Move(row, wanted);
            }
            else
            {
                dashboard.Add(wanted);
                dashboard.Placements[^1].Place = place;
            }
        }
    }

    private static async Task<Refusal?> CheckAsync(
        ControlDbContext context, ProjectId project, IReadOnlyList<Placement> placements, IReadOnlyList<string> newWidgets, CancellationToken cancellationToken)
    {
        if (placements.Count > Placement.MaxCount)
        {
            return TooManyTiles;
        }

        if (placements.DistinctBy(p => p.Id).Count() < placements.Count)
        {
            return Refusal.Conflict("Two placements have the same id.");
        }

        string[] widgets = [.. placements.Where(p => p.Kind == PlacementKind.Widget).Select(p => p.ContentId).Distinct().Except(newWidgets)];
        var known = widgets.Length == 0
            ? 0
            : await context.Set<DashboardWidget>().CountAsync(w => w.ProjectId == project.Value && widgets.Contains(w.Id), cancellationToken);
        return known < widgets.Length ? NoWidget : null;
    }

    private static Task<Dashboard?> FindAsync(
        ControlDbContext context, ProjectId project, string dashboardId, CancellationToken cancellationToken) =>
        context.Set<Dashboard>().Include(d => d.Placements)
            .FirstOrDefaultAsync(d => d.Id == dashboardId && d.ProjectId == project.Value, cancellationToken);
}
