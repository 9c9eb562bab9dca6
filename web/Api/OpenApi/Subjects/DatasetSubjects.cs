using Actors.Contracts;
using Actors.Datasets;
using Actors.Tracing;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>What applications are tried on.</summary>
internal static class DatasetSubjects
{
    private static readonly Field[] OfDataset =
    [
        Text("name").Between(1, DatasetRecord.MaxNameLength).Required(),
        Text("description").UpTo(10_000),
        Json("metadata"),
        Object("inputSchema", "a JSON Schema that every input keeps"),
        Object("expectedOutputSchema", "a JSON Schema that every expected output keeps"),
    ];

    private static readonly Field[] OfExperimentPages =
    [
        Time("fromStartTime", "from this moment on").Required(),
        Time("toStartTime", "before this moment"),
        Integer("limit").Between(1, 100).Default(50),
        Integer("scoreLimit", "the most scores of each").Between(1, 50).Default(50),
        Text("cursor", "from meta of the page before"),
    ];

    public static ApiSubject Datasets { get; } = new("Datasets", "Inputs with what is expected of them.")
    {
        Operations =
        [
            Get("/v2/datasets", "Lists datasets").Query(Paging()).Answer<PageBody<DatasetBody>>(),
            Post("/v2/datasets", "Creates a dataset, or changes the one of that name").Body(OfDataset).Answer<DatasetBody>(),
            Get("/v2/datasets/{name}", "Gets a dataset").Answer<DatasetBody>().Refuse(404),
            Get("/datasets", "Lists datasets with the ids of their items and the names of their runs")
                .Query(Paging()).Answer<PageBody<DatasetNamesBody>>(),
            Post("/datasets", "Creates a dataset, or changes the one of that name").Body(OfDataset).Answer<DatasetBody>(),
            Get("/datasets/{name}", "Gets a dataset with up to 1,000 items and runs").Answer<DatasetDetailBody>().Refuse(404),
            Get("/dataset-items", "Lists items")
                .Query(
                [
                    .. Paging(),
                    Text("datasetName"),
                    Text("sourceTraceId"),
                    Text("sourceObservationId"),
                    Time("version", "the items as they were at that moment; needs datasetName"),
                ])
                .Answer<PageBody<DatasetItemBody>>().Refuse(404),
            Post("/dataset-items", "Creates an item, or changes the one of that id")
                .Body(
                    Text("datasetName").Required(),
                    Text("id").Between(1, DatasetItemRecord.MaxIdLength),
                    Json("input"),
                    Json("expectedOutput"),
                    Json("metadata"),
                    Text("sourceTraceId").UpTo(StreamId.MaxIdLength),
                    Text("sourceObservationId").UpTo(StreamId.MaxIdLength),
                    Text("status").OneOf("ACTIVE", "ARCHIVED"))
                .Answer<DatasetItemBody>().Refuse(404, 409),
            Get("/dataset-items/{itemId}", "Gets an item").Answer<DatasetItemBody>().Refuse(404),
            Delete("/dataset-items/{itemId}", "Deletes an item").Answer<MessageBody>().Refuse(404),
        ],
    };

    public static ApiSubject Runs { get; } = new("Dataset runs", "What an application made of the items of a dataset.")
    {
        Operations =
        [
            Post("/dataset-run-items", "Links a trace with an item in a run")
                .Says("Makes the run when there is none of that name. One of traceId and observationId is needed. Other properties are refused.")
                .Body(
                    Text("runName").Between(1, DatasetRunRecord.MaxNameLength).Required(),
                    Text("datasetItemId").Required(),
                    Text("traceId").UpTo(StreamId.MaxIdLength),
                    Text("observationId").UpTo(StreamId.MaxIdLength),
                    Text("runDescription").UpTo(10_000),
                    Json("metadata", "of the run"),
                    Time("datasetVersion"),
                    Time("createdAt"))
                .Answer<DatasetRunItemBody>().Refuse(404),
            Get("/dataset-run-items", "Lists the links of a run")
                .Query([.. Paging(), Text("datasetId").Required(), Text("runName").Required()])
                .Answer<PageBody<DatasetRunItemBody>>().Refuse(404),
            Get("/datasets/{name}/runs", "Lists the runs of a dataset").Query(Paging()).Answer<PageBody<DatasetRunBody>>().Refuse(404),
            Get("/datasets/{name}/runs/{runName}", "Gets a run with up to 10,000 links").Answer<DatasetRunDetailBody>().Refuse(404),
            Delete("/datasets/{name}/runs/{runName}", "Deletes a run").Answer<MessageBody>().Refuse(404),
        ],
    };

    public static ApiSubject Experiments { get; } = new("Experiments", "What spans say of experiments, and runs that no span speaks of.")
    {
        Operations =
        [
            Get("/experiments", "Lists experiments, the newest activity first")
                .Says("A run that is known from links alone counts with the times of its links.")
                .Query(
                [
                    .. OfExperimentPages,
                    Csv("fields", "core when absent").OneOf("core", "metadata", "scores"),
                    Csv("id").UpTo(100),
                    Csv("name").UpTo(100),
                    Csv("datasetId").UpTo(100),
                    Text("filter", "JSON list of conditions on id, name and datasetId"),
                ])
                .Answer<CursorBody<ExperimentBody>>(),
            Get("/experiment-items", "Lists what became of the items of experiments, newest first")
                .Says("An item that is known from a link alone counts with the time of the link, and goes by its trace when the link names no observation.")
                .Query(
                [
                    .. OfExperimentPages,
                    Csv("fields", "core and dataset when absent")
                        .OneOf("core", "dataset", "io", "metadata", "itemMetadata", "experimentMetadata", "scores"),
                    Csv("experimentId").UpTo(100),
                    Csv("experimentName").UpTo(100),
                    Csv("experimentItemId").UpTo(100),
                    Csv("datasetId").UpTo(100),
                    Text("filter", "JSON list of conditions on experimentId, experimentName, experimentItemId and datasetId"),
                ])
                .Answer<CursorBody<ExperimentItemBody>>(),
        ],
    };
}
