using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Datasets;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Datasets;

/// <summary>Runs of datasets in the control plane.</summary>
internal sealed class DatasetRunStore(ControlDatabase database, TimeProvider time) : IDatasetRunStore
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task<DatasetRunItemRecord?> AddItemAsync(ProjectId project, DatasetRunItemDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return database.WriteAsync(
            async context =>
            {
                var item = await context.Set<DatasetItemVersion>().AsNoTracking()
                    .Where(i => i.ProjectId == project.Value && i.ItemId == draft.ItemId && i.ValidTo == null && !i.IsDeleted && i.Status == DatasetItemStatus.Active)
                    .Select(i => new { i.DatasetId })
                    .SingleOrDefaultAsync(cancellationToken);
                if (item is null)
                {
                    return null;
                }

                var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
                var run = await EnsureRunAsync(context, project, item.DatasetId, draft, now, cancellationToken);
                var link = await context.Set<DatasetRunItem>().SingleOrDefaultAsync(
                    i => i.RunId == run.Id && i.ItemId == draft.ItemId && i.TraceId == draft.TraceId && i.ObservationId == draft.ObservationId,
                    cancellationToken);
                if (link is null)
                {
                    link = new DatasetRunItem
                    {
                        Id = EntityId.New(),
                        ProjectId = project.Value,
                        RunId = run.Id,
                        ItemId = draft.ItemId,
                        TraceId = draft.TraceId,
                        ObservationId = draft.ObservationId,
                        CreatedAt = draft.CreatedAt ?? now,
                        UpdatedAt = now,
                    };
                    context.Add(link);
                }

                return link.ToRecord(run);
            },
            cancellationToken);
    }

    public async Task<Slice<DatasetRunRecord>> ListAsync(
        ProjectId project, string datasetId, PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var runs = Of(context, project).Where(r => r.DatasetId == datasetId);
        var total = await runs.LongCountAsync(cancellationToken);
        var items = await runs.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id)
            .Skip(page.Offset).Take(page.Limit).ToListAsync(cancellationToken);
        return new Slice<DatasetRunRecord>([.. items.Select(r => r.ToRecord())], total);
    }

    public async Task<DatasetRunRecord?> FindAsync(ProjectId project, string datasetId, string name, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await Of(context, project).SingleOrDefaultAsync(r => r.DatasetId == datasetId && r.Name == name, cancellationToken) is { } run
            ? run.ToRecord()
            : null;
    }

    public async Task<IReadOnlyList<DatasetRunRecord>> FindByIdAsync(
        ProjectId project, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var runs = await Of(context, project).Where(r => ids.Contains(r.Id)).ToListAsync(cancellationToken);
        return [.. runs.Select(r => r.ToRecord())];
    }

    public async Task<Slice<DatasetRunItemRecord>> ListItemsAsync(
        ProjectId project, string runId, PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var links = context.Set<DatasetRunItem>().AsNoTracking().Where(i => i.ProjectId == project.Value && i.RunId == runId);
        var total = await links.LongCountAsync(cancellationToken);
        var items = await links.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id)
            .Skip(page.Offset).Take(page.Limit).Include(i => i.Run).ToListAsync(cancellationToken);
        return new Slice<DatasetRunItemRecord>([.. items.Select(i => i.ToRecord(i.Run!))], total);
    }

    public async Task<bool> DeleteAsync(ProjectId project, string datasetId, string name, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            context => context.Set<DatasetRun>()
                .Where(r => r.ProjectId == project.Value && r.DatasetId == datasetId && r.Name == name)
                .ExecuteDeleteAsync(cancellationToken),
            cancellationToken) > 0;

    /// <summary>The id that a run always has, also when it was made by spans alone (langfuse-api §9.3).</summary>
    internal static string RunId(ProjectId project, string datasetId, string runName)
    {
        var key = JsonSerializer.Serialize<string[]>(["langfuse-experiment-v1", project.Value, datasetId, runName], Plain);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
    }

    private static async Task<DatasetRun> EnsureRunAsync(
        ControlDbContext context,
        ProjectId project,
        string datasetId,
        DatasetRunItemDraft draft,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var run = await context.Set<DatasetRun>().SingleOrDefaultAsync(r => r.DatasetId == datasetId && r.Name == draft.RunName, cancellationToken);
        if (run is null)
        {
            run = new DatasetRun
            {
                Id = RunId(project, datasetId, draft.RunName),
                ProjectId = project.Value,
                DatasetId = datasetId,
                Name = draft.RunName,
                CreatedAt = now,
                UpdatedAt = now,
            };
            context.Add(run);
        }

        var description = draft.RunDescription ?? run.Description;
        var metadata = WithVersion(draft.RunMetadata ?? run.Metadata, draft.DatasetVersion);
        if (description != run.Description || metadata != run.Metadata)
        {
            (run.Description, run.Metadata, run.UpdatedAt) = (description, metadata, now);
        }

        return run;
    }

    private static string? WithVersion(string? metadata, DateTimeOffset? version)
    {
        if (version is not { } moment)
        {
            return metadata;
        }

        var value = JsonNode.Parse(metadata ?? "{}");
        var properties = value as JsonObject ?? new JsonObject { ["metadata"] = value };
        properties["dataset_version"] = moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return properties.ToJsonString(Plain);
    }

    private static IQueryable<DatasetRun> Of(ControlDbContext context, ProjectId project) =>
        context.Set<DatasetRun>().AsNoTracking().Where(r => r.ProjectId == project.Value).Include(r => r.Dataset);
}
