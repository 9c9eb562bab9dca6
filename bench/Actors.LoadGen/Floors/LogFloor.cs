using Actors.Grains.Pricing;
using Actors.LoadGen.Workload;
using Actors.Storage;
using Actors.Tracing;
using Actors.Web.Ingestion;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.LoadGen.Floors;

/// <summary>
/// The parser and the durable log, without actors, columns and HTTP: 64 callers, each with one request under way, share
/// group commits.
/// </summary>
internal static class LogFloor
{
    private const int Callers = 64;
    private static readonly ProjectId Project = new("load");

    /// <summary>Measures for about three times <paramref name="duration"/> after a warm-up of the same length.</summary>
    public static async Task<Floor> MeasureAsync(CanonicalWorkload workload, string directory, TimeSpan duration)
    {
        await using var services = OpenStorage(directory);
        var log = services.GetRequiredService<IEventLog>();
        var requests = new RequestNumbers();
        await RunAsync(log, workload, requests, duration);
        var whole = await Floor.MedianAsync(() => RunAsync(log, workload, requests, duration));

        // Every request must be new to the log, so it is made on the way; that share is the loader's own.
        var making = await Floor.MeasureAsync(() => Task.FromResult(Make(workload)));
        return whole with { CpuMicroseconds = whole.CpuMicroseconds - making.CpuMicroseconds };
    }

    /// <summary>The stores of a data directory; dispose to close them.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="database">The connection string of a PostgreSQL database that has the log; null: the directory has it.</param>
    public static ServiceProvider OpenStorage(string directory, string? database = null)
    {
        var settings = new Dictionary<string, string?> { ["Actors:DataDirectory"] = directory };
        if (database is not null)
        {
            settings["Actors:Storage"] = StorageOptions.PostgreSql;
            settings[PostgresOptions.ConnectionStringSetting] = database;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddActorsStorage()
            .BuildServiceProvider();
    }

    private static async Task<long> RunAsync(IEventLog log, CanonicalWorkload workload, RequestNumbers requests, TimeSpan duration)
    {
        var started = TimeProvider.System.GetTimestamp();
        var events = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync)));
        return events.Sum();

        async Task<long> CallAsync()
        {
            var buffer = new byte[workload.BufferSize];
            long stored = 0;
            while (TimeProvider.System.GetElapsedTime(started) < duration)
            {
                var now = TimeProvider.System.GetUtcNow();
                var length = workload.Render(buffer, requests.Next(), now, out _);
                var batch = IngestionParser.Parse(buffer.AsMemory(0, length), PriceBooks.Current.AttributeKeys);
                await Task.WhenAll(batch.Streams.Select(s => AppendAsync(log, s, now)));
                stored += CanonicalWorkload.EventsPerRequest;
            }

            return stored;
        }
    }

    private static async Task AppendAsync(IEventLog log, StreamBatch stream, DateTimeOffset now)
    {
        var append = new LogAppend
        {
            Project = Project,
            Stream = stream.Stream,
            Version = 1,
            AppendId = Guid.NewGuid(),
            PriceBook = PriceBooks.Current.Version,
            ReceivedAt = now,
            Events = stream.Events,
        };
        if ((await log.AppendAsync(append, CancellationToken.None)).IsConflict)
        {
            throw new InvalidOperationException($"{stream.Stream} was there already.");
        }
    }

    private static long Make(CanonicalWorkload workload)
    {
        const int Requests = 20_000;
        var buffer = new byte[workload.BufferSize];
        for (var i = 0; i < Requests; i++)
        {
            workload.Render(buffer, i, TimeProvider.System.GetUtcNow(), out _);
        }

        return (long)Requests * CanonicalWorkload.EventsPerRequest;
    }

    private sealed class RequestNumbers
    {
        private long _next;

        public long Next() => Interlocked.Increment(ref _next);
    }
}
