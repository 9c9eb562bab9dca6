using System.Diagnostics.Metrics;
using Actors.Access;
using Actors.Annotation;
using Actors.Comments;
using Actors.Connections;
using Actors.Datasets;
using Actors.Feedback;
using Actors.Pricing;
using Actors.Media;
using Actors.Operations;
using Actors.Prompts;
using Actors.Scoring;
using Actors.Storage.Access;
using Actors.Storage.Annotation;
using Actors.Storage.Backups;
using Actors.Storage.Comments;
using Actors.Storage.Connections;
using Actors.Storage.Control;
using Actors.Storage.Control.Postgres;
using Actors.Storage.Control.Sqlite;
using Actors.Storage.Datasets;
using Actors.Storage.Feedback;
using Actors.Storage.Postgres;
using Actors.Storage.Pricing;
using Actors.Storage.Media;
using Actors.Storage.Prompts;
using Actors.Storage.Scoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Storage;

/// <summary>Registers the storage.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds the event log and the control plane of the chosen provider (<see cref="StorageOptions"/>, <see cref="EventLogOptions"/>).
    /// They open before any hosted service starts; what hinders them ends the start with a <see cref="StorageSetupException"/> or an
    /// <see cref="OptionsValidationException"/>.
    /// </summary>
    public static IServiceCollection AddActorsStorage(this IServiceCollection services)
    {
        services.AddOptions<EventLogOptions>().BindConfiguration(EventLogOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventLogOptions>, EventLogOptionsValidator>());
        services.AddEventLog();
        services.TryAddSingleton<MediaCleanup>();
        services.AddActorsControlPlane();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MediaCleaner>());
        return services;
    }

    /// <summary>Adds the control plane alone, for a node that has the log from others.</summary>
    public static IServiceCollection AddActorsControlPlane(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(s => new StorageInstruments(s.GetService<IMeterFactory>()));
        services.TryAddSingleton(s => DataDirectory.Open(s.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory));
        services.TryAddSingleton(s => SharedDirectory.Open(s.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.TryAddSingleton(OpenListener);
        services.TryAddSingleton(OpenControlPlane);
        services.TryAddSingleton(s => s.GetRequiredService<ControlDatabase>().Turns);
        services.TryAddSingleton<IDbContextFactory<ControlDbContext>>(s => s.GetRequiredService<ControlDatabase>());
        services.TryAddSingleton<ProjectDirectory>();
        services.TryAddSingleton<IProjectDirectory>(s => s.GetRequiredService<ProjectDirectory>());
        services.TryAddSingleton<IOrganizationStore, OrganizationStore>();
        services.TryAddSingleton<IProjectStore, ProjectStore>();
        services.TryAddSingleton<IApiKeyStore, ApiKeyStore>();
        services.TryAddSingleton<IMembershipStore, MembershipStore>();
        services.TryAddSingleton<IUserStore, UserStore>();
        services.TryAddSingleton<IPromptStore, PromptStore>();
        services.TryAddSingleton<IScoreConfigStore, ScoreConfigStore>();
        services.TryAddSingleton<IScoreRules, ScoreRules>();
        services.TryAddSingleton<IFeedbackPolicyStore, FeedbackPolicyStore>();
        services.TryAddSingleton<ICommentStore, CommentStore>();
        services.TryAddSingleton<IAnnotationStore, AnnotationStore>();
        services.TryAddSingleton<ILlmConnectionStore, LlmConnectionStore>();
        services.TryAddSingleton<IModelStore, ModelStore>();
        services.TryAddSingleton<IMediaCatalog, MediaCatalog>();
        services.TryAddSingleton<FileMediaStore>();
        services.TryAddSingleton<IMediaStore>(s => s.GetRequiredService<FileMediaStore>());
        services.TryAddSingleton<MediaRemoval>();
        services.TryAddSingleton<IMediaRemoval>(s => s.GetRequiredService<MediaRemoval>());
        services.TryAddSingleton<IDatasetStore, DatasetStore>();
        services.TryAddSingleton<IDatasetItemStore, DatasetItemStore>();
        services.TryAddSingleton<IDatasetRunStore, DatasetRunStore>();
        services.TryAddSingleton<IDatasetRunFeed, DatasetRunFeed>();
        services.TryAddSingleton<EmbeddedBackups>();
        services.TryAddSingleton<IBackups>(s => s.GetRequiredService<IOptions<StorageOptions>>().Value.IsPostgres
            ? new PostgresBackups()
            : s.GetRequiredService<EmbeddedBackups>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StorageStartup>());
        return services;
    }

    private static ControlDatabase OpenControlPlane(IServiceProvider services) =>
        services.GetRequiredService<IOptions<StorageOptions>>().Value is { IsPostgres: true } options
            ? OpenPostgresControlPlane(services, options.Postgres.ConnectionString!)
            : new SqliteControlDatabase(services.GetRequiredService<DataDirectory>());

    // Apart, so that a start with SQLite does not load the library of the other.
    private static PostgresControlDatabase OpenPostgresControlPlane(IServiceProvider services, string connectionString) =>
        new(connectionString, services.GetRequiredService<NodeListener>(), services.GetRequiredService<TimeProvider>());

    private static NodeListener OpenListener(IServiceProvider services) => new(
        services.GetRequiredService<IOptions<StorageOptions>>().Value.Postgres.ConnectionString!,
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<NodeListener>>());
}
