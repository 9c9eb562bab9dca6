using Actors.Web.Api;
using Actors.Web.Api.Scores;
using Actors.Web.Api.Prompts;
using Actors.Web.Auth;
using Actors.Web.Ingestion;
using Actors.Web.Model.Live;
using Actors.Web.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Web;

/// <summary>The public HTTP API: <c>/api/public</c>.</summary>
public static class WebApi
{
    private const string Prefix = "/api/public";

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
        services.TryAddSingleton<IPricingAttributeKeys, DefaultPricingAttributeKeys>();
        services.TryAddSingleton<IngestionParser>();
        services.TryAddSingleton<InFlightBudget>();
        services.TryAddSingleton<StreamAppender>();
        services.TryAddSingleton<RateLimit>();
        services.TryAddSingleton<ProjectAuthenticator>();
        services.TryAddSingleton<IngestionEndpoint>();
        services.TryAddSingleton<OtlpEndpoint>();
        services.AddDataProtection();
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<MediaUrls>();
        services.TryAddSingleton<DatasetItemMapper>();
        services.TryAddSingleton<LiveFeed>();
        return services;
    }

    /// <summary>
    /// Serves errors and cross-origin requests of the public API as the contract says. Call it before routing, and so
    /// before <see cref="MapActorsWebApi"/>.
    /// </summary>
    public static IApplicationBuilder UseActorsWebApi(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseWhen(
            static context => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase),
            static api => api.UseMiddleware<CrossOrigin>().UseMiddleware<ApiErrors>());
    }

    /// <summary>Maps the routes of the public API.</summary>
    public static IEndpointRouteBuilder MapActorsWebApi(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var api = routes.MapGroup(Prefix).DisableAntiforgery();
        HealthEndpoints.Map(api);
        api.MapPost("/ingestion", static (HttpContext context, IngestionEndpoint endpoint) => endpoint.HandleAsync(context));

        var project = api.MapGroup("").AddEndpointFilter<ProjectFilter>();
        project.MapPost("/otel/v1/traces", static (HttpContext context, OtlpEndpoint endpoint) => endpoint.HandleAsync(context));
        project.MapPost("/otel/v1/metrics", static (HttpContext context) => OtlpEndpoint.IgnoreAsync(context));
        ProjectEndpoints.Map(project);
        TraceEndpoints.Map(project);
        ObservationEndpoints.Map(project);
        SessionEndpoints.Map(project);
        ScoreReadEndpoints.Map(project);
        MediaFileEndpoints.Map(api);
        MediaEndpoints.Map(project);
        DatasetEndpoints.Map(project);
        DatasetItemEndpoints.Map(project);
        DatasetRunEndpoints.Map(project);
        PromptEndpoints.Map(project);
        LegacyPromptEndpoints.Map(project);
        LiveEndpoints.Map(routes);
        return routes;
    }
}
