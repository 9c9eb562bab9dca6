using Actors.Datasets;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api.Experiments;

/// <summary>Reads what listed items are: of links the observations, traces and dataset items that they connect.</summary>
internal sealed class LinkedItemReader(IGrainFactory grains, IDatasetRunFeed runs)
{
    private const ExperimentItemFieldGroups OfItem =
        ExperimentItemFieldGroups.Dataset | ExperimentItemFieldGroups.Io | ExperimentItemFieldGroups.ItemMetadata;

    public async Task<IReadOnlyList<ExperimentItem>> ReadAsync(
        HttpContext context, ExperimentItemRequest request, IReadOnlyList<ListedItem> listed)
    {
        DatasetRunLink[] links = [.. listed.Select(i => i.Link).OfType<DatasetRunLink>()];
        var observations = await ReadObservationsAsync(context, request, links);
        var traces = await ReadTracesAsync(context, request, links);
        var items = links.Length > 0 && request.Has(OfItem)
            ? await runs.FindItemsAsync(context.GetProject(), [.. links.Select(l => l.Link.Id)], context.RequestAborted)
            : null;
        return [.. listed.Select(i => i.Observation is { } o ? ExperimentItem.Of(o, o.Experiment!) : OfLink(i.Link!))];

        ExperimentItem OfLink(DatasetRunLink link)
        {
            var experiment = Experiment(link, items?.GetValueOrDefault(link.Link.Id));
            if (link.Link.ObservationId is { } id && observations.TryGetValue((link.Link.TraceId, id), out var observation))
            {
                return ExperimentItem.Of(observation, experiment);
            }

            return link.Link.ObservationId is null && traces.TryGetValue(link.Link.TraceId, out var trace)
                ? ExperimentItem.Of(trace, experiment)
                : new ExperimentItem
                {
                    // Clients link before they export.
                    TraceId = link.Link.TraceId,
                    ObservationId = link.Link.ObservationId,
                    StartTime = link.Link.CreatedAt,
                    Experiment = experiment,
                };
        }
    }

    private static ExperimentLink Experiment(DatasetRunLink link, DatasetItemRecord? item) => new()
    {
        Id = link.Run.Id,
        Name = link.Run.Name,
        Description = link.Run.Description,
        Metadata = link.Run.Metadata,
        DatasetId = link.Run.DatasetId,
        ItemId = link.Link.ItemId,
        ItemVersion = item?.UpdatedAt,
        ItemMetadata = item?.Metadata,
        ItemExpectedOutput = item?.ExpectedOutput,
    };

    private async Task<Dictionary<(string TraceId, string Id), ObservationRecord>> ReadObservationsAsync(
        HttpContext context, ExperimentItemRequest request, DatasetRunLink[] links)
    {
        string[] ids = [.. links.Select(l => l.Link.ObservationId).OfType<string>().Distinct()];
        if (ids.Length == 0)
        {
            return [];
        }

        var query = new ObservationQuery
        {
            Filter = Filter.All(
                OneOf(FilterCatalog.Observations, "id", ids),
                OneOf(FilterCatalog.Observations, "traceId", [.. links.Select(l => l.Link.TraceId).Distinct()])),
            Limit = ObservationQuery.MaxLimit,
            WithIo = request.Has(ExperimentItemFieldGroups.Io),
            WithMetadata = request.Has(ExperimentItemFieldGroups.Metadata),
            WithTotal = false,
        };
        var page = await Analytics(context).ReadAsync(a => a.ListObservationsAsync(query), context);
        return page.Items.ToDictionary(o => (o.TraceId, o.Id));
    }

    private async Task<Dictionary<string, TraceRecord>> ReadTracesAsync(HttpContext context, ExperimentItemRequest request, DatasetRunLink[] links)
    {
        string[] ids = [.. links.Where(l => l.Link.ObservationId is null).Select(l => l.Link.TraceId).Distinct()];
        if (ids.Length == 0)
        {
            return [];
        }

        var query = new TraceQuery
        {
            Filter = OneOf(FilterCatalog.Traces, "id", ids),
            Limit = ids.Length,
            TextLimit = request.Has(ExperimentItemFieldGroups.Io | ExperimentItemFieldGroups.Metadata) ? null : 0,
            WithTotal = false,
        };
        var page = await Analytics(context).ReadAsync(a => a.ListTracesAsync(query), context);
        return page.Items.ToDictionary(t => t.Id);
    }

    private IAnalyticsGrain Analytics(HttpContext context) => grains.GetGrain<IAnalyticsGrain>(context.GetProject().Value);

    private static Filter OneOf(FilterCatalog catalog, string column, string[] values) => Filter.OneOf(catalog.Find(column)!, null, values);
}
