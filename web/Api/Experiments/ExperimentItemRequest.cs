using Actors.Datasets;
using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Api.Experiments;

/// <summary>The query parameters of <c>GET /experiment-items</c> (langfuse-api §10).</summary>
internal sealed record ExperimentItemRequest(
    int Limit,
    DateTimeOffset From,
    DateTimeOffset? To,
    ExperimentItems Items,
    ListPlace? After,
    ExperimentItemFieldGroups Groups,
    int ScoreLimit)
{
    private const string GroupNames = "core, dataset, io, metadata, itemMetadata, experimentMetadata, scores";

    public static ExperimentItemRequest Read(QueryReader reader) => new(
        reader.Integer("limit", 50, 1, ListParameters.MaxLimit),
        reader.RequiredTime("fromStartTime"),
        reader.Time("toStartTime"),
        new ExperimentItems
        {
            ExperimentIds = reader.Csv("experimentId"),
            ExperimentNames = reader.Csv("experimentName"),
            ItemIds = reader.Csv("experimentItemId"),
            DatasetIds = reader.Csv("datasetId"),
            Filter = reader.Filter(FilterCatalog.ExperimentItems) ?? Filter.Everything,
        },
        ListParameters.ReadPlace(reader),
        ReadGroups(reader),
        ListParameters.ReadScoreLimit(reader));

    public bool Has(ExperimentItemFieldGroups group) => (Groups & group) != 0;

    /// <summary>The same of observations.</summary>
    public ObservationQuery OfObservations(int limit) => new()
    {
        Limit = limit,
        From = From,
        To = To,
        ExperimentItems = Items,
        After = After?.OfObservations,
        WithIo = Has(ExperimentItemFieldGroups.Io),
        WithMetadata = Has(ExperimentItemFieldGroups.Metadata),
        WithTotal = false,
    };

    /// <summary>The same of links to runs.</summary>
    public RunLinkQuery OfLinks(int limit) => new(limit, From, To)
    {
        RunIds = Items.ExperimentIds,
        RunNames = Items.ExperimentNames,
        ItemIds = Items.ItemIds,
        DatasetIds = Items.DatasetIds,
        After = After?.OfLinks,
    };

    private static ExperimentItemFieldGroups ReadGroups(QueryReader reader)
    {
        var groups = reader.CsvOf("fields", ParseGroup, GroupNames);
        return groups.Count == 0 ? ExperimentItemFieldGroups.Dataset : groups.Aggregate((all, group) => all | group);
    }

    private static ExperimentItemFieldGroups? ParseGroup(string name) => name switch
    {
        "core" => ExperimentItemFieldGroups.Core,
        "dataset" => ExperimentItemFieldGroups.Dataset,
        "io" => ExperimentItemFieldGroups.Io,
        "metadata" => ExperimentItemFieldGroups.Metadata,
        "itemMetadata" => ExperimentItemFieldGroups.ItemMetadata,
        "experimentMetadata" => ExperimentItemFieldGroups.ExperimentMetadata,
        "scores" => ExperimentItemFieldGroups.Scores,
        _ => null,
    };
}
