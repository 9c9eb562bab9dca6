using Actors.Datasets;
using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Api.Experiments;

/// <summary>The query parameters of <c>GET /experiments</c> (langfuse-api §10).</summary>
internal sealed record ExperimentRequest(ExperimentQuery Query, ListPlace? After, ExperimentFieldGroups Groups, int ScoreLimit)
{
    private const string GroupNames = "core, metadata, scores";

    public static ExperimentRequest Read(QueryReader reader) => new(
        new ExperimentQuery
        {
            Limit = reader.Integer("limit", 50, 1, ListParameters.MaxLimit),
            From = reader.RequiredTime("fromStartTime"),
            To = reader.Time("toStartTime"),
            Ids = reader.Csv("id"),
            Names = reader.Csv("name"),
            DatasetIds = reader.Csv("datasetId"),
            Filter = reader.Filter(FilterCatalog.Experiments) ?? Filter.Everything,
        },
        ListParameters.ReadPlace(reader),
        reader.CsvOf("fields", ParseGroup, GroupNames).Aggregate(ExperimentFieldGroups.Core, (all, group) => all | group),
        ListParameters.ReadScoreLimit(reader));

    /// <summary>The same of links to runs.</summary>
    public RunLinkQuery OfLinks(int limit) => new(limit, Query.From, Query.To)
    {
        RunIds = Query.Ids, RunNames = Query.Names, DatasetIds = Query.DatasetIds, After = After?.OfLinks,
    };

    private static ExperimentFieldGroups? ParseGroup(string name) => name switch
    {
        "core" => ExperimentFieldGroups.Core,
        "metadata" => ExperimentFieldGroups.Metadata,
        "scores" => ExperimentFieldGroups.Scores,
        _ => null,
    };
}
