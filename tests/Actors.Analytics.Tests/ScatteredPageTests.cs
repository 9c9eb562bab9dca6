using Actors.Analytics.Ingest;
using Actors.Analytics.Queries;
using Actors.Queries;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Analytics;

/// <summary>
/// Goal: the children of a page are found however far apart its traces are in the log. Method: the positions of a small log
/// are stretched before they are written, so that traces lie in one range of positions, in some, or in more than are asked
/// for one by one.
/// </summary>
public sealed class ScatteredPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(700, 30)]
    [InlineData(3_000, 30)]
    [InlineData(50_000, 30)]
    [InlineData(50_000, 1_000)]
    public async Task The_children_of_traces_that_are_far_apart_are_found(int stretch, int limit)
    {
        await using var log = new TestLog();
        await new Traffic(log, seed: 41).AppendAsync(400);
        var truth = await Truth.OfAsync(log);
        Assert.InRange(truth.Traces.Count, 65, 1_000);
        var file = new Schema.ProjectFile(Path.Combine(log.Directory, "direct", "p.duckdb"), new AnalyticsOptions(), NullLogger.Instance);
        using var connection = file.Open(TestLog.Project, log.Log).Connection;
        new BatchWriter(connection).Commit(Stretch(await FoldAsync(log), stretch));

        using var session = new ReadSession(connection, head: 0, Token);
        var page = TraceListReader.ReadWithChildren(session, new TraceQuery { Limit = limit });

        Assert.Equal(truth.Traces.Count, page.Traces.TotalItems);
        Assert.Equal(Math.Min(limit, truth.Traces.Count), page.Children.Count);
        foreach (var (id, children) in page.Children)
        {
            Assert.Equal(
                truth.Observations.Where(o => o.TraceId == id).Select(o => o.Id).Order(StringComparer.Ordinal),
                children.ObservationIds.Order(StringComparer.Ordinal));
            Assert.Equal(
                truth.Scores.Where(s => s.TraceId == id).Select(s => s.Id).Order(StringComparer.Ordinal),
                children.ScoreIds.Order(StringComparer.Ordinal));
        }
    }

    private static async Task<ModelBatch> FoldAsync(TestLog log)
    {
        var rows = await log.Log.ReadChangesAsync(TestLog.Project, 0, 1_000, Token);
        return await new BatchFolder(TestLog.Project, log.Log, log.Folder, new FoldCache(0)).FoldAsync(0, rows, Token);
    }

    private static ModelBatch Stretch(ModelBatch batch, int stretch)
    {
        var stretched = new ModelBatch(batch.From, batch.To);
        stretched.Traces.AddRange(batch.Traces.Select(t => t with { StreamPosition = t.StreamPosition * stretch }));
        stretched.Observations.AddRange(batch.Observations.Select(o => o with { StreamPosition = o.StreamPosition * stretch }));
        stretched.Scores.AddRange(batch.Scores.Select(s => s with { StreamPosition = s.StreamPosition * stretch }));
        return stretched;
    }
}
