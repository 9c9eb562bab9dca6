using System.Globalization;
using Actors.LoadGen.Load;
using Actors.LoadGen.Server;

namespace Actors.LoadGen.History;

/// <summary>What one kind of read took: how long the caller waited, and the server's CPU time of one request.</summary>
internal sealed record HistoryResult(HistoryQuery Query, Latencies Latencies, TimeSpan Cpu, int Bytes);

/// <summary>Everything that one run measured.</summary>
internal sealed record HistoryResults(
    TimeSpan? Fill, TimeSpan CatchUp, long LogBytes, long ModelBytes, long PeakBytes, IReadOnlyList<HistoryResult> Reads);

/// <summary>Fills a log, lets the server build its read model, and asks it over HTTP, one request after the other.</summary>
internal sealed class HistoryRun(HistoryOptions options, string data)
{
    private const int WarmUps = 20;
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromHours(2);

    /// <summary>Measures everything.</summary>
    public async Task<HistoryResults> RunAsync(CancellationToken cancellationToken)
    {
        // What an earlier run has left must be asked about the same days.
        var marker = Path.Combine(data, "history.txt");
        var end = File.Exists(marker)
            ? DateTimeOffset.Parse(await File.ReadAllTextAsync(marker, cancellationToken), CultureInfo.InvariantCulture)
            : TimeProvider.System.GetUtcNow();
        var traces = new HistoryTrace(options.Traces, end);
        Say($"{options.Traces:#,0} traces into the log");
        var fill = await HistoryFill.RunAsync(data, traces, options.Traces, cancellationToken);
        await File.WriteAllTextAsync(marker, end.ToString("O", CultureInfo.InvariantCulture), cancellationToken);

        await using var silo = await SiloProcess.StartAsync(options.Silo, data, cancellationToken);
        Say("the read model");
        using var lag = new LagWatch(silo);
        var catchUp = await lag.CatchUpAsync(LongestCatchUp, cancellationToken) ?? throw new TimeoutException("The read model did not catch up.");
        using var http = silo.CreateClient(1);
        var reads = new List<HistoryResult>();
        foreach (var query in HistoryQueries.All(traces, options.Traces, end))
        {
            Say(query.Name);
            reads.Add(await MeasureAsync(silo, http, query, cancellationToken));
        }

        var peak = silo.Sample().PeakBytes;
        await silo.StopAsync();
        return new HistoryResults(fill, catchUp, Size("*.db*"), Size("*.duckdb*"), peak, reads);
    }

    private async Task<HistoryResult> MeasureAsync(SiloProcess silo, HttpClient http, HistoryQuery query, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var bytes = 0;
        var before = silo.Sample().Cpu;
        for (var i = 0; i < WarmUps + options.Requests; i++)
        {
            if (i == WarmUps)
            {
                before = silo.Sample().Cpu;
            }

            var started = TimeProvider.System.GetTimestamp();
            using var answer = await http.GetAsync(new Uri($"/api/public/{query.Path(i)}", UriKind.Relative), cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{query.Name}: {(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
            }

            if (i >= WarmUps)
            {
                latencies.Add(TimeProvider.System.GetElapsedTime(started));
                bytes = Math.Max(bytes, body.Length);
            }
        }

        return new HistoryResult(query, latencies, (silo.Sample().Cpu - before) / options.Requests, bytes);
    }

    private long Size(string pattern) =>
        Directory.EnumerateFiles(data, pattern, SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    private static void Say(string what) => Console.Error.WriteLine($"{what} …");
}
