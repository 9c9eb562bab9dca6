using System.Net;
using System.Text.Json.Nodes;
using Actors.Testing.Postgres;

namespace Actors.Integration.Clusters;

/// <summary>A live stream goes on over the death of any silo, also of the one whose actor it is told by, and ends up with all there is.</summary>
public sealed class LiveStreamTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_counts_what_came_before_beside_and_after_the_deaths()
    {
        await using var cluster = await ProcessCluster.StartAsync(server, new ClusterStart { Silos = 2, Webs = 1 }, Cancel);
        var web = cluster.Webs[0].Client;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/public/actors/live/stream?windows=5m", UriKind.Relative));
        using var response = await web.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        var counts = new TraceCounts(lines);

        var sent = 0;
        foreach (var silo in cluster.Silos)
        {
            await SendAsync(web, ref sent);
            await counts.ReachAsync(sent).WaitAsync(Patience, Cancel);
            await silo.KillAsync();
            await SendAsync(web, ref sent);
            await counts.ReachAsync(sent).WaitAsync(Patience, Cancel);
            await silo.StartAsync(Cancel);
        }
    }

    private static Task SendAsync(SiloClient web, ref int sent)
    {
        sent += 10;
        return Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            var answer = await web.PostBatchAsync([Wire.Trace(NewIds.For("trace"), TimeProvider.System.GetUtcNow())], Cancel);
            Assert.True(answer.Status == HttpStatusCode.MultiStatus && answer.Errors.Count == 0, answer.ToString());
        }));
    }

    /// <summary>Follows how many traces a stream of events says that there are.</summary>
    private sealed class TraceCounts(StreamReader lines)
    {
        private const string Data = "data:";

        private long _count;

        public async Task ReachAsync(long count)
        {
            while (_count < count)
            {
                var line = await lines.ReadLineAsync(Cancel) ?? throw new InvalidOperationException($"The stream ended at {_count} of {count} traces.");
                if (line.StartsWith(Data, StringComparison.Ordinal))
                {
                    _count = Find(JsonNode.Parse(line[Data.Length..])) ?? _count;
                }
            }

            Assert.Equal(count, _count);
        }

        private static long? Find(JsonNode? message) => (long?)message?["windows"]?.AsArray()
            .FirstOrDefault(w => (string?)w!["window"] == "5m" && (string?)w["by"] == "total")?["current"]?["traces"];
    }
}
