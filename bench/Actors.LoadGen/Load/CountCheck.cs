using System.Net.Http.Json;
using System.Text.Json;
using Actors.LoadGen.Floors;
using Actors.LoadGen.Server;
using Actors.LoadGen.Workload;
using Actors.Tracing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.LoadGen.Load;

/// <summary>One count that must agree with what the loader knows.</summary>
/// <param name="Where">Who counted.</param>
/// <param name="What">What was counted.</param>
/// <param name="Least">The least that is right.</param>
/// <param name="Most">The most that is right; more than <paramref name="Least"/> only when answers were lost.</param>
/// <param name="Actual">What was counted; null: it could not be compared.</param>
internal sealed record Count(string Where, string What, decimal Least, decimal Most, decimal? Actual)
{
    /// <summary>Whether it agrees, or could not be compared.</summary>
    public bool IsRight => Actual is not { } actual || (actual >= Least && actual <= Most);
}

/// <summary>Compares what log, API, live edge and read model hold with what was acknowledged.</summary>
internal sealed class CountCheck(Tally tally)
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LiveWindow = TimeSpan.FromMinutes(5);

    /// <summary>Asks the running server.</summary>
    /// <param name="http">The project's client.</param>
    /// <param name="firstEvent">The end of the earliest trace: the live window must still hold it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<Count>> AskServerAsync(HttpClient http, DateTimeOffset firstEvent, CancellationToken cancellationToken)
    {
        var counts = new List<Count>();
        counts.AddRange(await AskLiveAsync(http, firstEvent, cancellationToken));
        counts.Add(Of("API and read model", "traces", 1, await TotalAsync(http, "traces", cancellationToken)));
        counts.Add(Of("API and read model", "observations", TraceTemplate.Observations, await TotalAsync(http, "observations", cancellationToken)));
        return counts;
    }

    /// <summary>Reads the log of servers that have ended.</summary>
    /// <param name="dataDirectory">Their data directory.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="database">The connection string of the database that has the log; null: the directory has it.</param>
    /// <param name="mostRepeated">
    /// Events that may be there twice: a node that repeats an append of one that died does not know that it was stored, and what is
    /// repeated folds to the same state.
    /// </param>
    public async Task<IReadOnlyList<Count>> ReadLogAsync(
        string dataDirectory, CancellationToken cancellationToken, string? database = null, long mostRepeated = 0)
    {
        await using var services = LogFloor.OpenStorage(dataDirectory, database);
        var log = services.GetRequiredService<IEventLog>();
        var project = new ProjectId(SiloProcess.Project);
        var events = new HashSet<string>();
        var streams = new HashSet<StreamId>();
        var (position, total) = (0L, 0L);
        while (await log.ReadChangesAsync(project, position, 1_000, cancellationToken) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                streams.Add(row.Stream);
                total += row.Events.Count;
                events.UnionWith(row.Events.Select(e => e.EventId));
            }

            position = rows[^1].Position;
        }

        return
        [
            new Count("log", "events", tally.Acknowledged, tally.Acknowledged + tally.Unknown, events.Count),
            new Count("log", "events stored twice", 0, mostRepeated, total - events.Count),
            Of("log", "traces", 1, streams.Count),
        ];
    }

    // The live edge is behind by its flush; what it settles on counts.
    private async Task<List<Count>> AskLiveAsync(HttpClient http, DateTimeOffset firstEvent, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        while (true)
        {
            var status = await LiveStatus.GetAsync(http, cancellationToken);
            var isCovered = Time.GetUtcNow() - firstEvent < LiveWindow - TimeSpan.FromSeconds(2);
            List<Count> counts =
            [
                Of("live", "traces", 1, isCovered ? status.Traces : null),
                Of("live", "observations", TraceTemplate.Observations, isCovered ? status.Observations : null),
                Of("live", "model calls", TraceTemplate.Generations, isCovered ? status.Requests : null),
                new Count("live", "cost in USD", tally.CostUsd, tally.IsExact ? tally.CostUsd : decimal.MaxValue, isCovered ? status.CostUsd : null),
            ];
            if (counts.TrueForAll(c => c.IsRight) || Time.GetElapsedTime(started) > Patience)
            {
                return counts;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), Time, cancellationToken);
        }
    }

    private static async Task<long> TotalAsync(HttpClient http, string list, CancellationToken cancellationToken)
    {
        var page = await http.GetFromJsonAsync<JsonElement>(new Uri($"/api/public/{list}?limit=1", UriKind.Relative), cancellationToken);
        return page.GetProperty("meta").GetProperty("totalItems").GetInt64();
    }

    private Count Of(string where, string what, int perTrace, decimal? actual)
    {
        // A request whose answer was lost may be stored, in whole or in part.
        var most = tally.Traces + (tally.Unknown > 0 || tally.Refused > 0 ? tally.Unknown + tally.Refused : 0);
        return new Count(where, what, tally.Traces * perTrace, most * perTrace, actual);
    }
}
