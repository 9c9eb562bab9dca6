using Actors.Analytics;
using Actors.Grains;
using Actors.Silo.Commands;
using Actors.Silo.Demo;
using Actors.Silo.Hosting;
using Actors.Storage;
using Actors.Web;
using Actors.Web.Admin;
using Actors.Web.Auth;

if (args is [HealthCommand.Name, .. var rest])
{
    return await HealthCommand.RunAsync(rest);
}

if (args is [MigrateCommand.Name, .. var what])
{
    return await StartupErrors.RunAsync(() => MigrateCommand.RunAsync(what));
}

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
    if (node.HasSilo)
    {
        builder.Services.AddActorsStorage();
        builder.Services.AddActorsAnalytics();
    }
    else
    {
        builder.Services.AddActorsControlPlane();
        builder.Services.AddActorsPricing();
    }

    builder.Services.AddHostedService<SharedKeyRing>();
    builder.Services.AddActorsWebApi();
    if (node.HasWeb)
    {
        builder.Services.AddActorsAdministration();
        builder.Services.AddActorsWebUi();
        builder.Services.AddFirstProject(isDemo);
    }

    if (node.HasSilo)
    {
        builder.UseActorsSilo(node, silo => silo.AddActorsGrains().AddActorsTelemetry().AddOrleansDashboard());
        builder.Services.AddActorsErasure();
    }
    else
    {
        builder.UseActorsClient(node, client => client.AddActorsTelemetry().AddOrleansDashboard());
    }

    // Doors are opened after the actors are there and closed before they go.
    if (node.HasWeb)
    {
        builder.Services.AddActorsOtlpGrpc();
    }

    if (isDemo)
    {
        builder.Services.AddDemo(node);
    }

    var app = builder.Build();
    app.UsePublicScheme();
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
