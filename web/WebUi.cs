using Actors.Web.Api.OpenApi;
using Actors.Web.Components;
using Actors.Web.Export;
using Actors.Web.Model.ApiDocs;
using Actors.Web.Model.Live;
using Actors.Web.Model.People;
using Actors.Web.Model.Shell.Palette;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;

namespace Actors.Web;

/// <summary>The pages of the product.</summary>
public static class WebUi
{
    // Scripts come from files of ours alone. Styles in attributes place bars and rows, and MudBlazor writes its theme into the page.
    // The dashboard of Orleans has its fonts in its style sheet. Sounds and documents of traces come from this server, like everything.
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "media-src 'self'; frame-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    /// <summary>Adds the pages and what they need. Expects an <see cref="IGrainFactory"/>, an <see cref="Access.IProjectDirectory"/> and
    /// <see cref="WebApi.AddActorsWebApi"/>.</summary>
    public static IServiceCollection AddActorsWebUi(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            // A dropped circuit keeps its memory; a viewer who comes back later loads the page again.
            options.DisconnectedCircuitMaxRetained = 50;
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
        })
        // A correction comes in one message; the usual 32 KB would end the circuit of whoever writes a long one.
        .AddHubOptions(options => options.MaximumReceiveMessageSize = 1 << 20);
        services.AddMudServices(static mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.MaxDisplayedSnackbars = 4;
            mud.SnackbarConfiguration.ShowTransitionDuration = 0;
            mud.SnackbarConfiguration.HideTransitionDuration = 0;
            mud.SnackbarConfiguration.VisibleStateDuration = 6_000;
            mud.SnackbarConfiguration.SnackbarVariant = Variant.Text;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LiveFeed>();
        services.TryAddSingleton(static s => ApiReference.Of(s.GetRequiredService<ApiDocument>()));
        services.TryAddSingleton<Model.Trace.TraceDesk>();
        services.TryAddSingleton<RowActions>();
        services.TryAddScoped<ViewerClock>();
        services.TryAddScoped<ViewerDensity>();
        services.TryAddScoped<ViewerPlace>();
        services.TryAddScoped<ViewerPresence>();
        services.TryAddScoped<Shortcuts>();
        services.TryAddScoped<NamePrivacy>();
        services.TryAddSingleton<UserEraser>();
        services.TryAddSingleton<PaletteSearch>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, PresenceCircuitHandler>());
        return services;
    }

    /// <summary>Adds what the pages ask of the pipeline: the content policy and antiforgery. Call it before the endpoints run.</summary>
    public static IApplicationBuilder UseActorsWebUi(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            context.Response.OnStarting(static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                if (headers.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal))
                {
                    headers.ContentSecurityPolicy = ContentPolicy;
                    headers.XContentTypeOptions = "nosniff";
                    headers["Referrer-Policy"] = "same-origin";
                }
                return Task.CompletedTask;
            }, context);
            return next(context);
        });
        return app.UseAntiforgery();
    }

    /// <summary>Maps the pages and their static files.</summary>
    public static IEndpointRouteBuilder MapActorsWebUi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets();
        Api.TraceFileEndpoint.Map(endpoints);
        ListExport.Map(endpoints);
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return endpoints;
    }
}
