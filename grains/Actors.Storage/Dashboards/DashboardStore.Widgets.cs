using Actors.Dashboards;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Dashboards;

/// <summary>The widgets.</summary>
internal sealed partial class DashboardStore
{
    private static readonly Refusal NoWidget = Refusal.NotFound("Dashboard widget not found");

    private static readonly Refusal TooManyWidgets = Refusal.Conflict($"A project has at most {IDashboardStore.MaxWidgets} widgets.");

    public async Task<Slice<WidgetRecord>> ListWidgetsAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var widgets = context.Set<DashboardWidget>().AsNoTracking().Where(w => w.ProjectId == project.Value);
        var items = await widgets
            .OrderByDescending(w => w.UpdatedAt).ThenByDescending(w => w.Id)
            .Skip(page.Offset).Take(page.Limit)
            .ToListAsync(cancellationToken);
        return new Slice<WidgetRecord>([.. items.Select(w => w.ToRecord())], await widgets.CountAsync(cancellationToken));
    }

    public async Task<IReadOnlyList<WidgetRecord>> FindWidgetsAsync(
        ProjectId project, IReadOnlyList<string> widgetIds, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var widgets = await context.Set<DashboardWidget>().AsNoTracking()
            .Where(w => w.ProjectId == project.Value && widgetIds.Contains(w.Id))
            .ToListAsync(cancellationToken);
        return [.. widgets.Select(w => w.ToRecord())];
    }

    public async Task<Outcome<WidgetRecord>> FindWidgetAsync(ProjectId project, string widgetId, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await FindWidgetAsync(context, project, widgetId, cancellationToken) is { } widget ? widget.ToRecord() : NoWidget;
    }

    public Task<Outcome<WidgetRecord>> AddWidgetAsync(ProjectId project, WidgetDraft draft, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<WidgetRecord>>(
            async context =>
            {
                if (Invalid([draft]) is { } invalid)
                {
                    return invalid;
                }

                if (await context.Set<DashboardWidget>().CountAsync(w => w.ProjectId == project.Value, cancellationToken) >= IDashboardStore.MaxWidgets)
                {
                    return TooManyWidgets;
                }

                var widget = New(project, draft);
                context.Add(widget);
                return widget.ToRecord();
            },
            cancellationToken);

    public Task<Outcome<WidgetRecord>> ChangeWidgetAsync(
        ProjectId project, string widgetId, WidgetChange change, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<WidgetRecord>>(
            async context =>
            {
                if (await FindWidgetAsync(context, project, widgetId, cancellationToken) is not { } widget)
                {
                    return NoWidget;
                }

                var draft = change.Apply(widget.ToRecord().Content);
                if (change.ChartWord is { } word && word != draft.Chart.Kind)
                {
                    return Refusal.Invalid("chartConfig.type: it must be the chartType of the widget");
                }

                if (Invalid([draft]) is { } invalid)
                {
                    return invalid;
                }

                widget.Set(draft);
                widget.UpdatedAt = time.GetUtcNow();
                return widget.ToRecord();
            },
            cancellationToken);

    public Task<Refusal?> DeleteWidgetAsync(ProjectId project, string widgetId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                if (await FindWidgetAsync(context, project, widgetId, cancellationToken) is not { } widget)
                {
                    return NoWidget;
                }

                if (await context.Set<DashboardPlacement>().AnyAsync(p => p.ContentId == widgetId && p.Kind == PlacementKind.Widget, cancellationToken))
                {
                    return Refusal.Conflict("The widget stands on a dashboard; remove its placements first.");
                }

                context.Remove(widget);
                return null;
            },
            cancellationToken);

    private DashboardWidget New(ProjectId project, WidgetDraft draft)
    {
        var now = time.GetUtcNow();
        var widget = new DashboardWidget
        {
            Id = EntityId.New(),
            ProjectId = project.Value,
            Name = draft.Name,
            Description = draft.Description,
            Filters = draft.Filters,
            CreatedAt = now,
            UpdatedAt = now,
        };
        widget.Set(draft);
        return widget;
    }

    private static Refusal? Invalid(IEnumerable<WidgetDraft> drafts) =>
        drafts.SelectMany(WidgetRules.Check).ToList() is { Count: > 0 } problems ? Refusal.Invalid(string.Join("; ", problems)) : null;

    private static Task<DashboardWidget?> FindWidgetAsync(
        ControlDbContext context, ProjectId project, string widgetId, CancellationToken cancellationToken) =>
        context.Set<DashboardWidget>().FirstOrDefaultAsync(w => w.Id == widgetId && w.ProjectId == project.Value, cancellationToken);
}
