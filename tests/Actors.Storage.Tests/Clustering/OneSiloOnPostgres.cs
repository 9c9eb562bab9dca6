using System.Net;
using System.Net.Sockets;
using Actors.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;

namespace Actors.Storage.Clustering;

/// <summary>A silo without actors whose members, states and reminders are in PostgreSQL.</summary>
public sealed class OneSiloOnPostgres(PostgresServer server) : IAsyncLifetime
{
    private IHost _host = null!;

    public IGrainStorage States => _host.Services.GetRequiredService<IGrainStorage>();

    public IReminderTable Reminders => _host.Services.GetRequiredService<IReminderTable>();

    public async ValueTask InitializeAsync()
    {
        var database = await server.CreateDatabaseAsync(CancellationToken.None);
        await OrleansSchema.ApplyAsync(database, CancellationToken.None);
        var connection = OrleansSchema.ConnectionString(database);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("cluster", "service"))
            .ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort())
            .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (OrleansSchema.Invariant, connection))
            .UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (OrleansSchema.Invariant, connection))
            .AddAdoNetGrainStorageAsDefault(o =>
                (o.Invariant, o.ConnectionString, o.DeleteStateOnClear) = (OrleansSchema.Invariant, connection, true)));
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
