using System.Text;
using Actors.LoadGen.Load;
using Actors.LoadGen.Workload;

namespace Actors.LoadGen.Cluster;

/// <summary>Actors of traces that are spread over all silos, and are sent a score each to see whether they answer.</summary>
internal sealed class HeldActors(CanonicalWorkload workload, Tally tally)
{
    /// <summary>How many.</summary>
    public const int Count = 64;

    private static readonly TimeProvider Time = TimeProvider.System;
    private bool _areTold;

    /// <summary>Makes sure that all of them are in memory.</summary>
    public Task WakeAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var isNew = !_areTold;
        _areTold = true;
        return Parallel.ForAsync(0, Count, cancellationToken, async (number, _) =>
        {
            if (isNew)
            {
                var body = workload.RenderProbe(number, Time.GetUtcNow(), out var cost);
                tally.Add(TraceTemplate.Events, await new IngestionClient(http).PostAsync(body, CancellationToken.None), 1, cost);
            }
            else
            {
                await ScoreAsync(http, number);
            }
        });
    }

    /// <summary>
    /// Sends each a score until it takes one, and says how long after <paramref name="since"/> that was. A request is not given
    /// up while it is under way, since a server that waits for the actor's new home is one that answers.
    /// </summary>
    public async Task<(Latencies Answers, int Unanswered)> AskAsync(HttpClient http, long since, CancellationToken cancellationToken)
    {
        var times = await Task.WhenAll(Enumerable.Range(0, Count)
            .Select(n => FirstAnswer.AfterAsync(since, () => ScoreAsync(http, n), cancellationToken)));
        var answers = new Latencies();
        foreach (var time in times.OfType<TimeSpan>())
        {
            answers.Add(time);
        }

        return (answers, times.Count(t => t is null));
    }

    private async Task<bool> ScoreAsync(HttpClient http, int number)
    {
        var (id, at) = (Guid.NewGuid(), Time.GetUtcNow());
        var body = $$$"""
            {"batch":[{"id":"{{{id}}}","timestamp":"{{{at:yyyy-MM-ddTHH:mm:ss.fffZ}}}","type":"score-create",
            "body":{"id":"score-{{{id}}}","traceId":"{{{workload.ProbeId(number)}}}","name":"is-there","value":1}}]}
            """;
        var outcome = await new IngestionClient(http).PostAsync(Encoding.UTF8.GetBytes(body), CancellationToken.None);
        tally.Add(sent: 1, outcome, traces: 0, costUsd: 0);
        return outcome.Acknowledged == 1;
    }
}
