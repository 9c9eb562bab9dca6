using Actors.Datasets;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Datasets;

/// <summary>
/// Items of datasets in the control plane. An item is checked against the schemas before its transaction, and again inside
/// it only when something it depends on was written meanwhile.
/// </summary>
internal sealed class DatasetItemStore(ControlDatabase database, TimeProvider time) : IDatasetItemStore
{
    public async Task<DatasetItemOutcome> SaveAsync(ProjectId project, DatasetItemDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var check = new ItemCheck();
        await using (var reading = database.CreateDbContext())
        {
            var (result, next, _) = await PrepareAsync(reading, project, draft, check, cancellationToken);
            if (next is null)
            {
                return result;
            }
        }

        return await database.WriteAsync(
            async context =>
            {
                var (result, next, old) = await PrepareAsync(context, project, draft, check, cancellationToken);
                if (next is not null)
                {
                    Write(context, next, old);
                    return result with { Item = next.ToRecord(draft.DatasetName) };
                }

                return result;
            },
            cancellationToken);
    }

    public async Task<DatasetItemRecord?> FindAsync(ProjectId project, string id, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var item = await Newest(context, project, id).AsNoTracking().Include(i => i.Dataset).SingleOrDefaultAsync(cancellationToken);
        return item is { IsDeleted: false } ? item.ToRecord(item.Dataset!.Name) : null;
    }

    public async Task<Slice<DatasetItemRecord>> ListAsync(ProjectId project, DatasetItemQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var context = database.CreateDbContext();
        var items = Filter(context.Set<DatasetItemVersion>().AsNoTracking(), project, query);
        var total = await items.LongCountAsync(cancellationToken);
        var page = await items.OrderByDescending(i => i.CreatedAt).ThenBy(i => i.ItemId)
            .Skip(query.Page.Offset).Take(query.Page.Limit).Include(i => i.Dataset).ToListAsync(cancellationToken);
        return new Slice<DatasetItemRecord>([.. page.Select(i => i.ToRecord(i.Dataset!.Name))], total);
    }

    public Task<bool> DeleteAsync(ProjectId project, string id, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var old = await Newest(context, project, id).Include(i => i.Dataset).SingleOrDefaultAsync(cancellationToken);
            if (old is null or { IsDeleted: true })
            {
                return false;
            }

            var mark = new DatasetItemVersion
            {
                ProjectId = old.ProjectId,
                ItemId = id,
                DatasetId = old.DatasetId,
                Dataset = old.Dataset,
                IsDeleted = true,
                CreatedAt = old.CreatedAt,
            };
            Write(context, mark, old);
            return true;
        },
        cancellationToken);

    // What to write, and over what; nothing to write: the result says why.
    private static async Task<(DatasetItemOutcome Result, DatasetItemVersion? Next, DatasetItemVersion? Old)> PrepareAsync(
        ControlDbContext context, ProjectId project, DatasetItemDraft draft, ItemCheck check, CancellationToken cancellationToken)
    {
        var dataset = await context.Set<Dataset>()
            .SingleOrDefaultAsync(d => d.ProjectId == project.Value && d.Name == draft.DatasetName, cancellationToken);
        if (dataset is null)
        {
            return (new DatasetItemOutcome(DatasetItemResult.UnknownDataset), null, null);
        }

        var old = draft.Id is null ? null : await Newest(context, project, draft.Id).SingleOrDefaultAsync(cancellationToken);
        if (old is { IsDeleted: false } && old.DatasetId != dataset.Id)
        {
            return (new DatasetItemOutcome(DatasetItemResult.IdTaken), null, null);
        }

        var next = Merge(project, dataset, old, draft);
        return check.Problem(dataset, next) is { } problem
            ? (new DatasetItemOutcome(DatasetItemResult.DoesNotFit, null, problem), null, null)
            : (new DatasetItemOutcome(DatasetItemResult.Saved), next, old);
    }

    private static DatasetItemVersion Merge(ProjectId project, Dataset dataset, DatasetItemVersion? old, DatasetItemDraft draft)
    {
        var kept = old is { IsDeleted: false } ? old : null;
        return new DatasetItemVersion
        {
            ProjectId = project.Value,
            ItemId = draft.Id ?? EntityId.New(),
            DatasetId = dataset.Id,
            Dataset = dataset,
            Status = draft.Status ?? kept?.Status ?? DatasetItemStatus.Active,
            Input = draft.Input.Over(kept?.Input),
            ExpectedOutput = draft.ExpectedOutput.Over(kept?.ExpectedOutput),
            Metadata = draft.Metadata.Over(kept?.Metadata),
            SourceTraceId = draft.SourceTraceId.Over(kept?.SourceTraceId),
            SourceObservationId = draft.SourceObservationId.Over(kept?.SourceObservationId),
            CreatedAt = kept?.CreatedAt ?? default,
        };
    }

    private void Write(ControlDbContext context, DatasetItemVersion next, DatasetItemVersion? old)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        if (old is not null)
        {
            // Two versions in one millisecond, or a clock that was set back, still follow each other.
            now = now > old.ValidFrom ? now : old.ValidFrom.AddMilliseconds(1);
            old.ValidTo = now;
        }

        next.ValidFrom = now;
        next.CreatedAt = next.CreatedAt == default ? now : next.CreatedAt;
        next.Revision = ++next.Dataset!.Revision;
        context.Add(next);
    }

    private static IQueryable<DatasetItemVersion> Newest(ControlDbContext context, ProjectId project, string id) =>
        context.Set<DatasetItemVersion>().Where(i => i.ProjectId == project.Value && i.ItemId == id && i.ValidTo == null);

    private static IQueryable<DatasetItemVersion> Filter(IQueryable<DatasetItemVersion> items, ProjectId project, DatasetItemQuery query)
    {
        items = items.Where(i => i.ProjectId == project.Value && !i.IsDeleted && i.Status == DatasetItemStatus.Active);
        items = query.Version is { } version
            ? items.Where(i => i.ValidFrom <= version && (i.ValidTo == null || i.ValidTo > version))
            : items.Where(i => i.ValidTo == null);
        items = query.DatasetId is { } dataset ? items.Where(i => i.DatasetId == dataset) : items;
        items = query.SourceTraceId is { } trace ? items.Where(i => i.SourceTraceId == trace) : items;
        return query.SourceObservationId is { } observation ? items.Where(i => i.SourceObservationId == observation) : items;
    }

    /// <summary>Checks an item against the schemas of its dataset, once as long as neither changes.</summary>
    private sealed class ItemCheck
    {
        private ItemSchemas? _schemas;
        private (string? Input, string? ExpectedOutput) _values;
        private string? _problem;

        public string? Problem(Dataset dataset, DatasetItemVersion item)
        {
            var values = (item.Input, item.ExpectedOutput);
            if (_schemas?.Are(dataset.InputSchema, dataset.ExpectedOutputSchema) == true && values == _values)
            {
                return _problem;
            }

            _schemas = new ItemSchemas(dataset.InputSchema, dataset.ExpectedOutputSchema);
            _values = values;
            _problem = _schemas.Problem(item.Input, item.ExpectedOutput);
            return _problem;
        }
    }
}
