using System.Net;
using Actors.LoadGen.Load;
using Actors.LoadGen.Workload;

namespace Actors.LoadGen.Cluster;

/// <summary>
/// Kills the node that has the project's read model while clients write to both, and later all nodes at once, which start again
/// at other ports. Measures when the actors, the live numbers and the lists answer again.
/// </summary>
internal sealed class Failover(ClusterNodes nodes, double rate, Tally tally)
{
    /// <summary>Events that may be in the log twice afterwards: those of requests that were under way when one node died.</summary>
    public const int MostRepeated = Connections * CanonicalWorkload.EventsPerRequest;

    private const int Connections = 16;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly HeldActors _actors = new(new CanonicalWorkload(run: 3), tally);

    /// <summary>Does both.</summary>
    public async Task<IReadOnlyList<FailoverResult>> RunAsync(CancellationToken cancellationToken)
    {
        Say("one node is killed");
        var one = await UnderLoadAsync(
            run: 4,
            async () =>
            {
                var since = Time.GetTimestamp();
                await nodes.KillAsync(nodes.All.MaxBy(n => n.LastWriteOfReadModel)!);
                return await AskAsync("one of two nodes", TimeSpan.FromSeconds(8), since, cancellationToken);
            },
            cancellationToken);
        await nodes.StartMissingAsync(cancellationToken);

        Say("all nodes are killed");
        await UnderLoadAsync(
            run: 5,
            async () =>
            {
                await nodes.KillAsync([.. nodes.All]);
                return true;
            },
            cancellationToken);
        var started = Time.GetTimestamp();
        await nodes.StartMissingAsync(cancellationToken);
        return [one, await AskAsync("all nodes, started again at other ports", TimeSpan.FromSeconds(20), started, cancellationToken)];
    }

    private async Task<T> UnderLoadAsync<T>(int run, Func<Task<T>> act, CancellationToken cancellationToken)
    {
        using var http = nodes.CreateClient(Connections);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await _actors.WakeAsync(http, cancellationToken);
        var running = new ArrivalLoad(new IngestionClient(http), new CanonicalWorkload(run), tally, Connections).RunAsync(rate, LongestLoad, ending.Token);
        await Task.Delay(Calm, Time, cancellationToken);
        var result = await act();
        await ending.CancelAsync();
        await running;
        return result;
    }

    private async Task<FailoverResult> AskAsync(string name, TimeSpan goal, long since, CancellationToken cancellationToken)
    {
        using var http = nodes.CreateClient(HeldActors.Count);
        var live = FirstAnswer.AfterAsync(since, async () => await LiveStatus.GetAsync(http, cancellationToken) is not null, cancellationToken);
        var lists = FirstAnswer.AfterAsync(since, () => IsAnsweredAsync(http, "/api/public/traces?limit=1", cancellationToken), cancellationToken);
        var model = FirstAnswer.AfterAsync(since, async () => (await LiveStatus.GetAsync(http, cancellationToken)).Lag < Fresh, cancellationToken);
        var (answers, unanswered) = await _actors.AskAsync(http, since, cancellationToken);
        return new FailoverResult(name, goal, answers, unanswered, await live, await lists, await model);
    }

    private static async Task<bool> IsAnsweredAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private static void Say(string phase) => Console.Error.WriteLine($"… {phase}");
}
