using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>Counts by value, and rows by time, against plain LINQ over what the log folds to.</summary>
public sealed class FacetTests : IAsyncLifetime
{
    private static readonly string[] OfTraces =
        ["environment", "level", "name", "model", "tags", "userId", "sessionId", "release", "version", "scores_avg"];

    private static readonly string[] OfObservations =
        ["type", "level", "name", "environment", "model", "promptName", "version", "traceName", "userId", "sessionId", "release", "traceTags", "scores_avg"];

    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private Truth _truth = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> TraceFilters =>
        [.. new[] { "", "env:production level:ERROR", "name:plain tags:tag-b", "has:scores.score-3 user:user-1", "-env:production (level:ERROR OR model:model-3)" }];

    public static TheoryData<string> ObservationFilters =>
        [.. new[] { "", "type:GENERATION level:ERROR", "name:plain user:user-2", "tags:tag-b has:scores.score-3", "model:model-3,gpt-4o env:staging" }];

    public async ValueTask InitializeAsync()
    {
        await new Traffic(_log, seed: 11).AppendAsync(260);
        _model = new TestReadModel(_log);
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(TraceFilters))]
    public async Task A_facet_of_traces_counts_without_its_own_part_of_the_filter(string text)
    {
        var query = new TraceQuery { Filter = Read(FilterCatalog.Traces, text), From = Traffic.Start.AddSeconds(2) };

        var facets = await _model.Analytics.CountTracesAsync(TestLog.Project, query, OfTraces, Token);

        Assert.Equal(OfTraces, facets.Select(f => f.Column));
        foreach (var facet in facets)
        {
            var without = FilterEdit.Without(query.Filter, facet.Column);
            Check(facet, _truth.Traces.Select(t => t.Record)
                .Where(t => t.Timestamp >= query.From && FilterMatcher.Matches(without, FilterCatalog.Traces, _truth.Row(t)))
                .Select(t => Values(t, facet.Column)));
        }
    }

    [Theory]
    [MemberData(nameof(ObservationFilters))]
    public async Task A_facet_of_observations_counts_without_its_own_part_of_the_filter(string text)
    {
        var query = new ObservationQuery { Filter = Read(FilterCatalog.Observations, text), From = Traffic.Start.AddSeconds(2) };

        var facets = await _model.Analytics.CountObservationsAsync(TestLog.Project, query, OfObservations, Token);

        Assert.Equal(OfObservations, facets.Select(f => f.Column));
        foreach (var facet in facets)
        {
            var without = FilterEdit.Without(query.Filter, facet.Column);
            Check(facet, _truth.Observations
                .Where(o => o.StartTime >= query.From && FilterMatcher.Matches(without, FilterCatalog.Observations, _truth.Row(o)))
                .Select(o => Values(o, facet.Column)));
        }
    }

    [Fact]
    public async Task What_is_not_counted_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _model.Analytics.CountTracesAsync(TestLog.Project, new TraceQuery(), ["input"], Token));

    [Fact]
    public async Task The_pulse_of_traces_is_what_the_log_says()
    {
        var (step, query) = (TimeSpan.FromSeconds(3), new TraceQuery { Filter = Read(FilterCatalog.Traces, "-env:staging"), From = Traffic.Start.AddSeconds(1) });

        var pulse = await _model.Analytics.GetTracePulseAsync(TestLog.Project, query, step, Token);

        var rows = _truth.Traces.Select(t => t.Record)
            .Where(t => t.Timestamp >= query.From && FilterMatcher.Matches(query.Filter, FilterCatalog.Traces, _truth.Row(t)));
        Check(pulse, rows.Select(t => (t.Timestamp, t.Summary.Level, t.Summary.Latency, t.Summary.CostUsd)), step);
        Assert.All(pulse.Buckets, b => Assert.Null(b.Slowest?.ObservationId));
    }

    [Fact]
    public async Task The_pulse_of_observations_is_what_the_log_says()
    {
        var (step, query) = (TimeSpan.FromSeconds(2), new ObservationQuery { From = Traffic.Start });

        var pulse = await _model.Analytics.GetObservationPulseAsync(TestLog.Project, query, step, Token);

        Check(pulse, _truth.Observations.Where(o => o.StartTime >= query.From).Select(o => (o.StartTime, o.Level, o.Latency, o.Cost.TotalUsd)), step);
        foreach (var slowest in pulse.Buckets.Select(b => b.Slowest).OfType<PulsePoint>())
        {
            Assert.Contains(_truth.Observations, o =>
                o.TraceId == slowest.TraceId && o.Id == slowest.ObservationId && o.Latency!.Value.TotalMilliseconds == slowest.LatencyMs);
        }
    }

    [Fact]
    public async Task Observations_come_in_any_order_with_what_their_traces_say()
    {
        foreach (var (order, key) in new (ObservationOrder, Func<ObservationRecord, IComparable?>)[]
        {
            (ObservationOrder.Latency, o => Milliseconds(o.Latency)), (ObservationOrder.TotalTokens, o => o.TotalTokens),
            (ObservationOrder.TimeToFirstToken, o => Milliseconds(o.TimeToFirstToken)), (ObservationOrder.Type, o => (int)o.Type), (ObservationOrder.Cost, o => o.Cost.TotalUsd),
        })
        {
            foreach (var descending in new[] { true, false })
            {
                var query = new ObservationQuery { OrderBy = order, Descending = descending, Limit = 50, Offset = 5 };

                var page = await _model.Analytics.ListObservationLinesAsync(TestLog.Project, query, Token);

                var known = _truth.Observations.OrderBy(o => key(o) is null ? 1 : 0);
                var sorted = descending
                    ? known.ThenByDescending(key).ThenByDescending(o => o.TraceId, StringComparer.Ordinal).ThenByDescending(o => o.Id, StringComparer.Ordinal)
                    : known.ThenBy(key).ThenBy(o => o.TraceId, StringComparer.Ordinal).ThenBy(o => o.Id, StringComparer.Ordinal);
                Truth.Same(sorted.Skip(5).Take(50), [.. page.Items.Select(line => line.Observation)]);
                foreach (var line in page.Items)
                {
                    var trace = _truth.Traces.Single(t => t.Record.Id == line.Observation.TraceId).Record;
                    Assert.Equal((trace.Name, trace.UserId, trace.SessionId, trace.Release), (line.Trace!.Name, line.Trace.UserId, line.Trace.SessionId, line.Trace.Release));
                    Assert.Equal(trace.Tags, line.Trace.Tags);
                }
            }
        }
    }

    [Fact]
    public async Task A_list_of_observations_stays_at_the_moment_when_it_was_read()
    {
        var received = _truth.Observations.Select(o => o.CreatedAt).Order().ToList();
        var moment = received[received.Count / 2];

        var before = await _model.Analytics.ListObservationsAsync(TestLog.Project, new ObservationQuery { Limit = 1, ReceivedUpTo = moment }, Token);
        var after = await _model.Analytics.ListObservationsAsync(TestLog.Project, new ObservationQuery { Limit = 1, ReceivedAfter = moment }, Token);

        Assert.Equal(received.Count(at => at <= moment), before.TotalItems);
        Assert.Equal(received.Count(at => at > moment), after.TotalItems);
    }

    private static Filter Read(FilterCatalog catalog, string text) => FilterText.Parse(catalog, text).Filter!;

    private static void Check(Facet facet, IEnumerable<IReadOnlyList<string>> rows)
    {
        var expected = rows.SelectMany(values => values).CountBy(v => v).Select(v => new FacetValue(v.Key, v.Value)).ToHashSet();
        Assert.Equal(Math.Min(20, expected.Count), facet.Values.Count);
        Assert.Subset(expected, facet.Values.ToHashSet());
        Assert.Equal(expected.Select(v => v.Count).OrderDescending().Take(20), facet.Values.Select(v => v.Count));
    }

    private static void Check(Pulse pulse, IEnumerable<(DateTimeOffset At, ObservationLevel Level, TimeSpan? Latency, decimal? Cost)> rows, TimeSpan step)
    {
        var ms = (long)step.TotalMilliseconds;
        var expected = rows.GroupBy(r => r.At.ToUnixTimeMilliseconds() / ms * ms).OrderBy(g => g.Key).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(g => g.Key), pulse.Buckets.Select(b => b.At.ToUnixTimeMilliseconds()));
        foreach (var (group, bucket) in expected.Zip(pulse.Buckets))
        {
            var latencies = group.Select(r => r.Latency?.TotalMilliseconds).OfType<double>().Order().ToList();
            Assert.Equal(group.Count(), bucket.Count);
            Assert.Equal(group.Count(r => r.Level == ObservationLevel.Error), bucket.Errors);
            Assert.Equal(group.Any(r => r.Cost is not null) ? group.Sum(r => r.Cost ?? 0) : null, bucket.CostUsd);
            Assert.Equal(latencies.Count > 0 ? latencies[^1] : null, bucket.Slowest?.LatencyMs);
            Assert.Equal(Quantile(latencies, 0.5), bucket.P50Ms is { } p50 ? Math.Round(p50, 6) : null);
            Assert.Equal(Quantile(latencies, 0.95), bucket.P95Ms is { } p95 ? Math.Round(p95, 6) : null);
        }
    }

    // As the file keeps them: whole, and none below zero.
    private static long? Milliseconds(TimeSpan? value) => value is { Ticks: >= 0 } known ? known.Ticks / TimeSpan.TicksPerMillisecond : null;

    private static double? Quantile(List<double> sorted, double q)
    {
        if (sorted.Count == 0)
        {
            return null;
        }

        var place = (sorted.Count - 1) * q;
        var low = sorted[(int)Math.Floor(place)];
        return Math.Round(low + ((sorted[(int)Math.Ceiling(place)] - low) * (place - Math.Floor(place))), 6);
    }

    private IReadOnlyList<string> Values(TraceRecord trace, string column) => column switch
    {
        "environment" => One(trace.Environment),
        "level" => One(trace.Summary.Level.ToWire()),
        "name" => One(trace.Name),
        "model" => trace.Summary.Models,
        "tags" => trace.Tags,
        "userId" => One(trace.UserId),
        "sessionId" => One(trace.SessionId),
        "release" => One(trace.Release),
        "version" => One(trace.Version),
        _ => Scored(s => s.TraceId == trace.Id),
    };

    private IReadOnlyList<string> Values(ObservationRecord o, string column)
    {
        var trace = _truth.Traces.Single(t => t.Record.Id == o.TraceId).Record;
        return column switch
        {
            "type" => One(o.Type.ToWire()),
            "level" => One(o.Level.ToWire()),
            "name" => One(o.Name),
            "environment" => One(o.Environment),
            "model" => One(o.Model),
            "promptName" => One(o.PromptName),
            "version" => One(o.Version),
            "traceName" => One(trace.Name),
            "userId" => One(trace.UserId),
            "sessionId" => One(trace.SessionId),
            "release" => One(trace.Release),
            "traceTags" => trace.Tags,
            _ => Scored(s => s.TraceId == o.TraceId && s.ObservationId == o.Id),
        };
    }

    private static IReadOnlyList<string> One(string? value) => value is null ? [] : [value];

    private IReadOnlyList<string> Scored(Func<ScoreRecord, bool> of) =>
        [.. _truth.Scores.Where(s => s.DataType is ScoreDataType.Numeric or ScoreDataType.Boolean && of(s)).Select(s => s.Name).Distinct()];
}
