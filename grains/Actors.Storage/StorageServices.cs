using System.Diagnostics.Metrics;
using Actors.Access;
using Actors.Datasets;
using Actors.Media;
using Actors.Prompts;
using Actors.Storage.Control;
using Actors.Storage.Datasets;
using Actors.Storage.Media;
using Actors.Storage.Prompts;
using Actors.Storage.Sqlite;
using Actors.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Storage;

/// <summary>Registers the storage.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds the event log and the control plane in the data directory (<see cref="StorageOptions"/>,
    /// <see cref="EventLogOptions"/>). They open before any hosted service starts; what hinders them ends the start with a
    /// <see cref="StorageSetupException"/> or an <see cref="OptionsValidationException"/>.
    /// </summary>
    public static IServiceCollection AddActorsStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddOptions<EventLogOptions>().BindConfiguration(EventLogOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventLogOptions>, EventLogOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(s => new StorageInstruments(s.GetService<IMeterFactory>()));
        services.TryAddSingleton(s => DataDirectory.Open(s.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory));
        services.TryAddSingleton<IEventLog>(s => SqliteEventLog.Open(
            s.GetRequiredService<DataDirectory>(),
            s.GetRequiredService<IOptions<EventLogOptions>>().Value,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<StorageInstruments>(),
            s.GetRequiredService<ILogger<SqliteEventLog>>()));
        services.TryAddSingleton<ControlDatabase>();
        services.TryAddSingleton<IDbContextFactory<ControlDbContext>>(s => s.GetRequiredService<ControlDatabase>());
        services.TryAddSingleton<IProjectDirectory, ProjectDirectory>();
        services.TryAddSingleton<IMediaCatalog, MediaCatalog>();
        services.TryAddSingleton<IMediaStore, FileMediaStore>();
        services.TryAddSingleton<IDatasetStore, DatasetStore>();
        services.TryAddSingleton<IDatasetItemStore, DatasetItemStore>();
        services.TryAddSingleton<IDatasetRunStore, DatasetRunStore>();
        services.TryAddSingleton<IPromptStore, PromptStore>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StorageStartup>());
        return services;
    }
}
