using Actors.Datasets;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Datasets;

/// <summary>The links of all runs of a project in the control plane.</summary>
internal sealed class DatasetRunFeed(ControlDatabase database) : IDatasetRunFeed
{
    public async Task<IReadOnlyList<DatasetRunActivity>> ListRunsAsync(
        ProjectId project, RunLinkQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = database.CreateDbContext();
        var groups = Filter(context, project, query)
            .GroupBy(i => i.RunId)
            .Select(g => new { Id = g.Key, First = g.Min(i => i.CreatedAt), Last = g.Max(i => i.CreatedAt), Links = g.LongCount() });
        groups = query.After switch
        {
            null => groups,
            (var time, null) => groups.Where(g => g.Last <= time),
            var (time, id) => groups.Where(g => g.Last < time || (g.Last == time && string.Compare(g.Id, id) < 0)),
        };
        var found = await groups
            .Join(context.Set<DatasetRun>().AsNoTracking().Include(r => r.Dataset), g => g.Id, r => r.Id, (g, r) => new { Group = g, Run = r })
            .OrderByDescending(f => f.Group.Last).ThenByDescending(f => f.Group.Id).Take(query.Limit)
            .ToListAsync(cancellationToken);
        return [.. found.Select(f => new DatasetRunActivity(f.Run.ToRecord(), f.Group.First, f.Group.Last, f.Group.Links))];
    }

    public async Task<IReadOnlyList<DatasetRunLink>> ListLinksAsync(
        ProjectId project, RunLinkQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = database.CreateDbContext();
        var links = Filter(context, project, query);
        links = query.After switch
        {
            null => links,
            (var time, null) => links.Where(i => i.CreatedAt <= time),
            var (time, id) => links.Where(i => i.CreatedAt <= time && (i.CreatedAt < time || string.Compare(i.Id, id) < 0)),
        };
        var found = await links.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(query.Limit)
            .Include(i => i.Run!.Dataset)
            .ToListAsync(cancellationToken);
        return [.. found.Select(i => new DatasetRunLink(i.ToRecord(i.Run!), i.Run!.ToRecord()))];
    }

    public async Task<IReadOnlyDictionary<string, DatasetItemRecord>> FindItemsAsync(
        ProjectId project, IReadOnlyList<string> linkIds, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var versions = context.Set<DatasetItemVersion>().AsNoTracking().Where(v => v.ProjectId == project.Value && !v.IsDeleted);

        // When it was linked is UpdatedAt: the time of creation is what the client says.
        var found = await context.Set<DatasetRunItem>().AsNoTracking()
            .Where(i => i.ProjectId == project.Value && linkIds.Contains(i.Id))
            .Join(versions, i => i.ItemId, v => v.ItemId, (i, v) => new { i.Id, i.UpdatedAt, Version = v, v.Dataset!.Name })
            .Where(f => f.Version.ValidFrom <= f.UpdatedAt && (f.Version.ValidTo == null || f.Version.ValidTo > f.UpdatedAt))
            .ToListAsync(cancellationToken);
        return found.ToDictionary(f => f.Id, f => f.Version.ToRecord(f.Name));
    }

    private static IQueryable<DatasetRunItem> Filter(ControlDbContext context, ProjectId project, RunLinkQuery query)
    {
        var links = context.Set<DatasetRunItem>().AsNoTracking().Where(i => i.ProjectId == project.Value && i.CreatedAt >= query.From);
        links = query.To is { } to ? links.Where(i => i.CreatedAt < to) : links;
        links = query.RunIds is { Count: > 0 } runs ? links.Where(i => runs.Contains(i.RunId)) : links;
        links = query.RunNames is { Count: > 0 } names ? links.Where(i => names.Contains(i.Run!.Name)) : links;
        links = query.DatasetIds is { Count: > 0 } datasets ? links.Where(i => datasets.Contains(i.Run!.DatasetId)) : links;
        links = query.ItemIds is { Count: > 0 } items ? links.Where(i => items.Contains(i.ItemId)) : links;
        return query.ExceptRunIds is { Count: > 0 } others ? links.Where(i => !others.Contains(i.RunId)) : links;
    }
}
