using Actors.Grains;
using Actors.Storage;
using Actors.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Web.Tests;

/// <summary>The API on a real Kestrel, with stores of its own and grains that can be changed for new ones.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-web-").FullName;
    private readonly WebApplication _app;
    private FakeGrains _grains = new();

    private ApiHost(Action<IServiceCollection> add, (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create("Actors:Otlp:GrpcPort", (string?)"0"), KeyValuePair.Create("Actors:DataDirectory", (string?)_directory)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(GrainFactoryProxy.Create(() => _grains));
        add(builder.Services);
        builder.Services.AddActorsStorage();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddActorsPricing();
        builder.Services.AddActorsWebApi();
        builder.Services.AddActorsOtlpGrpc();
        _app = builder.Build();
        _app.UseActorsWebApi();
        _app.MapActorsWebApi();
    }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<ApiHost> StartAsync(Action<IServiceCollection> add, (string Key, string Value)[] settings)
    {
        var host = new ApiHost(add, settings);
        await host._app.StartAsync();
        return host;
    }

    /// <summary>Changes the grains for new ones that nobody has told anything.</summary>
    public FakeGrains Renew() => _grains = new FakeGrains { Log = Services.GetRequiredService<IEventLog> };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
