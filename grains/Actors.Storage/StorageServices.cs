using System.Diagnostics.Metrics;
using Actors.Access;
using Actors.Annotation;
using Actors.Comments;
using Actors.Connections;
using Actors.Datasets;
using Actors.Feedback;
using Actors.Pricing;
using Actors.Media;
using Actors.Prompts;
using Actors.Scoring;
using Actors.Storage.Access;
using Actors.Storage.Annotation;
using Actors.Storage.Comments;
using Actors.Storage.Connections;
using Actors.Storage.Control;
using Actors.Storage.Datasets;
using Actors.Storage.Feedback;
using Actors.Storage.Pricing;
using Actors.Storage.Media;
using Actors.Storage.Prompts;
using Actors.Storage.Scoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
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
        services.AddEventLog();
        services.TryAddSingleton<ControlDatabase>();
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
        services.TryAddSingleton<MediaCleanup>();
        services.TryAddSingleton<MediaRemoval>();
        services.TryAddSingleton<IMediaRemoval>(s => s.GetRequiredService<MediaRemoval>());
        services.TryAddSingleton<IDatasetStore, DatasetStore>();
        services.TryAddSingleton<IDatasetItemStore, DatasetItemStore>();
        services.TryAddSingleton<IDatasetRunStore, DatasetRunStore>();
        services.TryAddSingleton<IDatasetRunFeed, DatasetRunFeed>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StorageStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MediaCleaner>());
        return services;
    }
}
