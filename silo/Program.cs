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

return await StartupErrors.RunAsync(async () =>
{
    // A flag without a value would swallow the argument behind it.
    var isDemo = args.Contains(DemoTraffic.Flag);
    var builder = WebApplication.CreateBuilder([SiloDefaults.NoReload, .. args.Where(a => a != DemoTraffic.Flag)]);
    var startLog = new StartLog();
    builder.AddActorsDefaults();
    builder.AddActorsTelemetry();
    startLog.Attach(builder.Logging);
    builder.Services.AddActorsStorage();
    builder.Services.AddActorsAnalytics();
    builder.Services.AddActorsWebApi();
    builder.Services.AddActorsOtlpGrpc();
    builder.Services.AddActorsAdministration();
    builder.Services.AddActorsWebUi();
    builder.Services.AddFirstProject(isDemo);
    builder.UseActorsSilo(silo => silo.AddActorsGrains().AddActorsTelemetry().AddOrleansDashboard());
    builder.Services.AddActorsErasure();
    if (isDemo)
    {
        builder.Services.AddHostedService<DemoTraffic>();
    }

    var app = builder.Build();
    app.UsePublicScheme();
    app.UseLoopbackOnlyPages();
    app.UseActorsWebApi();
    app.UseActorsWebUi();
    app.UseOrleansDashboard();
    app.MapActorsWebApi();
    app.MapActorsWebUi();
    app.MapActorsMetrics();
    await startLog.RunAsync(app);
});
