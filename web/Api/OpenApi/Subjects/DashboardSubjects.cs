using Actors.Contracts;
using Actors.Dashboards;
using Actors.Filtering;
using Actors.Queries;
using Actors.Web.Api.Dashboards;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>Dashboards, and the widgets on them.</summary>
internal static class DashboardSubjects
{
    private const string Prefix = "/api/public" + CodedErrors.Prefix;

    private static readonly Field Name = Text("name").Between(1, DashboardReader.MaxNameLength);

    private static readonly Field Description = Text("description").UpTo(DashboardReader.MaxDescriptionLength);

    private static readonly Field Filters = Objects("filters", "conditions, all of which must hold").UpTo(FilterLimits.MaxConditions)
        .With(Text("type").Required(), Text("column").Required(), Text("operator").Required(), Json("value"), Text("key"));

    private static readonly Field[] Place =
    [
        Integer("x", "the first column").Between(0, Placement.Columns - 1),
        Integer("y", "the first row").Between(0, Placement.MaxY),
        Integer("width", "columns").Between(1, Placement.Columns),
        Integer("height", "rows").Between(1, Placement.MaxHeight),
    ];

    private static readonly Field[] Content =
    [
        Text("type").OneOf("widget", "preset").Required(),
        Text("widgetId", "of a widget").UpTo(Placement.MaxIdLength),
        Text("presetId", "of a preset").UpTo(Placement.MaxIdLength),
    ];

    private static readonly Field Definition = Object("definition").With(
        Objects("widgets").UpTo(Placement.MaxCount).Required()
            .With([.. Content, Text("id", "unique on the dashboard").UpTo(Placement.MaxIdLength).Required(), .. Place.Select(f => f.Required())]));

    private static readonly Field View = Text("view").OneOf(DashboardWire.Views);

    private static readonly Field Dimensions = Objects("dimensions").UpTo(MetricsQuery.MaxParts).With(Text("field").Required());

    private static readonly Field Metrics = Objects("metrics").Between(1, MetricsQuery.MaxParts)
        .With(Text("measure").Required(), Text("agg").OneOf(DashboardWire.Aggregations).Required());

    private static readonly Field ChartType = Text("chartType", "TABLE and HEAT_MAP are known here only").OneOf(DashboardWire.ChartWords);

    private static readonly Field ChartConfig = Object("chartConfig").With(
        Text("type", "the same as chartType").OneOf(DashboardWire.ChartWords),
        Integer("row_limit").Between(1, WidgetChart.MaxRowLimit),
        Flag("show_value_labels"),
        Integer("bins").Between(1, WidgetChart.MaxBins),
        Object("defaultSort").With(Text("column").Required(), Text("order").OneOf("ASC", "DESC").Required()));

    public static ApiSubject Dashboards { get; } = new("Dashboards", "Widgets on a grid of twelve columns.")
    {
        Prefix = Prefix,
        Problems = [typeof(CodedErrorBody)],
        Operations =
        [
            Get("/dashboards", "Lists dashboards").Says("What changed last comes first.").Query(Paging()).Answer<PageBody<DashboardBody>>(),
            Post("/dashboards", "Creates a dashboard").Body(Name.Required(), Description, Definition, Filters).Answer<DashboardBody>().Refuse(404, 409),
            Get("/dashboards/{dashboardId}", "Gets a dashboard").Answer<DashboardBody>().Refuse(404),
            Patch("/dashboards/{dashboardId}", "Changes a dashboard").Says("What is left out stays as it is.")
                .Body(Name, Description, Definition, Filters).Answer<DashboardBody>().Refuse(404, 409),
            Delete("/dashboards/{dashboardId}", "Deletes a dashboard").Says("The widgets on it stay.").Answer<MessageBody>().Refuse(404),
            Post("/dashboards/{dashboardId}/placements", "Puts a widget on a dashboard")
                .Says("Without a place it comes below all others, six columns wide and six rows high.")
                .Body([.. Content, Text("id", "made when it is left out").UpTo(Placement.MaxIdLength), .. Place]).Answer<PlacementBody>().Refuse(404, 409),
            Patch("/dashboards/{dashboardId}/placements/{placementId}", "Moves or resizes a tile").Body(Place).Answer<PlacementBody>().Refuse(404),
            Delete("/dashboards/{dashboardId}/placements/{placementId}", "Takes a tile off a dashboard").Answer<MessageBody>().Refuse(404),
        ],
    };

    public static ApiSubject Widgets { get; } = new("Dashboard widgets", "Charts that may stand on any dashboard of their project.")
    {
        Prefix = Prefix,
        Problems = [typeof(CodedErrorBody)],
        Operations =
        [
            Get("/dashboard-widgets", "Lists widgets").Says("What changed last comes first.").Query(Paging()).Answer<PageBody<WidgetBody>>(),
            Post("/dashboard-widgets", "Creates a widget")
                .Body(Name.Required(), Description, View.Required(), Dimensions.Required(), Metrics.Required(), Filters.Required(), ChartType.Required(), ChartConfig)
                .Answer<WidgetBody>().Refuse(409),
            Get("/dashboard-widgets/{widgetId}", "Gets a widget").Answer<WidgetBody>().Refuse(404),
            Patch("/dashboard-widgets/{widgetId}", "Changes a widget").Says("What is left out stays as it is; another chartType forgets the chartConfig.")
                .Body(Name, Description, View, Dimensions, Metrics, Filters, ChartType, ChartConfig).Answer<WidgetBody>().Refuse(404),
            Delete("/dashboard-widgets/{widgetId}", "Deletes a widget").Says("409 while it stands on a dashboard.").Answer<MessageBody>().Refuse(404, 409),
        ],
    };
}
