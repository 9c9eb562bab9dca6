using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>Lists of scores against plain LINQ over what the log folds to.</summary>
public sealed class ScoreQueryTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private Truth _truth = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ScoreQuery> Queries => new(
        new ScoreQuery { Limit = 1000 },
        new ScoreQuery { Limit = 7, Page = 3 },
        new ScoreQuery { TraceScoresOnly = true, Limit = 1000 },
        new ScoreQuery { Names = ["score-1", "score-4"], Environments = ["production", "staging"] },
        new ScoreQuery { Sources = [ScoreSource.Annotation, ScoreSource.Eval], DataTypes = [ScoreDataType.Boolean] },
        new ScoreQuery { ConfigIds = ["config-2"], AuthorUserIds = ["person-1", "person-2"], QueueIds = ["queue-1"] },
        new ScoreQuery { Ids = ["t:trace-1-s0", "t:trace-2-s1", "s:session-1-s2", "'; --"] },
        new ScoreQuery { TraceIds = ["trace-1", "trace-3", "trace-4"] },
        new ScoreQuery { ObservationIds = ["trace-1-o1", "trace-2-o1", "trace-5-o1"] },
        new ScoreQuery { SessionIds = ["session-1", "session-3"] },
        new ScoreQuery { DatasetRunIds = ["run-0"] },
        new ScoreQuery { ValueTests = [new(ScoreComparison.GreaterOrEqual, 5), new(ScoreComparison.Less, 20.25)] },
        new ScoreQuery { ValueTests = [new(ScoreComparison.NotEqual, 1), new(ScoreComparison.LessOrEqual, 12)] },
        new ScoreQuery { ValueTests = [new(ScoreComparison.Greater, 5)], Values = [5, 7.5, 24] },
        new ScoreQuery { ValueTests = [new(ScoreComparison.Equal, 1)] },
        new ScoreQuery { Labels = ["plain", "nul\0inside\0"] },
        new ScoreQuery { UserId = "user-2", Limit = 200 },
        new ScoreQuery { TraceTags = ["tag-b", "plain"] },
        new ScoreQuery { Filter = new Condition("value", null, FilterOperator.Greater, new NumberValue(10)) },
        new ScoreQuery { From = Traffic.Start.AddSeconds(4), To = Traffic.Start.AddSeconds(9) });

    public async ValueTask InitializeAsync()
    {
        await new Traffic(_log, seed: 11).AppendAsync(300);
        _model = new TestReadModel(_log);
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Every_subject_has_its_newest_scores(int limit)
    {
        var query = new SubjectScoreQuery
        {
            LimitPerSubject = limit,
            DatasetRunIds = ["run-0", "run-1", "'; --"],
            TraceIds = ["trace-1", "trace-3", "trace-4"],
            ObservationIds = ["trace-1-o1", "trace-2-o1"],
        };
        var wanted = _truth.Scores.Where(s => s.DatasetRunId is "run-0" or "run-1"
            || (s.TraceId is "trace-1" or "trace-3" or "trace-4" && s.ObservationId is null or "trace-1-o1" or "trace-2-o1"));
        var bySubject = wanted.GroupBy(s => (s.DatasetRunId, s.TraceId, s.ObservationId)).Select(scores => NewestFirst(scores).Take(limit)).ToList();

        Assert.Contains(bySubject, scores => scores.Count() == limit);
        Truth.Same(NewestFirst(bySubject.SelectMany(scores => scores)), await _model.Analytics.GetSubjectScoresAsync(TestLog.Project, query, Token));
    }

    [Fact]
    public async Task Nothing_is_scored_when_nothing_is_asked_for() =>
        Assert.Empty(await _model.Analytics.GetSubjectScoresAsync(TestLog.Project, new SubjectScoreQuery { LimitPerSubject = 5 }, Token));

    private static IEnumerable<ScoreRecord> NewestFirst(IEnumerable<ScoreRecord> scores) =>
        scores.OrderByDescending(s => s.Timestamp).ThenByDescending(s => s.Id, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Queries), DisableDiscoveryEnumeration = true)]
    public async Task A_page_of_scores_is_what_the_log_says(ScoreQuery query)
    {
        var page = await _model.Analytics.ListScoresAsync(TestLog.Project, query, Token);

        var all = Expected(query);
        Assert.Equal(all.Count, page.TotalItems);
        Truth.Same(all.Skip((query.Page - 1) * query.Limit).Take(query.Limit), page.Items);
    }

    [Fact]
    public async Task Every_query_finds_something()
    {
        foreach (var query in Queries)
        {
            var page = await _model.Analytics.ListScoresAsync(TestLog.Project, query.Data, Token);
            Assert.True(page.TotalItems > 0, query.Data.ToString());
        }
    }

    [Fact]
    public async Task Going_on_from_the_last_score_gives_every_score_once()
    {
        var seen = new List<ScoreItem>();
        var query = new ScoreQuery { Limit = 13, WithTotal = false };
        while (true)
        {
            var page = await _model.Analytics.ListScoresAsync(TestLog.Project, query, Token);
            seen.AddRange(page.Items);
            if (page.Items.Count < query.Limit)
            {
                break;
            }

            query = query with { After = new ScoreCursor(page.Items[^1].Score.Timestamp, page.Items[^1].Score.Id) };
        }

        Truth.Same(Expected(new ScoreQuery()), seen);
    }

    [Fact]
    public async Task A_score_is_found_by_its_id()
    {
        foreach (var score in _truth.Scores)
        {
            Truth.Same(score, (await _model.Analytics.GetScoreAsync(TestLog.Project, score.Id, Token))!);
        }

        Assert.Null(await _model.Analytics.GetScoreAsync(TestLog.Project, "unknown", Token));
    }

    private List<ScoreItem> Expected(ScoreQuery query)
    {
        var traces = _truth.Traces.ToDictionary(t => t.Record.Id, t => t.Record);
        return [.. _truth.Scores
            .Select(score => (Score: score, Trace: score.TraceId is { } id ? traces.GetValueOrDefault(id) : null))
            .Where(row => Matches(row.Score, row.Trace, query))
            .OrderByDescending(row => row.Score.Timestamp)
            .ThenByDescending(row => row.Score.Id, StringComparer.Ordinal)
            .Select(row => new ScoreItem(row.Score, row.Trace is { } t ? new ScoredTrace(t.UserId, t.Tags, t.Environment, t.SessionId) : null))];
    }

    private static bool Matches(ScoreRecord s, TraceRecord? trace, ScoreQuery query) =>
        (!query.TraceScoresOnly || (s.TraceId is not null && s.DataType != ScoreDataType.Correction))
        && Any(query.Ids, s.Id) && Any(query.Names, s.Name) && Any(query.Environments, s.Environment)
        && Any(query.ConfigIds, s.ConfigId) && Any(query.QueueIds, s.QueueId) && Any(query.AuthorUserIds, s.AuthorUserId)
        && Any(query.TraceIds, s.TraceId) && Any(query.ObservationIds, s.ObservationId)
        && Any(query.SessionIds, s.SessionId) && Any(query.DatasetRunIds, s.DatasetRunId) && Any(query.Labels, s.StringValue)
        && (query.Sources.Count == 0 || query.Sources.Contains(s.Source))
        && (query.DataTypes.Count == 0 || query.DataTypes.Contains(s.DataType))
        && (query.Values.Count == 0 || (s.Value is { } value && query.Values.Contains(value)))
        && query.ValueTests.All(test => s.Value is { } number && Holds(test, number))
        && (query.From is null || s.Timestamp >= query.From) && (query.To is null || s.Timestamp < query.To)
        && (query.Filter == Filter.Everything || s.Value > 10)
        && (query.UserId is null || trace?.UserId == query.UserId)
        && (query.TraceTags.Count == 0 || (trace is not null && query.TraceTags.All(trace.Tags.Contains)));

    private static bool Any(IReadOnlyList<string> wanted, string? value) => wanted.Count == 0 || (value is not null && wanted.Contains(value));

    private static bool Holds(ScoreValueTest test, double value) => test.Comparison switch
    {
        ScoreComparison.Equal => value == test.Value,
        ScoreComparison.NotEqual => value != test.Value,
        ScoreComparison.Less => value < test.Value,
        ScoreComparison.LessOrEqual => value <= test.Value,
        ScoreComparison.Greater => value > test.Value,
        _ => value >= test.Value,
    };
}
