using System.Numerics;
using Actors.Live;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>The live seed, the history and the heat map against plain LINQ over what the log folds to.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private Truth _truth = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset From => Traffic.Start;

    private static DateTimeOffset To => Traffic.Start.AddSeconds(60);

    public async ValueTask InitializeAsync()
    {
        await new Traffic(_log, seed: 8).AppendAsync(300);
        _model = new TestReadModel(_log);
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("env:staging")]
    [InlineData("model:gpt-4o,model-1,model-2")]
    [InlineData("user:user-1,user-2 env:default,production")]
    public async Task History_has_the_numbers_of_each_bucket_and_of_both_windows(string text)
    {
        Assert.Null(LiveFilter.TryParse(text, out var filter));
        var from = Traffic.Start.AddSeconds(20);
        var query = new HistoryQuery { From = from, To = from.AddSeconds(20), Step = TimeSpan.FromSeconds(2), Filter = filter };

        var window = await _model.Analytics.GetHistoryAsync(TestLog.Project, query, Token);

        Truth.Same(Stats(query.From, query.To, filter), window.Current);
        Truth.Same(Stats(query.From.AddSeconds(-20), query.From, filter), window.Previous);
        var buckets = Enumerable.Range(0, 10).Select(i => query.From.AddSeconds(2 * i))
            .Select(at => new LivePoint { Second = at.ToUnixTimeSeconds(), Stats = Stats(at, at.AddSeconds(2), filter) })
            .Where(point => point.Stats.Observations + point.Stats.Traces + point.Stats.Scores.Count > 0);
        Truth.Same(buckets, window.Total);
        var calls = Observations(query.From, query.To, filter).Where(o => o.Type.CallsModel() && o.Model is not null).ToList();
        Assert.Equal(calls.Count, window.Series.Sum(series => series.Points.Sum(point => point.Stats.Requests)));
        Assert.Equal(Math.Min(9, calls.DistinctBy(o => o.Model).Count()), window.Series.Count);
        foreach (var series in window.Series.Where(series => series.Key.Value != LiveSeriesKey.Other))
        {
            Assert.Equal(calls.Count(o => o.Model == series.Key.Value), series.Points.Sum(point => point.Stats.Requests));
        }
    }

    [Fact]
    public async Task A_heat_map_counts_each_call_in_the_row_of_its_latency()
    {
        var query = new HeatmapQuery { From = From, To = To, Step = TimeSpan.FromSeconds(1) };

        var map = await _model.Analytics.GetLatencyHeatmapAsync(TestLog.Project, query, Token);

        var bounds = map.RowUpperBoundsMs;
        var expected = Observations(From, To, LiveFilter.Everything).Where(o => o.Type.CallsModel() && o.Latency is not null)
            .CountBy(o => (
                Column: (int)((o.CountedAt - From) / query.Step),
                Row: Math.Min(bounds.Count - 1, bounds.Count(bound => bound < o.Latency!.Value.TotalMilliseconds))))
            .Select(cell => new HeatmapCell(cell.Key.Column, cell.Key.Row, cell.Value))
            .OrderBy(cell => cell.Column).ThenBy(cell => cell.Row);
        Assert.Equal(expected, map.Cells);
        Assert.Equal(bounds.Order(), bounds);
    }

    private static bool IsUnpriced(ObservationRecord o) => o.Type.CallsModel() && o.Usage.Count > 0 && o.Cost.TotalUsd is null;

    private static long? Milliseconds(TimeSpan? span) => span is { Ticks: >= 0 } s ? (long)s.TotalMilliseconds : null;

    private static double? Quantile<T>(double q, IEnumerable<T?> values)
        where T : struct, INumber<T>
    {
        var sorted = values.OfType<T>().Order().ToList();
        return sorted.Count == 0 ? null : double.CreateChecked(sorted[(int)Math.Max(0, Math.Ceiling((q * sorted.Count) - 1e-9) - 1)]);
    }

    private bool Counts(LiveFilter filter, string? traceId, string environment, ObservationRecord? observation)
    {
        var trace = _truth.Traces.Find(t => t.Record.Id == traceId)?.Record;
        return filter.Conditions.All(condition => condition.Dimension switch
        {
            LiveDimension.Environment => environment,
            LiveDimension.Model => observation?.Model,
            LiveDimension.User => trace?.UserId,
            _ => throw new NotSupportedException(),
        } is { } value && condition.Values.Contains(value));
    }

    private IEnumerable<ObservationRecord> Observations(DateTimeOffset from, DateTimeOffset to, LiveFilter filter) =>
        _truth.Observations.Where(o => o.CountedAt >= from && o.CountedAt < to && Counts(filter, o.TraceId, o.Environment, o));

    private IEnumerable<ScoreRecord> Scores(DateTimeOffset from, DateTimeOffset to, LiveFilter filter) =>
        _truth.Scores.Where(s => s.Timestamp >= from && s.Timestamp < to && (s.DataType == ScoreDataType.Categorical ? s.StringValue is not null : s.Value is not null)
            && Counts(filter, s.TraceId, s.Environment, _truth.Observations.Find(o => o.TraceId == s.TraceId && o.Id == s.ObservationId)));

    private LiveStats Stats(DateTimeOffset from, DateTimeOffset to, LiveFilter filter)
    {
        var all = Observations(from, to, filter).ToList();
        var calls = all.Where(o => o.Type.CallsModel()).ToList();
        var speeds = calls.Where(o => o.OutputTokens > 0 && Milliseconds(o.Latency) is > 0).Select(o => 1000.0 * o.OutputTokens / Milliseconds(o.Latency)!.Value).Order().ToList();
        return new LiveStats
        {
            Traces = filter.LeavesTracesOut ? 0 : _truth.Traces.Select(t => t.Record)
                .Count(t => t.Timestamp >= from && t.Timestamp < to && Counts(filter, t.Id, t.Environment, null)),
            Observations = all.Count,
            Requests = calls.Count,
            Errors = all.Count(o => o.Level == ObservationLevel.Error),
            InputTokens = all.Sum(o => o.InputTokens),
            OutputTokens = all.Sum(o => o.OutputTokens),
            TotalTokens = all.Sum(o => o.TotalTokens),
            CostUsd = all.Sum(o => o.Cost.TotalUsd ?? 0),
            InputCostUsd = Cost(all, "input"),
            OutputCostUsd = Cost(all, "output"),
            Unpriced = all.Count(IsUnpriced),
            LatencyP50Ms = Quantile(0.5, calls.Select(o => Milliseconds(o.Latency))),
            LatencyP95Ms = Quantile(0.95, calls.Select(o => Milliseconds(o.Latency))),
            LatencyP99Ms = Quantile(0.99, calls.Select(o => Milliseconds(o.Latency))),
            FirstTokenP50Ms = Quantile(0.5, calls.Select(o => Milliseconds(o.TimeToFirstToken))),
            FirstTokenP95Ms = Quantile(0.95, calls.Select(o => Milliseconds(o.TimeToFirstToken))),
            TokensPerSecondP50 = speeds.Count == 0 ? null : speeds[(speeds.Count - 1) / 2],
            Scores = [.. Scores(from, to, filter)
                .GroupBy(s => (s.Name, s.Source, Category: s.DataType == ScoreDataType.Categorical ? s.StringValue : null))
                .Select(g => (Scores: g, Numbers: g.Where(s => s.DataType == ScoreDataType.Numeric).Select(s => s.Value).ToList()))
                .Select(g => new ScoreStats(
                    g.Scores.Key.Name, g.Scores.Count(), g.Scores.Sum(s => s.DataType == ScoreDataType.Categorical ? 0 : s.Value!.Value), g.Scores.Key.Source,
                    g.Scores.Key.Category, Quantile(0.1, g.Numbers), Quantile(0.5, g.Numbers), Quantile(0.9, g.Numbers)))
                .OrderByDescending(s => s.Count).ThenBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Source)
                .ThenBy(s => s.Category is null ? "" : Schema.StoredText.Encode(s.Category), StringComparer.Ordinal).Take(LiveStats.MaxScores)],
        };
    }

    private static decimal Cost(IEnumerable<ObservationRecord> observations, string part) =>
        observations.SelectMany(o => o.Cost.Details).Where(c => c.Key.Contains(part, StringComparison.OrdinalIgnoreCase)).Sum(c => c.CostUsd);
}
