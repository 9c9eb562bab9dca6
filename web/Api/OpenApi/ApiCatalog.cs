using Actors.Web.Api.OpenApi.Subjects;

namespace Actors.Web.Api.OpenApi;

/// <summary>
/// What is known of every route of the public API, in the order in which it is read. A test holds it against the routes
/// that are mapped.
/// </summary>
internal static class ApiCatalog
{
    public static IReadOnlyList<ApiSubject> Subjects { get; } =
    [
        IngestionSubjects.Ingestion,
        IngestionSubjects.OpenTelemetry,
        IngestionSubjects.OpenTelemetryShort,
        TracingSubjects.Traces,
        TracingSubjects.Observations,
        TracingSubjects.Sessions,
        ScoreSubjects.Scores,
        ScoreSubjects.ScoreConfigs,
        ScoreSubjects.Feedback,
        MetricsSubjects.Metrics,
        LiveSubjects.Live,
        MediaSubjects.Media,
        PromptSubjects.Prompts,
        DatasetSubjects.Datasets,
        DatasetSubjects.Runs,
        DatasetSubjects.Experiments,
        AnnotationSubjects.Comments,
        AnnotationSubjects.Queues,
        DashboardSubjects.Dashboards,
        DashboardSubjects.Widgets,
        SettingsSubjects.Models,
        SettingsSubjects.Connections,
        TeamSubjects.Projects,
        TeamSubjects.Memberships,
        ScimSubjects.Scim,
        TeamSubjects.Administration,
        SettingsSubjects.Health,
    ];
}
