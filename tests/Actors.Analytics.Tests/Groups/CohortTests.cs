using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Groups;

/// <summary>Cohorts of users against plain LINQ over what the log folds to.</summary>
public sealed class CohortTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private Truth _truth = null!;

    public async ValueTask InitializeAsync()
    {
        await GroupTraffic.AppendAsync(_log, seed: 9, traces: 120);
        _model = new TestReadModel(_log);
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Theory]
    [InlineData(CohortBy.Metadata, "plan")]
    [InlineData(CohortBy.Tag, "")]
    [InlineData(CohortBy.Version, "")]
    [InlineData(CohortBy.Release, "")]
    [InlineData(CohortBy.Environment, "")]
    [InlineData(CohortBy.Name, "")]
    public async Task Users_are_compared_by_a_value_of_their_traces(CohortBy by, string key)
    {
        var query = new CohortQuery { By = by, Key = key, From = GroupTraffic.Start.AddHours(1), Counted = Filter.Equal("environment", "production") };
        var expected = _truth.Traces.Select(t => t.Record)
            .Where(t => t.UserId is not null && t.Timestamp >= query.From && t.Environment == "production")
            .SelectMany(t => ValuesOf(t, by).Select(value => (Value: value, Trace: t)))
            .GroupBy(x => x.Value, x => x.Trace).Select(Cohort)
            .OrderByDescending(c => c.Users).ThenBy(c => c.Value is null).ThenBy(c => c.Value, StringComparer.Ordinal);

        var cohorts = await _model.Analytics.GetCohortsAsync(TestLog.Project, query, TestContext.Current.CancellationToken);

        Truth.Same(expected.Select(Rounded), cohorts.Items.Select(Rounded));
        Assert.Equal(cohorts.Items.Count, cohorts.Total);
        Assert.True(cohorts.Items.Count > 0);
    }

    [Fact]
    public async Task An_answer_says_how_many_cohorts_it_leaves_out()
    {
        var cohorts = await _model.Analytics.GetCohortsAsync(
            TestLog.Project, new CohortQuery { By = CohortBy.Tag, Limit = 1 }, TestContext.Current.CancellationToken);

        Assert.Single(cohorts.Items);
        Assert.Equal(3, cohorts.Total);
    }

    private static IEnumerable<string?> ValuesOf(TraceRecord trace, CohortBy by) =>
        by == CohortBy.Tag && trace.Tags.Count > 0 ? trace.Tags.Select(string? (tag) => tag) : [ValueOf(trace, by)];

    private static string? ValueOf(TraceRecord trace, CohortBy by) => by switch
    {
        CohortBy.Metadata => trace.Metadata is null ? null : trace.Metadata.Contains("team", StringComparison.Ordinal) ? "team" : "free",
        CohortBy.Version => trace.Version,
        CohortBy.Release => trace.Release,
        CohortBy.Environment => trace.Environment,
        CohortBy.Name => trace.Name,
        _ => null,
    };

    private Cohort Cohort(IGrouping<string?, TraceRecord> traces)
    {
        var ids = traces.Select(t => t.Id).ToHashSet();
        var feedback = _truth.Scores.Where(s => ids.Contains(s.TraceId!) && s is { Source: ScoreSource.Api, Value: >= 0 and <= 1 }).ToList();
        decimal?[] costs = [.. traces.GroupBy(t => t.UserId).Select(u => u.Sum(t => t.Summary.CostUsd))];
        return new Cohort
        {
            Value = traces.Key,
            Users = costs.Length,
            Traces = traces.Count(),
            FailedTraces = traces.Count(t => t.Summary.Errors > 0),
            CostUsd = traces.Sum(t => t.Summary.CostUsd),
            MedianCostUsd = (decimal)Median(costs.Select(c => (double)c!.Value)),
            MedianLatencyMs = Median(traces.Select(t => t.Summary.Latency!.Value.TotalMilliseconds)),
            Satisfaction = feedback.Count > 0 ? feedback.Average(s => s.Value) : null,
            Feedback = feedback.Count,
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // The median of two is halved, which the column rounds to its last decimal.
    private static Cohort Rounded(Cohort cohort) => cohort with
    {
        MedianCostUsd = cohort.MedianCostUsd is { } cost ? decimal.Round(cost, 9) : null,
        Satisfaction = cohort.Satisfaction is { } mean ? Math.Round(mean, 9) : null,
    };
}
