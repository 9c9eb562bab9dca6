using Actors.Contracts;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>Numbers over many traces.</summary>
internal static class MetricsSubjects
{
    private static readonly Field Query = Text(
        "query", "JSON with view, dimensions, metrics, filters, timeDimension, fromTimestamp, toTimestamp, orderBy and config").Required();

    public static ApiSubject Metrics { get; } = new("Metrics", "Counts, sums and exact quantiles over traces, observations and scores.")
    {
        Operations =
        [
            Get("/metrics", "Queries metrics").Query(Query).Answer<MetricsBody>(),
            Get("/v2/metrics", "Queries metrics").Says("100 rows unless config.row_limit says more.").Query(Query).Answer<MetricsBody>(),
            Get("/metrics/daily", "Lists days with their traces, usage and cost")
                .Query(
                [
                    .. Paging(),
                    Text("traceName"),
                    Text("userId"),
                    Texts("tags", "all of them").UpTo(100),
                    Texts("environment").UpTo(100),
                    Texts("traceEnvironment", "another name of environment").UpTo(100),
                    .. Between("fromTimestamp", "toTimestamp"),
                ])
                .Answer<PageBody<DailyMetricsBody>>(),
        ],
    };
}
