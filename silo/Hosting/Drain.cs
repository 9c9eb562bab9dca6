namespace Actors.Silo.Hosting;

/// <summary>
/// A node that is asked to stop first says that it is not ready, and serves on until whoever sends it requests has heard of it.
/// Only then does it stop to listen, end the requests under way and hand its actors over.
/// </summary>
internal sealed class Drain(Node node, TimeProvider time) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.Delay(node.DrainDelay, time, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
