using Actors.Analytics.Bases;
using Actors.Analytics.Ingest;
using Actors.Queries;
using Actors.Tracing;
using DuckDB.NET.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Analytics;

/// <summary>The read model over a log, registered as a host would do it.</summary>
internal sealed class TestReadModel : IAsyncDisposable
{
    private readonly ErrorLog _errors = new();
    private readonly LogWatch _watch = new();
    private readonly ServiceProvider _services;

    public TestReadModel(
        TestLog log, string? directory = null, Action<AnalyticsOptions>? configure = null, IEventLog? instead = null, BaseOptions? bases = null)
    {
        Directory = directory ?? Path.Combine(log.Directory, "analytics");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Actors:Analytics:Directory"] = Directory })
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration).AddLogging(logging => logging.AddProvider(_errors).AddProvider(_watch))
            .AddSingleton(instead ?? log.Log).AddSingleton(log.Folder)
            .AddActorsAnalytics();
        services.Configure<AnalyticsOptions>(options =>
        {
            options.ReadWait = TimeSpan.FromSeconds(10);
            options.HistoryCacheTime = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        if (bases is not null)
        {
            services.AddSingleton(Options.Create(bases));
        }

        _services = services.BuildServiceProvider();
    }

    public string Directory { get; }

    public string File => Path.Combine(Directory, $"{TestLog.Project.Value}.duckdb");

    /// <summary>The files of exports that are under way.</summary>
    public IReadOnlyList<string> ExportedFiles
    {
        get
        {
            var folder = Path.Combine(Directory, "exports");
            return System.IO.Directory.Exists(folder) ? System.IO.Directory.GetFileSystemEntries(folder) : [];
        }
    }

    public IAnalytics Analytics => _services.GetRequiredService<IAnalytics>();

    public ReadModels Models => _services.GetRequiredService<ReadModels>();

    /// <summary>The errors that were logged.</summary>
    public IReadOnlyCollection<string> Errors => _errors.Errors;

    public BaseShelf Shelf => _services.GetRequiredService<BaseShelf>();

    /// <summary>Completes when it says what has this event id, for the first time.</summary>
    public Task<string> WhenSaidAsync(int eventId) => _watch.WhenSaid(eventId).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>A list at the log's head, from a follower that met no error.</summary>
    public async Task<Page<TraceRecord>> ListAsync(TraceQuery? query = null)
    {
        var page = await Analytics.ListTracesAsync(TestLog.Project, query ?? new TraceQuery(), TestContext.Current.CancellationToken);
        Assert.True(Errors.Count == 0, Errors.FirstOrDefault());
        return page;
    }

    /// <summary>Brings the file up to the log's head, closes it, and returns all of it as sorted text.</summary>
    public async Task<string> DumpAsync()
    {
        await ListAsync();
        await Analytics.CloseAsync(TestLog.Project);
        using var connection = new DuckDBConnection($"DataSource={File}");
        connection.Open();
        return string.Join('\n', new[] { "meta", "traces", "observations", "scores" }.Select(table => Dump(connection, table)));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static string Dump(DuckDBConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT CAST(t AS VARCHAR) FROM {table} AS t ORDER BY ALL";
        using var reader = command.ExecuteReader();
        var lines = new List<string> { $"== {table}" };
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
