using Actors.Access;
using Actors.Annotation;
using Actors.Comments;
using Actors.Dashboards;
using Actors.Datasets;
using Actors.Media;
using Actors.Scoring;
using Actors.Views;
using Actors.Web.Model.Health;
using Actors.Web.Model.Live;
using Actors.Web.Model.People;
using Actors.Web.Model.Shell.Palette;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Actors.Components;

/// <summary>What the product's components ask for, with a fake clock and fake grains, and scripts that answer nothing.</summary>
public abstract class ComponentTest : BunitContext
{
    private const string Scripts = "./_content/Actors.Web/js/";

    protected ComponentTest()
    {
        (var factory, Grains) = FakeGrains.Create();
        Services.AddMudServices();
        Services.AddSingleton(factory);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<IProjectDirectory>(new FakeDirectory());
        Services.AddSingleton(new LiveFeed(factory, Time, NullLogger<LiveFeed>.Instance));
        Services.AddSingleton<IDoorHealth>(Doors);
        Services.AddSingleton<IMediaFiles>(Files);
        Services.AddSingleton<IScoreConfigStore>(Stores);
        Services.AddSingleton<IScoreRules>(Stores);
        Services.AddSingleton<ICommentStore>(Stores);
        Services.AddSingleton<IDatasetStore>(Stores);
        Services.AddSingleton<IDatasetItemStore>(Stores);
        Services.AddSingleton<IAnnotationStore>(Stores);
        Services.AddSingleton<IMediaRemoval>(Stores);
        Services.AddSingleton<TraceDesk>();
        Services.AddSingleton(new UserEraser(factory, Stores, new NoFiles(), Time, NullLogger<UserEraser>.Instance));
        Services.AddScoped<NamePrivacy>();
        Services.AddSingleton<IDashboardStore>(Dashboards);
        Services.AddSingleton(new RowActions(factory, Stores, Stores, Stores, Stores));
        Services.AddSingleton<ISavedViewStore>(Views);
        Services.AddSingleton(FakePrompts.Create());
        Services.AddSingleton<IApiKeyStore>(new OneKey());
        Services.AddSingleton<PaletteSearch>();
        Services.AddSingleton(Shortcuts);
        Services.AddSingleton<ViewerClock>();
        Services.AddSingleton<ViewerDensity>();
        Services.AddScoped<ViewerPlace>();
        Services.AddSingleton(Presence);

        JSInterop.Mode = JSRuntimeMode.Loose;
        Chart = Object(JSInterop.SetupModule(Scripts + "live-chart.js"), "create");
        Object(JSInterop.SetupModule(Scripts + "scroll.js"), "attach");
        Bars = Object(JSInterop.SetupModule(Scripts + "category-chart.js"), "create");
        Object(JSInterop.SetupModule(Scripts + "board-grid.js"), "attach");
        ListScript = Object(JSInterop.SetupModule(Scripts + "list.js"), "attach");
        Object(JSInterop.SetupModule(Scripts + "thread.js"), "attach");
        JSInterop.SetupModule(Scripts + "names.js").Mode = JSRuntimeMode.Loose;
        WaterfallScript = Object(JSInterop.SetupModule(Scripts + "waterfall.js"), "attach");
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    private protected FakeGrains Grains { get; }

    private protected FakeViews Views { get; } = new();

    private protected FakeDoors Doors { get; } = new();

    private protected FakeStores Stores { get; } = new();

    private protected FakeFiles Files { get; } = new();

    private protected FakeDashboards Dashboards { get; } = new();

    private protected FakeTimeProvider Time { get; } = new(Sample.T0);

    private protected Shortcuts Shortcuts { get; } = new();

    private protected ViewerPresence Presence { get; } = new();

    private protected BunitJSModuleInterop Chart { get; }

    private protected BunitJSModuleInterop WaterfallScript { get; }

    private protected BunitJSModuleInterop Bars { get; }

    private protected BunitJSModuleInterop ListScript { get; }

    // Beats run on the renderer's dispatcher, what they wait for on the pool: each step of the clock leaves both a moment.
    private protected async Task BeatUntilAsync<T>(IRenderedComponent<T> page, Func<bool> condition) where T : IComponent
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(15), $"The page did not get there in 15 s:\n{page.Markup}");
            Time.Advance(TimeSpan.FromMilliseconds(500));
            await page.InvokeAsync(() => { });
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private static BunitJSModuleInterop Object(BunitJSModuleInterop module, string factory)
    {
        module.Mode = JSRuntimeMode.Loose;
        var made = module.SetupModule(invocation => invocation.Identifier == factory);
        made.Mode = JSRuntimeMode.Loose;
        return made;
    }

    private protected sealed class FakeDoors : IDoorHealth
    {
        public DoorFacts Facts { get; set; } = Sample.QuietDoors;

        public DoorFacts Read() => Facts;
    }

    private protected sealed class FakeFiles : IMediaFiles
    {
        public Dictionary<string, MediaFile> Known { get; } = [];

        public Task<MediaFile?> FindAsync(ProjectId project, string mediaId, CancellationToken cancellationToken) =>
            Task.FromResult(project == Sample.Project ? Known.GetValueOrDefault(mediaId) : null);
    }

    private sealed class NoFiles : IMediaCatalog
    {
        public Task<IReadOnlyList<string>> ListOfTracesAsync(ProjectId project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>([]);

        public Task<IReadOnlyList<MediaRecord>> RegisterAsync(
            ProjectId project, IReadOnlyList<MediaAnnouncement> announcements, MediaUploadReport? upload, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task LinkAsync(
            ProjectId project, IReadOnlyCollection<(string MediaId, MediaLink Link)> links, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> ReportAsync(ProjectId project, string id, MediaUploadReport report, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<MediaRecord>> FindAsync(ProjectId project, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<MediaAnnouncement>> FindMissingAsync(
            ProjectId project, IReadOnlyList<MediaAnnouncement> announcements, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class OneKey : IApiKeyStore
    {
        public Task<IReadOnlyList<ApiKeyRecord>> ListAsync(TeamScope scope, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ApiKeyRecord>>(
            scope.Project?.Value == "support" ? [new("pk-lf-first", "sk-lf-...abcd", null, DateTimeOffset.UnixEpoch)] : []);

        public Task<ApiKeyRecord?> CreateAsync(TeamScope scope, NewApiKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> DeleteAsync(TeamScope scope, string id, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class FakeDirectory : IProjectDirectory
    {
        private static readonly IReadOnlyList<ProjectInfo> All =
            [new(Sample.Project, "Support copilot", "org", "Nordwind"), new(new ProjectId("sales"), "Sales agent", "org", "Nordwind")];

        public ValueTask<ProjectInfo?> FindAsync(ProjectId project, CancellationToken cancellationToken) =>
            ValueTask.FromResult(All.FirstOrDefault(p => p.Id == project));

        public Task<IReadOnlyList<ProjectInfo>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(All);

        public ValueTask<ProjectInfo?> FindBySecretKeyAsync(string secretKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ProjectInfo?> FindByPublicKeyAsync(string publicKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<OrganizationInfo?> FindOrganizationBySecretKeyAsync(string secretKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ProjectInfo> EnsureAsync(ProjectSetup setup, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
