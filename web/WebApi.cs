using System.Diagnostics.Metrics;
using Actors.Connections;
using Actors.Tracing;
using Actors.Web.Api;
using Actors.Web.Api.Annotation;
using Actors.Web.Api.Comments;
using Actors.Web.Api.Connections;
using Actors.Web.Api.Dashboards;
using Actors.Web.Api.Experiments;
using Actors.Web.Api.Feedback;
using Actors.Web.Api.Legacy;
using Actors.Web.Api.Metrics;
using Actors.Web.Api.Observations;
using Actors.Web.Api.OpenApi;
using Actors.Web.Api.Operations;
using Actors.Web.Api.Prompts;
using Actors.Web.Api.ScoreConfigs;
using Actors.Web.Api.Scores;
using Actors.Web.Api.Teams;
using Actors.Web.Auth;
using Actors.Web.Hubs;
using Actors.Web.Feedback;
using Actors.Web.Ingestion;
using Actors.Web.Model.Health;
using Actors.Web.Model.Live;
using Actors.Web.Otlp;
using Actors.Web.Otlp.Files;
using Actors.Web.Otlp.Grpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Web;

/// <summary>The public HTTP API: <c>/api/public</c>.</summary>
public static class WebApi
{
    /// <summary>The name of the meter of requests and events.</summary>
    public const string MeterName = WebInstruments.MeterName;

    private const string Prefix = "/api/public";
    private const string AdminPrefix = "/api/admin";

    // Where the OpenTelemetry protocol itself has its paths.
    private const string OtlpPrefix = "/v1";

    /// <summary>
    /// Adds the public API. The host adds <see cref="IGrainFactory"/> and <see cref="Access.IProjectDirectory"/>.
    /// </summary>
    public static IServiceCollection AddActorsWebApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<IngestionOptions>().BindConfiguration(IngestionOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<Microsoft.Extensions.Options.IValidateOptions<IngestionOptions>, IngestionOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InFlightBudget>();
        services.TryAddSingleton(p => new WebInstruments(
            p.GetRequiredService<InFlightBudget>(), p.GetRequiredService<MemoryGuard>(), p.GetRequiredService<LiveLimits>(), p.GetService<IMeterFactory>()));
        services.TryAddSingleton(p => new MemoryGuard(
            p.GetRequiredService<Microsoft.Extensions.Options.IOptions<IngestionOptions>>(), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ReadModelLag>();
        services.TryAddSingleton<Admission>();
        services.TryAddSingleton<IDoorHealth>(p => new DoorHealth(
            p.GetRequiredService<Admission>(),
            p.GetRequiredService<InFlightBudget>(),
            p.GetRequiredService<MemoryGuard>(),
            p.GetRequiredService<Microsoft.Extensions.Options.IOptions<IngestionOptions>>(),
            p.GetService<IAppendBacklog>()));
        services.TryAddSingleton<StreamAppender>();
        services.TryAddSingleton<RateLimit>();
        services.AddOptions<AdminOptions>().BindConfiguration(AdminOptions.Section)
            .PostConfigure<IConfiguration>(static (admin, configuration) => admin.Complete(configuration)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Microsoft.Extensions.Options.IValidateOptions<AdminOptions>, AdminOptionsValidator>());
        services.TryAddSingleton<AdminKey>();
        services.TryAddSingleton<ProjectAuthenticator>();
        services.AddOptions<ClientAddressOptions>().BindConfiguration(ClientAddressOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<Microsoft.Extensions.Options.IValidateOptions<ClientAddressOptions>, ClientAddressOptionsValidator>());
        services.TryAddSingleton<ClientAddress>();
        services.TryAddSingleton<FeedbackLimits>();
        services.TryAddSingleton<FeedbackDoor>();
        services.TryAddSingleton<CommentObjects>();
        services.AddDataProtection();
        services.TryAddSingleton<ISecretProtector, SecretProtector>();
        services.TryAddSingleton<IngestionEndpoint>();
        services.TryAddSingleton<OtlpReceiver>();
        services.TryAddSingleton<FileKeeper>();
        services.TryAddSingleton<SingleEventReader>();
        services.TryAddSingleton<ScoreGate>();
        services.TryAddSingleton<OtlpEndpoint>();
        services.AddOptions<PublicAddressOptions>().BindConfiguration(PublicAddressOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<Microsoft.Extensions.Options.IValidateOptions<PublicAddressOptions>, PublicAddressOptionsValidator>());
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Microsoft.Extensions.Options.IValidateOptions<MediaOptions>, MediaOptionsValidator>());
        services.TryAddSingleton<MediaUrls>();
        services.TryAddSingleton<Model.Chat.IMediaFiles, MediaFiles>();
        services.TryAddSingleton<DatasetItemMapper>();
        services.TryAddSingleton<ExperimentFeed>();
        services.TryAddSingleton<ExperimentItemFeed>();
        services.TryAddSingleton<LinkedItemReader>();
        services.TryAddSingleton<LiveFeed>();
        services.AddLiveHub();
        services.TryAddSingleton<ApiDocument>();
        return services;
    }

    /// <summary>
    /// Receives OpenTelemetry over gRPC too, on a port of its own (<see cref="OtlpOptions"/>). Needs
    /// <see cref="AddActorsWebApi"/>; <see cref="GrpcDoorAddress"/> tells where.
    /// </summary>
    public static IServiceCollection AddActorsOtlpGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<OtlpOptions>().BindConfiguration(OtlpOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<Microsoft.Extensions.Options.IValidateOptions<OtlpOptions>, OtlpOptionsValidator>());
        services.TryAddSingleton<OtlpGrpcEndpoint>();
        services.TryAddSingleton<GrpcDoorAddress>();
        services.AddHostedService<GrpcDoor>();
        return services;
    }

    /// <summary>
    /// Serves errors and cross-origin requests of the public API as the contract says. Call it before routing, and so
    /// before <see cref="MapActorsWebApi"/>.
    /// </summary>
    public static IApplicationBuilder UseActorsWebApi(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // SignalR brings authorization services along, for which the host would put its own middleware in front: that one makes
        // every route at the start, half a second long, and no route here has a policy of it. Filters let callers in.
        app.Properties["__AuthorizationMiddlewareSet"] = true;
        return app.UseMiddleware<OutageAnswer>().UseWhen(
            static context => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase)
                || context.Request.Path.StartsWithSegments(AdminPrefix, StringComparison.OrdinalIgnoreCase)
                || context.Request.Path.StartsWithSegments(OtlpPrefix, StringComparison.OrdinalIgnoreCase)
                || context.Request.Path.StartsWithSegments(LiveHubDoor.Path, StringComparison.OrdinalIgnoreCase),
            static api => api.UseMiddleware<CrossOrigin>().UseMiddleware<ApiErrors>());
    }

    /// <summary>
    /// Maps how the server does: <c>/health</c> and <c>/ready</c>, also under <c>/api/public</c>. All that a node without the public
    /// API has of it.
    /// </summary>
    public static IEndpointRouteBuilder MapActorsHealth(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        HealthEndpoints.Map(routes);
        HealthEndpoints.Map(routes.MapGroup(Prefix));
        return routes;
    }

    /// <summary>Maps the routes of the public API.</summary>
    public static IEndpointRouteBuilder MapActorsWebApi(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var api = routes.MapGroup(Prefix).DisableAntiforgery();
        routes.MapActorsHealth();
        api.MapPost("/ingestion", static (HttpContext context, IngestionEndpoint endpoint) => endpoint.HandleAsync(context));

        ScoreWriteEndpoints.MapPublic(api.MapGroup("").AddEndpointFilter<ScoreKeyFilter>().AddEndpointFilter(new AdmissionFilter(IngestDoor.Score)));

        var project = api.MapGroup("").AddEndpointFilter<ProjectFilter>();
        MapOtlp(project.MapGroup("/otel" + OtlpPrefix));
        MapOtlp(routes.MapGroup(OtlpPrefix).DisableAntiforgery().AddEndpointFilter<ProjectFilter>());
        ProjectEndpoints.Map(project);
        TraceEndpoints.Map(project);
        TraceDeleteEndpoints.Map(project);
        LegacyEventEndpoints.Map(project.MapGroup("").AddEndpointFilter(new AdmissionFilter(IngestDoor.Single)));
        ObservationEndpoints.Map(project);
        ObservationsV2Endpoint.Map(project);
        SessionEndpoints.Map(project);
        ScoreReadEndpoints.Map(project);
        ScoreWriteEndpoints.Map(project);
        MetricsEndpoints.Map(project);
        PromptEndpoints.Map(project);
        LegacyPromptEndpoints.Map(project);
        ScoreConfigEndpoints.Map(project);
        FeedbackEndpoints.Map(project);
        CommentEndpoints.Map(project);
        AnnotationQueueEndpoints.Map(project);
        AnnotationItemEndpoints.Map(project);
        MapDashboards(project.MapGroup(CodedErrors.Prefix));
        LlmConnectionEndpoints.Map(project);
        ModelEndpoints.Map(project);
        MediaFileEndpoints.Map(api);
        MediaEndpoints.Map(project);
        DatasetEndpoints.Map(project);
        DatasetItemEndpoints.Map(project);
        DatasetRunEndpoints.Map(project);
        ExperimentEndpoints.Map(project);
        LiveTokenEndpoint.Map(project);
        LiveStreamEndpoints.Map(api);
        LiveHubDoor.Map(routes);
        LiveEndpoints.Map(routes);
        MapTeams(routes, api);
        OpenApiEndpoint.Map(routes);
        return routes;
    }

    private static void MapDashboards(RouteGroupBuilder unstable)
    {
        DashboardEndpoints.Map(unstable);
        DashboardPlacementEndpoints.Map(unstable);
        DashboardWidgetEndpoints.Map(unstable);
    }

    private static void MapTeams(IEndpointRouteBuilder routes, RouteGroupBuilder api)
    {
        var organization = api.MapGroup("").AddEndpointFilter<OrganizationFilter>();
        ManagedProjectEndpoints.Map(organization);
        ApiKeyEndpoints.Map(organization);
        MembershipEndpoints.Map(organization);
        ScimEndpoints.Map(organization.MapGroup("/scim"));
        var admin = routes.MapGroup(AdminPrefix).DisableAntiforgery().AddEndpointFilter<AdminFilter>();
        AdminEndpoints.Map(admin);
        BackupEndpoints.Map(admin);
    }

    private static void MapOtlp(RouteGroupBuilder routes)
    {
        routes.MapPost("/traces", static (HttpContext context, OtlpEndpoint endpoint) => endpoint.HandleAsync(context));
        routes.MapPost("/metrics", static (HttpContext context) => OtlpEndpoint.IgnoreAsync(context));
    }
}
