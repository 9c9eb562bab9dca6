using Actors.Analytics;
using Actors.Grains;
using Actors.Silo.Demo;
using Actors.Silo.Hosting;
using Actors.Storage;
using Actors.Web;
using Actors.Web.Admin;
using Actors.Web.Auth;

return await StartupErrors.RunAsync(async () =>
{
    // A flag without a value would swallow the argument behind it.
    var isDemo = args.Contains(DemoTraffic.Flag);
    var builder = WebApplication.CreateBuilder([SiloDefaults.NoReload, .. args.Where(a => a != DemoTraffic.Flag)]);
    var node = Node.Read(builder.Configuration);
    var startLog = new StartLog();
    builder.AddActorsDefaults();
    builder.AddActorsTelemetry();
    startLog.Attach(builder.Logging);
    builder.Services.AddNode(node);
    builder.Services.AddActorsStorage();
    builder.Services.AddActorsWebApi();
    if (node.HasWeb)
    {
        builder.Services.AddActorsOtlpGrpc();
        builder.Services.AddActorsAdministration();
        builder.Services.AddActorsWebUi();
        builder.Services.AddFirstProject(isDemo);
    }

    if (node.HasSilo)
    {
        builder.Services.AddActorsAnalytics();
        builder.UseActorsSilo(node, silo => silo.AddActorsGrains().AddActorsTelemetry().AddOrleansDashboard());
        builder.Services.AddActorsErasure();
    }
    else
    {
        builder.Services.AddActorsPricing();
        builder.UseActorsClient(node, client => client.AddActorsTelemetry().AddOrleansDashboard());
    }

    if (isDemo)
    {
        builder.Services.AddDemo(node);
    }

    var app = builder.Build();
    app.UseLoopbackOnlyPages();
    if (node.HasWeb)
    {
        app.UseActorsWebApi();
        app.UseActorsWebUi();
        app.UseOrleansDashboard();
        app.MapActorsWebApi();
        app.MapActorsWebUi();
    }
    else
    {
        app.MapActorsHealth();
    }

    app.MapActorsMetrics();
    await startLog.RunAsync(app);
});
