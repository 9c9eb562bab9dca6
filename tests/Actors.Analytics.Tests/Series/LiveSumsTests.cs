using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Series;

/// <summary>What live series add up to against a count of every single fact.</summary>
public sealed class LiveSumsTests(SeriesModel model) : IClassFixture<SeriesModel>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static long Start => SeriesTraffic.Start.ToUnixTimeSeconds();

    private SeriesOracle Oracle => model.Oracle;

    [Fact]
    public async Task Each_second_has_the_sums_of_its_series()
    {
        var query = new LiveSumsQuery { Ranges = [new(Start + 5, Start + 40)], BySecond = true };

        var sums = await SameAsOracleAsync(query);

        Assert.Equal(await model.Log.Log.GetHeadAsync(TestLog.Project, Token), sums.Watermark);
        Assert.All(sums.Buckets, bucket => Assert.True(bucket.At >= Start + 5 && bucket.At < Start + 40 && bucket.FirstSecond == bucket.At && bucket.LastSecond == bucket.At));
        Assert.Contains(sums.Buckets, bucket => bucket.Series.Any(s => s.Key == new LiveSeriesKey(LiveDimension.Model, LiveSeriesKey.Other)));
        Assert.Contains(sums.Buckets, bucket => bucket.Series.Any(s => s.Scores.Any(score => score.Values is [{ Index: < SignedSketchMapping.ZeroIndex }, _, ..])));
        Assert.Empty(sums.LatestTraces);
        Assert.Empty(sums.Running);
    }

    [Fact]
    public async Task Ranges_that_overlap_touch_and_lie_apart_each_have_all_of_theirs()
    {
        var query = new LiveSumsQuery
        {
            Ranges =
            [
                new(Start + 10, Start + 20), new(Start + 15, Start + 16), LiveRange.AllTime, new(Start + 20, Start + 25),
                new(Start + 30, Start + 30), new(Start + 5_000, Start + 6_000), new(long.MinValue, Start), new(Start + 28, long.MaxValue),
                new(Start + 10, Start + 20),
            ],
        };

        var sums = await SameAsOracleAsync(query);

        Assert.Equal([0, 1, 2, 3, 6, 7, 8], sums.Buckets.Select(bucket => bucket.At));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_question_is_answered_as_if_everything_was_counted_again(int seed)
    {
        var random = new Random(seed);
        var counted = 0L;
        for (var i = 0; i < 10; i++)
        {
            var sums = await SameAsOracleAsync(Question(random));
            counted += sums.Buckets.Sum(bucket => bucket.Series[0].Observations);
        }

        Assert.True(counted > 0, $"Seed {seed} asks for nothing.");
    }

    [Fact]
    public async Task Values_that_have_a_place_keep_it_and_the_rest_is_joined()
    {
        LiveSeriesKey[] own = [.. SeriesTraffic.Models.Take(LiveSeriesKey.MaxPerDimension).Select(model => new LiveSeriesKey(LiveDimension.Model, model))];

        var full = await SameAsOracleAsync(new LiveSumsQuery { Ranges = [LiveRange.AllTime], Own = [LiveSeriesKey.Total, .. own] });
        var one = await SameAsOracleAsync(new LiveSumsQuery { Ranges = [LiveRange.AllTime], Own = [new(LiveDimension.Model, "not seen"), new(LiveDimension.Model, LiveSeriesKey.Other)] });

        Assert.Equal(own.Append(new(LiveDimension.Model, LiveSeriesKey.Other)).ToHashSet(), Models(full));
        Assert.Equal(LiveSeriesKey.MaxPerDimension, Models(one).Count);
        Assert.Contains(new(LiveDimension.Model, LiveSeriesKey.Other), Models(one));

        static HashSet<LiveSeriesKey> Models(LiveSums sums) =>
            [.. Assert.Single(sums.Buckets).Series.Select(s => s.Key).Where(key => key.Dimension == LiveDimension.Model)];
    }

    [Theory]
    [InlineData("")]
    [InlineData("env:production")]
    [InlineData("model:model-1,model-2,model-3,model-4")]
    [InlineData("tool:plain,name-1,name-2,name-3,name-4 env:default,staging user:user-1,user-2")]
    [InlineData("session:session-0 release:r1")]
    public async Task The_latest_and_the_running_traces_are_those_that_the_filter_shows(string text)
    {
        Assert.Null(LiveFilter.TryParse(text, out var filter));
        var since = SeriesTraffic.Start.AddSeconds(8);

        var sums = await model.Analytics.GetLiveSumsAsync(
            TestLog.Project, new LiveSumsQuery { Filter = filter, Ranges = [LiveRange.AllTime], LatestTraces = 20, RunningSince = since }, Token);

        var shown = Oracle.Shown(filter).ToList();
        Assert.NotEmpty(shown);
        Truth.Same(
            shown.OrderByDescending(t => t.Timestamp).ThenByDescending(t => t.Id, StringComparer.Ordinal).Take(20)
                .Select(t => new { t.Id, t.Summary, Preview = TextPreview.From(t.Input) }),
            sums.LatestTraces.Select(t => new { Id = t.TraceId, t.Summary, t.Preview }));
        Truth.Same(
            shown.Where(t => t.Summary.Running > 0 && t.UpdatedAt >= since).OrderByDescending(t => t.UpdatedAt).ThenBy(t => t.Id, StringComparer.Ordinal)
                .Select(t => new { t.Id, t.UpdatedAt }),
            sums.Running.Select(t => new { Id = t.TraceId, t.UpdatedAt }));
        Assert.All(sums.Running, t => Assert.True(t.Version > 0));
    }

    [Fact]
    public async Task A_condition_without_values_counts_nothing()
    {
        var filter = LiveFilter.All([new(LiveDimension.Environment, [])]);

        var sums = await SameAsOracleAsync(new LiveSumsQuery { Filter = filter, Ranges = [LiveRange.AllTime], LatestTraces = 5, RunningSince = DateTimeOffset.MinValue });

        Assert.Empty(sums.Buckets);
        Assert.Empty(sums.LatestTraces);
        Assert.Empty(sums.Running);
    }

    [Fact]
    public async Task A_number_comes_back_in_the_bucket_that_it_was_given_in()
    {
        double[] edges =
        [
            0, -0.0, 1, -1, 0.1, 1e300, -double.MaxValue, double.Epsilon, SignedSketchMapping.MinValue, -Math.BitDecrement(SignedSketchMapping.MinValue),
            .. Enumerable.Range(0, 40).Select(i => Math.BitIncrement(SketchMapping.LowerBound(i * 25))),
            .. Enumerable.Range(0, 40).Select(i => -Math.BitDecrement(SketchMapping.LowerBound(i * -20))),
        ];
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        await log.AppendAsync(StreamId.ForTrace("t"), SeriesTraffic.Start, [.. edges.Select((value, i) => new ScoreEvent
        {
            EventId = $"e{i}", Timestamp = SeriesTraffic.Start, ScoreId = $"s{i}", Name = $"n{i}", DataType = ScoreDataType.Numeric, Value = value,
        })]);

        var sums = await model.Analytics.GetLiveSumsAsync(TestLog.Project, new LiveSumsQuery { Ranges = [LiveRange.AllTime] }, Token);

        var scores = Assert.Single(sums.Buckets).Series.Single(s => s.Key == LiveSeriesKey.Total).Scores.ToDictionary(s => s.Kind.Name, s => Assert.Single(s.Values));
        Assert.Equal(edges.Select(value => new SketchCount(SignedSketchMapping.IndexOf(value), 1)), edges.Select((_, i) => scores[$"n{i}"]));
    }

    [Fact]
    public async Task Questions_out_of_bounds_are_refused()
    {
        var good = new LiveSumsQuery { Ranges = [new(0, 3_600)], BySecond = true };
        await model.Analytics.GetLiveSumsAsync(TestLog.Project, good, Token);
        LiveSumsQuery[] bad =
        [
            good with { Ranges = [] },
            good with { Ranges = [.. Enumerable.Repeat(new LiveRange(0, 1), 21)] },
            good with { Ranges = [new(1, 0)] },
            good with { Ranges = [new(0, 3_601)] },
            good with { Ranges = [LiveRange.AllTime] },
            good with { LatestTraces = 51 },
            good with { LatestTraces = -1 },
            good with { Own = [.. Enumerable.Range(0, 255).Select(i => new LiveSeriesKey(LiveDimension.Model, $"m{i}"))] },
        ];

        foreach (var query in bad)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => model.Analytics.GetLiveSumsAsync(TestLog.Project, query, Token));
        }
    }

    private static LiveSumsQuery Question(Random random)
    {
        var conditions = new List<LiveCondition>();
        foreach (var dimension in Enum.GetValues<LiveDimension>().Where(d => d != LiveDimension.Total))
        {
            if (random.Next(6) == 0)
            {
                conditions.Add(new LiveCondition(dimension, dimension switch
                {
                    LiveDimension.Model => SeriesTraffic.Models.Take(random.Next(1, 30)),
                    LiveDimension.Environment => SeriesTraffic.Environments.Take(random.Next(1, 3)),
                    LiveDimension.TraceName or LiveDimension.Tool => [.. Enumerable.Range(0, 20).Select(i => $"name-{i}"), "plain"],
                    LiveDimension.Release => ["r1"],
                    LiveDimension.PromptVersion => ["greeting@1", "goodbye@2", "greeting@2"],
                    LiveDimension.Prompt => ["greeting"],
                    LiveDimension.User => ["user-1", "user-2"],
                    _ => ["session-0", "session-1"],
                }));
            }
        }

        var bySecond = random.Next(2) == 0;
        return new LiveSumsQuery
        {
            Filter = LiveFilter.All(conditions),
            Ranges = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Start + random.Next(-10, 70)).Select(from => new LiveRange(from, from + random.Next(0, 40)))],
            BySecond = bySecond,
            Own = [.. SeriesTraffic.Models.Where(_ => random.Next(3) == 0).Take(30).Select(model => new LiveSeriesKey(LiveDimension.Model, model))],
        };
    }

    private async Task<LiveSums> SameAsOracleAsync(LiveSumsQuery query)
    {
        var sums = await model.Analytics.GetLiveSumsAsync(TestLog.Project, query, Token);
        Truth.Same(Oracle.Buckets(query).Select(Sorted), sums.Buckets.Select(Sorted));
        return sums;
    }

    private static SumBucket Sorted(SumBucket bucket) => bucket with
    {
        Series =
        [
            .. bucket.Series.OrderBy(s => s.Key.Dimension).ThenBy(s => s.Key.Value, StringComparer.Ordinal).Select(s => s with
            {
                Scores =
                [
                    .. s.Scores.OrderBy(score => score.Kind.Name, StringComparer.Ordinal).ThenBy(score => score.Kind.Source)
                        .ThenBy(score => score.Kind.Category, StringComparer.Ordinal),
                ],
            }),
        ],
    };
}
