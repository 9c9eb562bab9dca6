using Actors.Datasets;
using Actors.Storage.Control;
using Actors.Storage.Datasets.Schemas;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Datasets;

/// <summary>
/// Datasets in the control plane. All items are checked against a new schema before its transaction begins, and inside it
/// only those that were written meanwhile, so that a large dataset does not keep every other writer waiting.
/// </summary>
internal sealed class DatasetStore(ControlDatabase database, TimeProvider time) : IDatasetStore
{
    private const int CheckedAtOnce = 200;
    private const int MaxListedFaults = 10;

    public async Task<DatasetOutcome> SaveAsync(ProjectId project, DatasetDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (SchemaProblem("inputSchema", draft.InputSchema) is { } noInput)
        {
            return new DatasetOutcome(null, noInput);
        }

        if (SchemaProblem("expectedOutputSchema", draft.ExpectedOutputSchema) is { } noExpected)
        {
            return new DatasetOutcome(null, noExpected);
        }

        var checkedItems = new ItemsCheck();
        await using (var reading = database.CreateDbContext())
        {
            if (await Find(reading, project, draft.Name).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } dataset)
            {
                await checkedItems.RunAsync(reading, dataset, draft, cancellationToken);
            }
        }

        return await database.WriteAsync(
            async context =>
            {
                var dataset = await Find(context, project, draft.Name).SingleOrDefaultAsync(cancellationToken);
                if (dataset is not null)
                {
                    await checkedItems.RunAsync(context, dataset, draft, cancellationToken);
                    if (checkedItems.Problem is { } problem)
                    {
                        return new DatasetOutcome(null, problem);
                    }
                }

                return new DatasetOutcome(Apply(context, project, dataset, draft).ToRecord());
            },
            cancellationToken);
    }

    public async Task<DatasetRecord?> FindAsync(ProjectId project, string name, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return (await Find(context, project, name).AsNoTracking().SingleOrDefaultAsync(cancellationToken))?.ToRecord();
    }

    public async Task<DatasetRecord?> FindByIdAsync(ProjectId project, string id, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return (await Of(context, project).AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken))?.ToRecord();
    }

    public async Task<Slice<DatasetRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var all = Of(context, project).AsNoTracking();
        var total = await all.LongCountAsync(cancellationToken);
        var items = await all.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id)
            .Skip(page.Offset).Take(page.Limit).ToListAsync(cancellationToken);
        return new Slice<DatasetRecord>([.. items.Select(d => d.ToRecord())], total);
    }

    public async Task<IReadOnlyDictionary<string, DatasetContents>> ListContentsAsync(
        ProjectId project, IReadOnlyList<string> datasetIds, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var contents = new Dictionary<string, DatasetContents>();
        foreach (var id in datasetIds)
        {
            var items = await context.Set<DatasetItemVersion>()
                .Where(i => i.ProjectId == project.Value && i.DatasetId == id && i.ValidTo == null && !i.IsDeleted && i.Status == DatasetItemStatus.Active)
                .OrderByDescending(i => i.CreatedAt).ThenBy(i => i.ItemId).Take(limit).Select(i => i.ItemId).ToListAsync(cancellationToken);
            var runs = await context.Set<DatasetRun>()
                .Where(r => r.ProjectId == project.Value && r.DatasetId == id)
                .OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id).Take(limit).Select(r => r.Name).ToListAsync(cancellationToken);
            contents.Add(id, new DatasetContents(items, runs));
        }

        return contents;
    }

    private Dataset Apply(ControlDbContext context, ProjectId project, Dataset? dataset, DatasetDraft draft)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        if (dataset is null)
        {
            dataset = new Dataset { Id = EntityId.New(), ProjectId = project.Value, Name = draft.Name, CreatedAt = now };
            context.Add(dataset);
        }

        dataset.Description = draft.Description.Over(dataset.Description);
        dataset.Metadata = draft.Metadata.Over(dataset.Metadata);
        dataset.InputSchema = draft.InputSchema.Over(dataset.InputSchema);
        dataset.ExpectedOutputSchema = draft.ExpectedOutputSchema.Over(dataset.ExpectedOutputSchema);
        dataset.UpdatedAt = now;
        return dataset;
    }

    private static DatasetProblem? SchemaProblem(string field, FieldChange schema) =>
        schema.Value is { } text && JsonSchema.Parse(text, out var problem) is null
            ? new DatasetProblem(field, $"Invalid JSON Schema: {problem}")
            : null;

    private static IQueryable<Dataset> Of(ControlDbContext context, ProjectId project) =>
        context.Set<Dataset>().Where(d => d.ProjectId == project.Value);

    private static IQueryable<Dataset> Find(ControlDbContext context, ProjectId project, string name) =>
        Of(context, project).Where(d => d.Name == name);

    /// <summary>Checks the items of a dataset against new schemas; run again, it looks only at what was written since.</summary>
    private sealed class ItemsCheck
    {
        private readonly Dictionary<string, string> _faults = [];
        private ItemSchemas? _schemas;
        private string? _datasetId;
        private long _revision;

        public DatasetProblem? Problem => _faults.Count == 0
            ? null
            : new DatasetProblem(
                null,
                $"Schema validation failed for {_faults.Count} item(s). "
                + string.Join(" | ", _faults.Take(MaxListedFaults).Select(f => $"{f.Key}: {f.Value}")));

        public async Task RunAsync(ControlDbContext context, Dataset dataset, DatasetDraft draft, CancellationToken cancellationToken)
        {
            var (input, expected) = (draft.InputSchema.Over(dataset.InputSchema), draft.ExpectedOutputSchema.Over(dataset.ExpectedOutputSchema));
            if (input == dataset.InputSchema && expected == dataset.ExpectedOutputSchema)
            {
                // What is stored fits the schemas that are stored.
                _faults.Clear();
                return;
            }

            if (_datasetId != dataset.Id || _schemas?.Are(input, expected) != true)
            {
                (_schemas, _datasetId, _revision) = (new ItemSchemas(input, expected), dataset.Id, 0);
                _faults.Clear();
            }

            while (!_schemas.AllowAll)
            {
                var written = await context.Set<DatasetItemVersion>().AsNoTracking()
                    .Where(i => i.DatasetId == dataset.Id && i.Revision > _revision)
                    .OrderBy(i => i.Revision).Take(CheckedAtOnce)
                    .Select(i => new { i.ItemId, i.Revision, IsCurrent = i.ValidTo == null && !i.IsDeleted, i.Input, i.ExpectedOutput })
                    .ToListAsync(cancellationToken);
                if (written.Count == 0)
                {
                    return;
                }

                foreach (var item in written)
                {
                    _revision = item.Revision;
                    _faults.Remove(item.ItemId);
                    if (item.IsCurrent && _schemas.Problem(item.Input, item.ExpectedOutput) is { } fault)
                    {
                        _faults.Add(item.ItemId, fault);
                    }
                }
            }
        }
    }
}
