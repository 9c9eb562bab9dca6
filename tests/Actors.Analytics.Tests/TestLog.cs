using Actors.Grains;
using Actors.Pricing;
using Actors.Storage;
using Actors.Testing;
using Actors.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Analytics;

/// <summary>The real SQLite log and the real fold in a directory of their own.</summary>
internal sealed class TestLog : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Dictionary<StreamId, long> _versions = [];

    public TestLog()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("actors-analytics-").FullName;
        _services = Build(Directory);
        Log = _services.GetRequiredService<IEventLog>();
        Folder = _services.GetRequiredService<IStreamFolder>();
    }

    public static ProjectId Project { get; } = new("project-1");

    public string Directory { get; }

    public IEventLog Log { get; }

    public IStreamFolder Folder { get; }

    /// <summary>Appends the next row of a stream.</summary>
    public async Task<long> AppendAsync(StreamId stream, DateTimeOffset receivedAt, params StreamEvent[] events)
    {
        var version = _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        var outcome = await Log.AppendAsync(
            new LogAppend
            {
                Project = Project,
                Stream = stream,
                Version = version,
                AppendId = Guid.NewGuid(),
                PriceBook = 1,
                ReceivedAt = receivedAt,
                Events = events,
            },
            TestContext.Current.CancellationToken);
        Assert.False(outcome.IsConflict);
        return outcome.Position;
    }

    /// <summary>Deletes a stream that has rows; returns null when it has none.</summary>
    public async Task<long?> DeleteAsync(StreamId stream, DateTimeOffset receivedAt)
    {
        if (!_versions.TryGetValue(stream, out var version))
        {
            return null;
        }

        _versions[stream] = version + 1;
        var outcome = await Log.DeleteStreamAsync(
            new LogDeletion { Project = Project, Stream = stream, Version = version + 1, AppendId = Guid.NewGuid(), ReceivedAt = receivedAt },
            TestContext.Current.CancellationToken);
        Assert.False(outcome.IsConflict);
        return outcome.Position;
    }

    /// <summary>Folds every stream from the log alone: what the read model must say.</summary>
    public async Task<IReadOnlyList<IStreamFold>> FoldAllAsync()
    {
        var folds = new List<IStreamFold>();
        foreach (var stream in _versions.Keys)
        {
            await Folder.PrepareAsync(Project, [], TestContext.Current.CancellationToken);
            var fold = Folder.Start(Project, stream, LogText.With);
            fold.Load(await Log.ReadStreamAsync(Project, stream, LogText.With, TestContext.Current.CancellationToken));
            folds.Add(fold);
        }

        return folds;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static ServiceProvider Build(string directory)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Actors:DataDirectory"] = directory })
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton<IModelStore>(new InMemoryModelStore())
            .AddLogging().AddActorsStorage();
        new SiloParts(services, configuration).AddActorsGrains();
        return services.BuildServiceProvider();
    }

    private sealed class SiloParts(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration => configuration;
    }
}
