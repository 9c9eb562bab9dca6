using Actors.Storage.Control;
using Actors.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Storage;

/// <summary>Opens the stores before any other hosted service starts, so that a fault shows at once and once.</summary>
internal sealed partial class StorageStartup(IServiceProvider services, TimeProvider time, ILogger<StorageStartup> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var directory = services.GetRequiredService<DataDirectory>();
        var log = services.GetService<IEventLog>();
        var control = services.GetRequiredService<ControlDatabase>();
        await control.MigrateAsync(cancellationToken);
        control.Listen();
        LogOpened(directory.Path, log?.LogId, time.GetElapsedTime(started).TotalMilliseconds);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => services.GetRequiredService<ControlDatabase>().StopListeningAsync();
}
