using Actors.Filtering;
using Actors.Queries;
using Actors.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Analytics.Groups;

/// <summary>Sessions and users against plain LINQ over what the log folds to.</summary>
public sealed class TraceGroupTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = GroupTraffic.Start.AddHours(4);

    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private Truth _truth = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<TraceGroupQuery> Queries
    {
        get
        {
            var data = new TheoryData<TraceGroupQuery>();
            foreach (var kind in Enum.GetValues<TraceGroupKind>())
            {
                var all = new TraceGroupQuery { Kind = kind, Limit = TraceGroupQuery.MaxLimit };
                foreach (var order in Enum.GetValues<TraceGroupOrder>().Where(o => o != TraceGroupOrder.Outlier))
                {
                    data.Add(all with { OrderBy = order });
                    data.Add(all with { OrderBy = order, Descending = false, Offset = 3, Limit = 5 });
                }

                data.Add(all with { From = Noon, To = Noon.AddHours(2) });
                data.Add(all with { From = Noon.AddDays(90) });
                data.Add(all with { Offset = 1000 });
                data.Add(all with { FirstPositionAfter = 100 });
                data.Add(all with { FirstPositionUpTo = 100 });
                data.Add(all with { Counted = Filter.Equal("environment", "production") });
                data.Add(all with { Ids = ["u-3", "talk-3-0", "nobody"] });
                data.Add(all with { Filter = FilterText.Parse(FilterCatalog.Of(kind), "cost:>0.01 -env:staging (tags:vip OR level:ERROR) talk").Filter! });
                data.Add(all with { Filter = FilterText.Parse(FilterCatalog.Of(kind), "inputCost:>0.01 scores.helpful:>=0.5").Filter! });
            }

            return data;
        }
    }

    public async ValueTask InitializeAsync()
    {
        await new Traffic(_log, seed: 23, deletes: true).AppendAsync(150);
        await GroupTraffic.AppendAsync(_log, seed: 4, traces: 160);
        _model = new TestReadModel(_log);
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task Groups_are_what_their_traces_add_up_to()
    {
        foreach (var query in Queries.Select(row => row.Data))
        {
            var page = await ListAsync(query);
            var expected = GroupOracle.Matching(_truth, query);

            Assert.Equal(expected.Count, page.TotalItems);
            Truth.Same(
                expected.Skip(query.Offset).Take(query.Limit).Select(g => g.Summed()),
                page.Items.Select(g => g with { Course = [], Users = Sorted(g.Users), Tags = Sorted(g.Tags) }));
        }
    }

    [Fact]
    public async Task The_totals_of_all_sessions_are_those_of_the_traces_that_name_one()
    {
        var page = await ListAsync(new TraceGroupQuery { Kind = TraceGroupKind.Session, Limit = TraceGroupQuery.MaxLimit });
        var traces = _truth.Traces.Select(t => t.Record).Where(t => t.SessionId is not null).ToList();

        Assert.Equal(traces.Count, page.Items.Sum(g => g.Traces));
        Assert.Equal(traces.Sum(t => t.Summary.Observations), page.Items.Sum(g => g.Observations));
        Assert.Equal(traces.Sum(t => t.Summary.CostUsd), page.Items.Sum(g => g.CostUsd));
        Assert.Equal(traces.Sum(t => t.Summary.TotalTokens), page.Items.Sum(g => g.TotalTokens));
        Assert.Equal(traces.Sum(t => t.Summary.Errors), page.Items.Sum(g => g.Errors));
    }

    [Theory]
    [InlineData(TraceGroupKind.Session)]
    [InlineData(TraceGroupKind.User)]
    public void Groups_are_filtered_as_in_memory(TraceGroupKind kind)
    {
        var all = new TraceGroupQuery { Kind = kind, Limit = TraceGroupQuery.MaxLimit, OrderBy = TraceGroupOrder.Id, WithTotal = false };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(80), Prop.ForAll(FilterGen.For(FilterCatalog.Of(kind)).ToArbitrary(), filter =>
        {
            var query = all with { Filter = filter };
            var expected = GroupOracle.Matching(_truth, query).Select(g => g.Id);
            return Task.Run(() => ListAsync(query)).GetAwaiter().GetResult().Items.Select(g => g.Id).SequenceEqual(expected)
                .Label(FilterText.Format(FilterCatalog.Of(kind), filter));
        }));
    }

    [Fact]
    public async Task The_course_of_a_session_is_the_latency_of_its_turns_and_that_of_a_user_the_traffic_over_the_time_that_was_asked_about()
    {
        var sessions = await ListAsync(new TraceGroupQuery { Kind = TraceGroupKind.Session, Ids = ["talk-3-0"] });
        var turns = _truth.Traces.Select(t => t.Record).Where(t => t.SessionId == "talk-3-0").OrderBy(t => t.Timestamp);
        Assert.Equal(turns.Select(t => t.Summary.Latency?.TotalMilliseconds), sessions.Items.Single().Course);

        var query = new TraceGroupQuery { Kind = TraceGroupKind.User, Ids = ["u-3"], From = GroupTraffic.Start, To = Noon };
        var course = (await ListAsync(query)).Items.Single().Course;
        var counts = new double?[TraceGroup.MaxCourse];
        Array.Fill(counts, 0);
        foreach (var trace in _truth.Traces.Select(t => t.Record).Where(t => t.UserId == "u-3" && t.Timestamp < Noon))
        {
            counts[(int)((trace.Timestamp - GroupTraffic.Start) * TraceGroup.MaxCourse / (Noon - GroupTraffic.Start))]++;
        }

        Assert.Equal(counts, course);
    }

    [Fact]
    public async Task Facets_count_groups_without_their_own_filter()
    {
        var query = new TraceGroupQuery { Kind = TraceGroupKind.User, Filter = FilterText.Parse(FilterCatalog.Users, "env:staging tags:vip").Filter! };
        var facets = await _model.Analytics.GetTraceGroupFacetsAsync(TestLog.Project, query, Token);

        var vips = GroupOracle.Matching(_truth, query with { Filter = FilterText.Parse(FilterCatalog.Users, "tags:vip").Filter! });
        Assert.Equal(vips.Count(g => g.Distinct(t => [t.Environment]).Contains("production")), facets.Environments.Single(f => f.Value == "production").Count);
        var both = GroupOracle.Matching(_truth, query);
        Assert.Equal(both.Count(g => g.Distinct(t => [t.Release]).Contains("r1")), facets.Releases.Single(f => f.Value == "r1").Count);
        Assert.Equal(both.Count(g => g.Failed > 0), facets.Levels.Single(f => f.Value == "ERROR").Count);
        Assert.Contains(facets.Tags, f => f.Value == "beta");
    }

    [Fact]
    public async Task Who_spends_or_fails_far_more_than_the_others_comes_first()
    {
        var query = new TraceGroupQuery
        {
            Kind = TraceGroupKind.User, From = GroupTraffic.Start, OrderBy = TraceGroupOrder.Outlier, WithOutliers = true,
        };
        var page = await ListAsync(query);

        Assert.Equal(["u-5", "u-7"], page.Items.Take(2).Select(g => g.Id).Order());
        Assert.Equal(TraceGroupOutlier.Spend, page.Items.Single(g => g.Id == "u-7").Outlier);
        Assert.Equal(TraceGroupOutlier.Failure, page.Items.Single(g => g.Id == "u-5").Outlier);
        Assert.All(page.Items.Skip(2), g => Assert.Equal(TraceGroupOutlier.None, g.Outlier));

        var one = await ListAsync(query with { Ids = ["u-7"] });
        Assert.Equal(TraceGroupOutlier.Spend, one.Items.Single().Outlier);

        // Where nobody looks for those who stand out, cost alone decides.
        var unmarked = await ListAsync(query with { WithOutliers = false });
        Assert.Equal((await ListAsync(query with { OrderBy = TraceGroupOrder.Cost })).Items.Select(g => g.Id), unmarked.Items.Select(g => g.Id));
    }

    private static IReadOnlyList<string> Sorted(IReadOnlyList<string> values) => [.. values.Order(StringComparer.Ordinal)];

    private async Task<Page<TraceGroup>> ListAsync(TraceGroupQuery query)
    {
        var page = await _model.Analytics.ListTraceGroupsAsync(TestLog.Project, query, Token);
        Assert.True(_model.Errors.Count == 0, _model.Errors.FirstOrDefault());
        return page;
    }
}
