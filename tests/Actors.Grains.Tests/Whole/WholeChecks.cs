using Actors.Grains.Tests.Clusters;
using Actors.Grains.Tests.Tracing;
using Actors.Live;
using Actors.Queries;
using Actors.Testing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Whole;

/// <summary>Compares all that the product says of a project with a fold and a recount of what was said to it.</summary>
internal sealed class WholeChecks(WholeProduct product, ProjectId project)
{
    private const int Patience = 400;
    private const int Asked = 20;
    private const int Many = 100;

    private readonly IReadOnlyList<(StreamId Stream, Folded Folded)> _streams =
        [.. product.Said.Rows(project).GroupBy(r => r.Stream).Select(g => (g.Key, Folded.Of([.. g.OrderBy(r => r.Version)])))];

    private IAnalyticsGrain Analytics => product.Grains.GetGrain<IAnalyticsGrain>(project.Value);

    private IEnumerable<Folded> All => _streams.Select(s => s.Folded);

    public async Task CheckAsync(IReadOnlyList<LiveScope> scopes)
    {
        await DocumentsAsync();
        await ListsAsync();
        foreach (var metrics in WholeMetrics.Of([.. All]))
        {
            Assert.Equal(metrics.Expected, WholeMetrics.Lines(await Analytics.QueryMetricsAsync(metrics.Query).Bounded()));
        }

        foreach (var scope in scopes)
        {
            await LiveAsync(scope);
        }
    }

    private async Task DocumentsAsync()
    {
        foreach (var (stream, folded) in _streams)
        {
            var document = await product.Grains.GetGrain<ITraceGrain>(GrainKey.ForStream(project, stream)).ReadAsync().Bounded();
            var read = document is null ? new Folded(null, [], []) : new Folded(document.Trace, document.Observations, document.Scores);
            Assert.Equal(folded.ToString(), read.ToString());
        }
    }

    private async Task ListsAsync()
    {
        var traces = await Analytics.ListTracesAsync(new TraceQuery { Limit = Many }).Bounded();
        Same(All.Select(f => f.Trace).OfType<TraceRecord>(), traces.Items, t => t.Id);
        var observations = await Analytics.ListObservationsAsync(new ObservationQuery { Limit = Many }).Bounded();
        Same(All.SelectMany(f => f.Observations), observations.Items, o => o.Id);
        var scores = await Analytics.ListScoresAsync(new ScoreQuery { Limit = Many }).Bounded();
        Same(All.SelectMany(f => f.Scores), scores.Items.Select(s => s.Score), s => s.Id);
        var sessions = await Analytics.ListSessionsAsync(new SessionQuery { Limit = Many }).Bounded();
        Assert.Equal(
            All.Select(f => f.Trace?.SessionId).OfType<string>().CountBy(s => s).Select(s => (s.Key, (long)s.Value)).Order(),
            sessions.Items.Select(s => (s.Id, s.TraceCount)).Order());
    }

    // Doubts are asked again once a second, so time goes on for those who wait long.
    private async Task LiveAsync(LiveScope scope)
    {
        var checks = new LiveChecks(() => product.Grains, product.Said.Rows, Patience);
        await checks.SettleAsync(scope, meanwhile: asked => product.Clock.Advance(asked % Asked == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero));
        var health = await checks.Grain(scope).GetHealthAsync().Bounded();
        Assert.True(health.Differences == 0, $"The audit of {scope} found {health.Differences} differences, the last: {health.LastDifference}");
    }

    private static void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual, Func<T, string> id) => Assert.Equal(
        string.Join('\n', expected.OrderBy(id, StringComparer.Ordinal).Select(RecordText.Of)),
        string.Join('\n', actual.OrderBy(id, StringComparer.Ordinal).Select(RecordText.Of)));
}
