using Actors.Nodes;
using Microsoft.AspNetCore.DataProtection;

namespace Actors.Silo.Hosting;

/// <summary>
/// Makes the first key that protects cookies and secrets, one node after the other. Nodes that made one each at the same time would
/// not read what the others wrote until they look for new keys, which they do once a day.
/// </summary>
internal sealed class SharedKeyRing(IDataProtectionProvider protection, INodeTurns turns) : IHostedLifecycleService
{
    /// <summary>Before any other service starts, so that none makes a key first.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => turns.RunAsync(
        "first key",
        _ =>
        {
            // The first use reads the keys that there are, and makes one if there is none.
            protection.CreateProtector("Actors.KeyRing").Protect([1]);
            return Task.CompletedTask;
        },
        cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
