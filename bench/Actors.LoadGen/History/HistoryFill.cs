using Actors.Grains.Pricing;
using Actors.LoadGen.Floors;
using Actors.LoadGen.Server;
using Actors.Tracing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.LoadGen.History;

/// <summary>
/// Appends the history to the log of a data directory, in the order of time. The read model is then built from it by the
/// server itself, as after any restart.
/// </summary>
internal static class HistoryFill
{
    private const int Callers = 64;

    // What keeps the rows in the order of time, and yet lets many of them share a commit.
    private const int Chunk = 4_096;

    /// <summary>Fills, and says how long it took; null: an earlier run has done it.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="traces">The traces.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="database">The connection string of the database that has the log; null: the directory has it.</param>
    public static async Task<TimeSpan?> RunAsync(
        string data, HistoryTrace traces, int count, CancellationToken cancellationToken, string? database = null)
    {
        await using var services = LogFloor.OpenStorage(data, database);
        var log = services.GetRequiredService<IEventLog>();
        var project = new ProjectId(SiloProcess.Project);
        if (await log.GetHeadAsync(project, cancellationToken) > 0)
        {
            return null;
        }

        var started = TimeProvider.System.GetTimestamp();
        for (var first = 0; first < count; first += Chunk)
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(first, Math.Min(Chunk, count - first)),
                new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken },
                async (number, cancelled) =>
                {
                    var outcome = await log.AppendAsync(Append(project, traces, number), cancelled);
                    if (outcome.IsConflict)
                    {
                        throw new InvalidOperationException($"Trace {number} was there already.");
                    }
                });
        }

        return TimeProvider.System.GetElapsedTime(started);
    }

    private static LogAppend Append(ProjectId project, HistoryTrace traces, int number) => new()
    {
        Project = project,
        Stream = StreamId.ForTrace(HistoryTrace.Id(number)),
        Version = 1,
        AppendId = Guid.NewGuid(),
        PriceBook = PriceBooks.Current.Version,
        ReceivedAt = traces.Start(number).AddSeconds(5),
        Events = traces.Events(number),
    };
}
