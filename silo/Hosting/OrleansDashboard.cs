using Actors.Web.Admin;
using Actors.Web.Auth;
using Orleans.Dashboard;

namespace Actors.Silo.Hosting;

/// <summary>The dashboard of Orleans, which shows silos, activations and calls: <c>/admin/orleans</c>, behind the administrator's sign-in.</summary>
internal static class OrleansDashboard
{
    private const string Path = Administration.Path + "/orleans";

    // Nobody looks most of the time; each sample asks the whole silo.
    private const int SampleMilliseconds = 5_000;

    public static ISiloBuilder AddOrleansDashboard(this ISiloBuilder silo) =>
        AdminOptions.Read(silo.Configuration).ServesOrleansDashboard
            ? silo.AddDashboard(dashboard => dashboard.CounterUpdateIntervalMs = SampleMilliseconds)
            : silo;

    public static IClientBuilder AddOrleansDashboard(this IClientBuilder client) =>
        AdminOptions.Read(client.Configuration).ServesOrleansDashboard
            ? client.AddDashboard(dashboard => dashboard.CounterUpdateIntervalMs = SampleMilliseconds)
            : client;

    public static void UseOrleansDashboard(this WebApplication app)
    {
        if (!AdminOptions.Read(app.Configuration).ServesOrleansDashboard)
        {
            return;
        }

        // Its pages hold 60 MB of memory once they are mapped, so they are mapped for the first who comes in.
        var pages = new Lazy<RequestDelegate>(() => Pages(app.Services));
        app.MapForAdministrators(Path, context =>
        {
            // Its pages name their files relative to a folder.
            if (!context.Request.Path.HasValue)
            {
                context.Response.Redirect(Path + "/");
                return Task.CompletedTask;
            }

            // Routing has looked already, and found that no page of ours is here.
            context.SetEndpoint(null);
            return pages.Value(context);
        });
    }

    private static RequestDelegate Pages(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapOrleansDashboard());
        return app.Build();
    }
}
