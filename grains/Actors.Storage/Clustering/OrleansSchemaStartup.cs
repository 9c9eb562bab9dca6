using Microsoft.Extensions.Hosting;

namespace Actors.Storage.Clustering;

/// <summary>Brings <see cref="OrleansSchema"/> up to date before Orleans reads its statements.</summary>
/// <param name="database">The connection string of the database.</param>
public sealed class OrleansSchemaStartup(string database) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => OrleansSchema.ApplyAsync(database, cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
