using Actors.Annotation;
using Actors.Datasets;
using Actors.Filtering;
using Actors.Media;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Model.Lists;

/// <summary>A row with which something is to be done.</summary>
/// <param name="Id">The row's id in its list.</param>
/// <param name="TraceId">The trace that it is, or that it is part of.</param>
/// <param name="ObservationId">The observation; null: it is the trace.</param>
/// <param name="Name">What people call it.</param>
public sealed record ChosenRow(string Id, string TraceId, string? ObservationId, string Name);

/// <summary>What became of an action on several rows.</summary>
/// <param name="Done">How many it was done with.</param>
/// <param name="Failed">How many it was not done with.</param>
/// <param name="Why">Why not, for people; null: nothing failed.</param>
public sealed record RowResult(int Done, int Failed = 0, string? Why = null);

/// <summary>What can be done with the rows that a person has chosen. Rows are independent: one that fails keeps no other from it.</summary>
public sealed class RowActions(
    IGrainFactory grains, IDatasetStore datasets, IDatasetItemStore items, IAnnotationStore queues, IMediaRemoval media)
{
    private const int MaxChoices = 500;
    private const int MaxAtOnce = 16;
    private const int RowsAtOnce = 50;

    /// <summary>The names of the project's datasets, newest first.</summary>
    public async Task<IReadOnlyList<string>> ListDatasetsAsync(ProjectId project, CancellationToken cancellationToken) =>
        [.. (await datasets.ListAsync(project, new PageRequest(1, MaxChoices), cancellationToken)).Items.Select(d => d.Name)];

    /// <summary>The project's annotation queues, newest first.</summary>
    public async Task<IReadOnlyList<AnnotationQueueRecord>> ListQueuesAsync(ProjectId project, CancellationToken cancellationToken) =>
        (await queues.ListQueuesAsync(project, new PageRequest(1, MaxChoices), cancellationToken)).Items;

    /// <summary>
    /// Makes an item of each row: its input, its output as what is expected, and where it is from. The dataset is made when there is
    /// none of that name.
    /// </summary>
    public async Task<RowResult> AddToDatasetAsync(ProjectId project, string dataset, IReadOnlyList<ChosenRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (await datasets.FindAsync(project, dataset, cancellationToken) is null
            && (await datasets.SaveAsync(project, new DatasetDraft(dataset), cancellationToken)).Problem is { } problem)
        {
            return new RowResult(0, rows.Count, problem.Message);
        }

        var (done, why) = (0, (string?)null);
        foreach (var part in rows.Chunk(RowsAtOnce))
        {
            var texts = await ReadTextsAsync(project, part);
            foreach (var row in part)
            {
                if (!texts.TryGetValue((row.TraceId, row.ObservationId), out var text))
                {
                    why = $"{row.Name} is gone.";
                    continue;
                }

                var outcome = await items.SaveAsync(
                    project,
                    new DatasetItemDraft(dataset, null)
                    {
                        Input = FieldChange.To(text.Input),
                        ExpectedOutput = FieldChange.To(text.Output),
                        SourceTraceId = FieldChange.To(row.TraceId),
                        SourceObservationId = FieldChange.To(row.ObservationId),
                    },
                    cancellationToken);
                if (outcome.Result == DatasetItemResult.Saved)
                    done++;
                else
                    why = outcome.Detail ?? $"{row.Name} does not fit the dataset.";
            }
        }
        return new RowResult(done, rows.Count - done, why);
    }

    /// <summary>Asks people to score each row.</summary>
    public async Task<RowResult> AddToQueueAsync(ProjectId project, string queueId, IReadOnlyList<ChosenRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var (done, why) = (0, (string?)null);
        foreach (var row in rows)
        {
            var type = row.ObservationId is null ? AnnotationObject.Trace : AnnotationObject.Observation;
            var outcome = await queues.AddItemAsync(project, queueId, type, row.ObservationId ?? row.TraceId, AnnotationStatus.Pending, cancellationToken);
            if (outcome.Refusal is { } refusal)
                why = refusal.Message;
            else
                done++;
        }
        return new RowResult(done, rows.Count - done, why);
    }

    /// <summary>Deletes traces with all that belongs to them.</summary>
    public async Task<RowResult> DeleteTracesAsync(ProjectId project, IReadOnlyList<ChosenRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var ids = rows.Select(row => row.TraceId).Where(StreamId.IsValidId).Distinct().ToList();
        var removal = await media.BeginAsync(project, ids, cancellationToken);
        var failed = 0;
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce }, async (id, _) =>
        {
            try
            {
                await grains.GetGrain<ITraceGrain>(GrainKey.ForStream(project, StreamId.ForTrace(id))).DeleteAsync();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Interlocked.Increment(ref failed);
            }
        });
        if (removal is not null && failed == 0)
            await media.FinishAsync(project, removal, CancellationToken.None);
        return new RowResult(ids.Count - failed, failed, failed > 0 ? "The server did not answer in time; those are still there. Try again." : null);
    }

    // Lists hold only the beginning of each text.
    private async Task<Dictionary<(string TraceId, string? ObservationId), (string? Input, string? Output)>> ReadTextsAsync(ProjectId project, ChosenRow[] rows)
    {
        var analytics = grains.GetGrain<IAnalyticsGrain>(project.Value);
        var traces = rows.Where(row => row.ObservationId is null).Select(row => row.TraceId).ToList();
        var observations = rows.Where(row => row.ObservationId is not null).Select(row => row.ObservationId!).ToList();
        var texts = new Dictionary<(string, string?), (string?, string?)>();
        if (traces.Count > 0)
        {
            var filter = Filter.OneOf(FilterCatalog.Traces.Find("id")!, null, traces);
            foreach (var trace in (await analytics.ListTracesAsync(new TraceQuery { Filter = filter, Limit = TraceQuery.MaxLimit, WithTotal = false })).Items)
                texts[(trace.Id, null)] = (trace.Input, trace.Output);
        }
        if (observations.Count > 0)
        {
            var filter = Filter.All(
                Filter.OneOf(FilterCatalog.Observations.Find("traceId")!, null, [.. rows.Select(row => row.TraceId).Distinct()]),
                Filter.OneOf(FilterCatalog.Observations.Find("id")!, null, observations));
            var query = new ObservationQuery { Filter = filter, Limit = TraceQuery.MaxLimit, WithMetadata = false, WithTotal = false };
            foreach (var observation in (await analytics.ListObservationsAsync(query)).Items)
                texts[(observation.TraceId, observation.Id)] = (observation.Input, observation.Output);
        }
        return texts;
    }
}
