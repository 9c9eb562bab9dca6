using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Analytics;

/// <summary>Random questions against the oracle, and what it cannot say.</summary>
public sealed class MetricsQueryTests(MetricsQueryTests.Model model) : IClassFixture<MetricsQueryTests.Model>
{
    private static readonly string[] Dimensions =
    [
        "name", "type", "level", "environment", "providedModelName", "promptVersion", "isRootObservation", "traceName", "userId", "tags",
        "startTimeMonth",
    ];

    private static readonly string[] Numbers =
    [
        "count", "latency", "timeToFirstToken", "streamingLatency", "inputTokens", "outputTokens", "totalTokens", "totalCost", "inputCost",
        "outputCost",
    ];

    private static readonly string[] Texts = ["traceId", "uniqueUserIds", "uniqueSessionIds"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_aggregation_of_every_measure_is_what_a_loop_over_the_log_says() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Questions().ToArbitrary(), query =>
        {
            var answer = Ask(query);
            var actual = answer.Rows.Select(row => MetricsOracle.Text(query, row)).ToList();
            var expected = MetricsOracle.Answer(model.Truth, query);
            if (expected.Count == 0 && query.Dimensions.Count == 0 && query.Granularity is null)
            {
                Assert.Single(actual);
                return;
            }

            // Without rows only the steps in between are left, which are checked by a test of their own.
            var found = query.Granularity is null ? actual : [.. actual.Where(expected.Contains)];
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }));

    [Fact]
    public void Every_dimension_and_measure_of_every_view_can_be_asked_for()
    {
        foreach (var view in Enum.GetValues<MetricsView>())
        {
            var catalog = MetricsCatalog.Of(view);
            foreach (var dimension in catalog.AllDimensions)
            {
                Assert.NotEmpty(Ask(Everything(view, [dimension.Name], [new("count", MetricsAggregation.Count)])).Columns);
            }

            foreach (var measure in catalog.AllMeasures)
            {
                var aggregations = Enum.GetValues<MetricsAggregation>().Where(measure.Allows);
                Assert.Single(Ask(Everything(view, [], [.. aggregations.Select(a => new MetricsColumn(measure.Name, a))])).Rows);
            }
        }
    }

    [Fact]
    public void Traces_are_counted_and_summed()
    {
        var answer = Ask(Everything(MetricsView.Traces, ["environment"],
            [new("count", MetricsAggregation.Count), new("totalCost", MetricsAggregation.Sum), new("uniqueUserIds", MetricsAggregation.Count)]));
        var expected = model.Truth.Traces.Select(t => t.Record).GroupBy(t => t.Environment)
            .Select(g => (g.Key, (double)g.Count(), Math.Round((double)g.Sum(t => t.Summary.CostUsd ?? 0), 9), (double)g.Select(t => t.UserId).OfType<string>().Distinct().Count()));
        Assert.Equal(
            expected.ToHashSet(),
            answer.Rows.Select(r => (r[0].Text!, r[1].Number!.Value, Math.Round(r[2].Number!.Value, 9), r[3].Number!.Value)).ToHashSet());
    }

    [Theory]
    [InlineData(MetricsView.ScoresNumeric, ScoreDataType.Numeric)]
    [InlineData(MetricsView.ScoresBoolean, ScoreDataType.Boolean)]
    public void Scores_are_averaged_by_name(MetricsView view, ScoreDataType type)
    {
        var answer = Ask(Everything(view, ["name", "source"], [new("value", MetricsAggregation.Avg), new("count", MetricsAggregation.Count)]));
        var expected = model.Truth.Scores.Where(s => s.DataType == type).GroupBy(s => (s.Name, Source: s.Source.ToWire()))
            .Select(g => (g.Key.Name, g.Key.Source, Math.Round(g.Average(s => s.Value!.Value), 9), (double)g.Count()));
        Assert.Equal(
            expected.ToHashSet(),
            answer.Rows.Select(r => (r[0].Text!, r[1].Text!, Math.Round(r[2].Number!.Value, 9), r[3].Number!.Value)).ToHashSet());
    }

    [Fact]
    public void Labels_are_counted()
    {
        var answer = Ask(Everything(MetricsView.ScoresCategorical, ["stringValue"], [new("count", MetricsAggregation.Count)]));
        var expected = model.Truth.Scores.Where(s => s.DataType == ScoreDataType.Categorical).CountBy(s => s.StringValue!).ToDictionary();
        Assert.Equal(expected, answer.Rows.ToDictionary(r => r[0].Text!, r => (int)r[1].Number!.Value));
    }

    [Fact]
    public void Usage_and_cost_are_summed_by_their_types()
    {
        var usage = Ask(Everything(MetricsView.Observations, ["usageType"], [new("usageByType", MetricsAggregation.Sum)]));
        var expected = model.Truth.Observations.SelectMany(o => o.Usage).GroupBy(u => u.Key).ToDictionary(g => g.Key, g => (double)g.Sum(u => u.Units));
        Assert.Equal(expected, usage.Rows.ToDictionary(r => r[0].Text!, r => r[1].Number!.Value));

        var cost = Ask(Everything(MetricsView.Observations, ["costType"], [new("costByType", MetricsAggregation.Sum)]));
        var expectedCost = model.Truth.Observations.SelectMany(o => o.Cost.Details).GroupBy(c => c.Key)
            .ToDictionary(g => g.Key, g => Math.Round((double)g.Sum(c => c.CostUsd), 9));
        Assert.Equal(expectedCost, cost.Rows.ToDictionary(r => r[0].Text!, r => Math.Round(r[1].Number!.Value, 9)));
    }

    [Fact]
    public void Steps_without_rows_are_there_unless_an_order_is_asked_for()
    {
        var query = Everything(MetricsView.Observations, [], [new("count", MetricsAggregation.Count), new("latency", MetricsAggregation.P50)]) with
        {
            From = Traffic.Start.AddMinutes(-3), To = Traffic.Start.AddMinutes(5), Granularity = MetricsGranularity.Minute,
        };
        var answer = Ask(query);
        Assert.Equal(["time_dimension", "count_count", "p50_latency"], answer.Columns);
        Assert.Equal(Enumerable.Range(-3, 9).Select(i => Traffic.Start.AddMinutes(i)), answer.Rows.Select(row => row[0].Time!.Value));
        Assert.Equal((0, null), (answer.Rows[0][1].Number, answer.Rows[0][2].Number));
        Assert.Equal(model.Truth.Observations.Count(o => o.StartTime >= query.From && o.StartTime <= query.To), answer.Rows.Sum(row => row[1].Number));

        Assert.Equal(4, Ask(query with { RowLimit = 4 }).Rows.Count);
        Assert.DoesNotContain(Ask(query with { OrderBy = [new("count_count", true)] }).Rows, row => row[1].Number == 0);
    }

    [Fact]
    public void An_order_and_a_limit_choose_the_rows()
    {
        var query = Everything(MetricsView.Observations, ["type"], [new("latency", MetricsAggregation.P95), new("latency", MetricsAggregation.P50)]);
        var all = Ask(query).Rows;
        Assert.Equal(
            all.OrderByDescending(row => row[2].Number).Take(3).Select(row => row[0].Text),
            Ask(query with { OrderBy = [new("p50_latency", true)], RowLimit = 3 }).Rows.Select(row => row[0].Text));
        Assert.Equal(
            all.Select(row => row[0].Text).Order(StringComparer.Ordinal),
            Ask(query with { OrderBy = [new("type", false)] }).Rows.Select(row => row[0].Text));
    }

    [Fact]
    public void A_filter_leaves_out_rows_of_every_view()
    {
        var query = Everything(MetricsView.Observations, [], [new("count", MetricsAggregation.Count)]) with
        {
            Filter = Filter.All(Filter.Equal("environment", "staging"), Filter.Equal("userId", "user-1")),
        };
        var users = model.Truth.Traces.Where(t => t.Record.UserId == "user-1").Select(t => t.Record.Id).ToHashSet();
        Assert.Equal(
            model.Truth.Observations.Count(o => o.Environment == "staging" && users.Contains(o.TraceId)), Ask(query).Rows.Single()[0].Number);
        Assert.Equal(
            model.Truth.Traces.Count(t => t.Record is { Environment: "staging", UserId: "user-1" }), Ask(query with { View = MetricsView.Traces }).Rows.Single()[0].Number);
        Assert.Equal(
            model.Truth.Scores.Count(s => s.DataType == ScoreDataType.Boolean && s.Environment == "staging" && s.TraceId is { } id && users.Contains(id)),
            Ask(query with { View = MetricsView.ScoresBoolean }).Rows.Single()[0].Number);
    }

    [Theory]
    [InlineData("name; DROP TABLE traces")]
    [InlineData("toolNames")]
    public void A_name_that_is_not_in_the_catalogue_is_refused(string dimension) =>
        Assert.ThrowsAny<ArgumentException>(() => Ask(Everything(MetricsView.Traces, [dimension], [new("count", MetricsAggregation.Count)])));

    [Fact]
    public async Task Days_hold_what_began_on_them()
    {
        var page = await model.Analytics.GetDailyMetricsAsync(TestLog.Project, new DailyMetricsQuery { UserId = "user-1", Environments = ["default", "staging"] }, Token);
        var traces = model.Truth.Traces.Select(t => t.Record).Where(t => t.UserId == "user-1" && t.Environment is "default" or "staging").ToList();
        traces = [.. traces.Where(t => t.UserId == "user-1")];
        var observations = model.Truth.Observations.Where(o => traces.Exists(t => t.Id == o.TraceId)).ToList();
        var day = Assert.Single(page.Items);
        Assert.Equal(
            (DateOnly.FromDateTime(Traffic.Start.UtcDateTime), traces.Count, observations.Count, observations.Sum(o => o.Cost.TotalUsd ?? 0), 1),
            (day.Date, day.Traces, day.Observations, day.CostUsd, page.TotalItems));
        Assert.Equal(
            observations.GroupBy(o => o.Model ?? "-").ToDictionary(g => g.Key, g => (g.Count(), g.Sum(o => o.InputTokens), g.Select(o => o.TraceId).Distinct().Count())),
            day.Models.ToDictionary(m => m.Model ?? "-", m => ((int)m.Observations, m.InputTokens, (int)m.Traces)));
    }

    [Fact]
    public async Task The_sql_that_is_shown_gives_the_rows_that_are_answered()
    {
        var questions = Questions().Sample(30, 40).Append(Everything(MetricsView.Traces, ["name"], [new("latency", MetricsAggregation.P95)]) with
        {
            Filter = Filter.Equal("name", "it's \"$p0\""),
        }).ToList();
        List<string> texts = [];
        foreach (var query in questions)
        {
            texts.Add(await model.Analytics.ExplainMetricsAsync(TestLog.Project, query, Token));
        }

        var answers = questions.Select(Ask).ToList();
        await model.Analytics.CloseAsync(TestLog.Project);
        using var connection = new DuckDB.NET.Data.DuckDBConnection($"DataSource={model.File}");
        connection.Open();
        foreach (var (query, text, answer) in questions.Zip(texts, answers))
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            using var reader = command.ExecuteReader();
            var rows = 0;
            while (reader.Read())
            {
                rows++;
            }

            // Steps in which nothing happened are put between the rows after they were read.
            var measured = query.Granularity is null ? answer.Rows.Count : answer.Rows.Count(row => !IsEmptyStep(query, row));
            Assert.True(query.Granularity is null ? rows == measured : rows >= measured, $"{rows} rows instead of {measured}:\n{text}");
        }
    }

    private static bool IsEmptyStep(MetricsQuery query, IReadOnlyList<MetricsValue> row) =>
        row.Skip(query.Dimensions.Count + 1).All(value => value is { Number: null or 0, Bins: null or { Count: 0 } });

    private MetricsAnswer Ask(MetricsQuery query) =>
        model.Analytics.QueryMetricsAsync(TestLog.Project, query, Token).GetAwaiter().GetResult();

    private static MetricsQuery Everything(MetricsView view, string[] dimensions, MetricsColumn[] metrics) => new()
    {
        View = view,
        Dimensions = dimensions,
        Metrics = metrics,
        From = Traffic.Start.AddDays(-1),
        To = Traffic.Start.AddDays(1),
    };

    private static Gen<MetricsQuery> Questions() =>
        from dimensions in Gen.SubListOf(Dimensions)
        from metrics in Gen.NonEmptyListOf(Metric())
        from granularity in Gen.OrNull(Gen.Elements("Minute", "Hour", "Day", "Week", "Month"))
        from start in Gen.Choose(-5, 15)
        from seconds in Gen.Choose(1, 40)
        from bins in Gen.Choose(1, 12)
        select new MetricsQuery
        {
            View = MetricsView.Observations,
            Dimensions = [.. dimensions.Take(3)],
            Metrics = [.. metrics.Distinct().Take(6)],
            Granularity = granularity is null ? null : Enum.Parse<MetricsGranularity>(granularity),
            From = Traffic.Start.AddSeconds(start),
            To = Traffic.Start.AddSeconds(start + seconds),
            Bins = bins,
        };

    private static Gen<MetricsColumn> Metric() => Gen.OneOf(
        from measure in Gen.Elements(Numbers)
        from aggregation in Gen.Elements(Enum.GetValues<MetricsAggregation>().Where(a => a != MetricsAggregation.Uniq).ToArray())
        select new MetricsColumn(measure, aggregation),
        from measure in Gen.Elements(Texts)
        from aggregation in Gen.Elements(MetricsAggregation.Count, MetricsAggregation.Uniq)
        select new MetricsColumn(measure, aggregation));

    /// <summary>One read model for all of them.</summary>
    public sealed class Model : IAsyncLifetime
    {
        private readonly TestLog _log = new();
        private TestReadModel _model = null!;

        internal IAnalytics Analytics => _model.Analytics;

        internal string File => _model.File;

        internal Truth Truth { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await new Traffic(_log, seed: 31).AppendAsync(300);
            _model = new TestReadModel(_log);
            await _model.ListAsync();
            Truth = await Truth.OfAsync(_log);
        }

        public async ValueTask DisposeAsync()
        {
            await _model.DisposeAsync();
            await _log.DisposeAsync();
        }
    }
}
