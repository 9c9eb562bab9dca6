using System.Collections.Concurrent;
using Actors.Access;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Actors.Web.Tests.IdleServers))]

namespace Actors.Web.Tests;

/// <summary>
/// Servers that no test has now. Hundreds of tests need one as it comes and leave nothing in it but what its grains remember, and these
/// are new for each: to start a server for each would take most of the time of all tests.
/// </summary>
public sealed class IdleServers : IAsyncDisposable
{
    private static readonly ConcurrentBag<ApiHost> Idle = [];

    public async ValueTask DisposeAsync()
    {
        while (Idle.TryTake(out var host))
        {
            await host.DisposeAsync();
        }
    }

    internal static async Task<ApiHost> TakeAsync() =>
        Idle.TryTake(out var host) ? host : await ApiHost.StartAsync(services => services.AddSingleton<IProjectDirectory, FakeProjects>(), []);

    internal static ValueTask GiveBackAsync(ApiHost host)
    {
        Idle.Add(host);
        return ValueTask.CompletedTask;
    }
}
