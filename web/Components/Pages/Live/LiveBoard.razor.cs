using Actors.Filtering;
using Actors.Live;
using Actors.Queries;
using Actors.Web.Components.Controls;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Live;

/// <summary>Tiles, charts and lists of the live page, for one range and filter. Others are another board.</summary>
public sealed partial class LiveBoard(NavigationManager navigation, ViewerClock clock)
{
    private const double SketchError = 0.01;

    private static readonly string[] Labels = ["Requests", "p95 latency", "Tokens", "Error rate", "Spend", "Quality"];

    private readonly CourseChart _latency = PartsChart.Latency();
    private readonly CourseChart _spend = StackChart.Spend();
    private CourseChart _requests = null!;
    private CourseChart _quality = null!;
    private LiveChart? _latencyView;
    private LiveChart? _requestsView;
    private LiveChart? _spendView;
    private LiveChart? _qualityView;
    private ChartOptions _latencyOptions = null!;
    private ChartOptions _requestsOptions = null!;
    private ChartOptions _spendOptions = null!;
    private ChartOptions _qualityOptions = null!;
    private ChartOptions _heatOptions = null!;
    private Course? _course;
    private Course? _scores;
    private IReadOnlyList<double> _heatBounds = [];
    private IReadOnlyList<ChartMark> _marks = [];
    private RequestsBy? _by;
    private (string? Name, bool HasSpread)? _score;

    /// <summary>What is shown beside the charts.</summary>
    [Parameter, EditorRequired]
    public LivePageView View { get; set; } = null!;

    private TimeRange Range => View.Address.Range;

    // A chart that has just come knows nothing: everything is sent to it.
    private LiveChart LatencyView { set => Take(ref _latencyView, value, _latency, _course); }

    private LiveChart RequestsView { set => Take(ref _requestsView, value, _requests, _course); }

    private LiveChart SpendView { set => Take(ref _spendView, value, _spend, _course); }

    private LiveChart QualityView { set => Take(ref _qualityView, value, _quality, _scores); }

    private LiveChart? HeatView { get; set; }

    /// <summary>Draws what changed.</summary>
    /// <param name="course">The numbers.</param>
    /// <param name="isWhole">Whether it is time for the charts that move slowly, too.</param>
    public async Task DrawAsync(Course course, bool isWhole)
    {
        _course = course;
        await _latencyView!.PushAsync(_latency.Next(course));
        await _requestsView!.PushAsync(_requests.Next(course));
        if (isWhole)
            await _spendView!.PushAsync(_spend.Next(course));
    }

    /// <summary>Draws the scores.</summary>
    public Task DrawScoresAsync(Course course)
    {
        _scores = course;
        return _qualityView!.PushAsync(_quality.Next(course));
    }

    /// <summary>Draws the heat map anew.</summary>
    public Task DrawHeatAsync(LatencyHeatmap map, HeatmapQuery query)
    {
        _heatBounds = HeatFrame.Bounds(map);
        return HeatView!.PushAsync(HeatFrame.Of(map, query));
    }

    /// <summary>Marks what changed on all charts over time.</summary>
    public async Task MarkAsync(IReadOnlyList<LiveMark> changes)
    {
        ChartMark[] marks = [.. changes.Select(m => new ChartMark(m.At.ToUnixTimeMilliseconds(), m.Kind, m.Title ?? m.Text, m.Key))];
        if (marks.SequenceEqual(_marks))
            return;
        _marks = marks;
        foreach (var chart in (LiveChart?[])[_latencyView, _requestsView, _spendView, _qualityView])
            await (chart?.MarkAsync(marks) ?? Task.CompletedTask);
    }

    /// <summary>Forgets what was sent: the viewer was away, and frames may be lost.</summary>
    public void Reset()
    {
        foreach (var chart in (CourseChart[])[_latency, _requests, _spend, _quality])
            chart.Reset();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        var query = HistoryWindows.Query(Range, View.Now, LiveFilter.Everything);
        var heat = HistoryWindows.Heat(Range, View.Now, LiveFilter.Everything);
        var step = Range.IsLive ? 1000 : (long)query.Step.TotalMilliseconds;
        var window = (long)(Range.IsLive ? Range.Length : query.To - query.From).TotalMilliseconds;
        _latencyOptions = new ChartOptions("bands", "ms", window, step, (int)(window / step) + 2, "live");
        _spendOptions = _latencyOptions with { Kind = "stack", Unit = "$/min" };
        var (slow, columns) = ((long)heat.Step.TotalMilliseconds, (long)(heat.To - heat.From).TotalMilliseconds);
        _heatOptions = new ChartOptions("heat", "", columns, slow, 130);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_by != View.Address.By)
        {
            _by = View.Address.By;
            _requests = View.Address.RequestsChart();
            _requestsOptions = _latencyOptions with { Kind = "stack", Unit = "/s" };
        }
        if (_score != (View.Score, View.HasSpread))
        {
            _score = (View.Score, View.HasSpread);
            _quality = PartsChart.Score(View.Score ?? "", View.HasSpread);
            var query = HistoryWindows.Scores(Range, View.Now, LiveFilter.Everything);
            var (window, step) = ((long)(query.To - query.From).TotalMilliseconds, (long)query.Step.TotalMilliseconds);
            _qualityOptions = new ChartOptions(
                View.HasSpread ? "spread" : "lines", "", window, step, (int)(window / step) + 2, Range.IsLive ? null : "live");
        }
    }

    private void Take(ref LiveChart? known, LiveChart value, CourseChart drawn, Course? course)
    {
        if (ReferenceEquals(known, value))
            return;
        known = value;
        drawn.Reset();

        // It keeps both until its script is there, so there is nothing to wait for.
        _ = value.MarkAsync(_marks);
        if (course is not null)
            _ = value.PushAsync(drawn.Next(course));
    }

    private void OpenMark(string key)
    {
        if (View.Marks.FirstOrDefault(m => m.Key == key) is { } mark)
            navigation.NavigateTo(mark.Href);
    }

    // Lines of the live edge are right within a percent; what lies on a line must not fall out of its band.
    private void PickLatency(ChartPick pick) => Open(View.Links?.Latencies(
        pick.From, pick.To, pick.Above * (Range.IsLive ? 1 - SketchError : 1), pick.UpTo * (Range.IsLive ? 1 + SketchError : 1)));

    private void PickHeat(ChartPick pick)
    {
        if (pick.Series >= _heatBounds.Count)
            return;
        double? above = pick.Series > 0 ? _heatBounds[pick.Series - 1] : null;
        Open(View.Links?.Latencies(pick.From, pick.To, above, pick.Series < _heatBounds.Count - 1 ? _heatBounds[pick.Series] : null));
    }

    private void PickRequests(ChartPick pick) => Open(View.Address.By switch
    {
        RequestsBy.Model => View.Links?.Calls(pick.From, pick.To, ValueOf("model", _requests.Names, pick.Series)),
        RequestsBy.Name => View.Links?.Calls(pick.From, pick.To, ValueOf("traceName", _requests.Names, pick.Series)),
        RequestsBy.Status => View.Links?.Counted(pick.From, pick.To, pick.Series == 0 ? Filter.Equal("level", "ERROR") : Filter.Not(Filter.Equal("level", "ERROR"))),
        _ => View.Links?.Counted(pick.From, pick.To),
    });

    private void PickSpend(ChartPick pick) => Open(View.Links?.Counted(pick.From, pick.To, ValueOf("model", _spend.Names, pick.Series)));

    private void PickScore(ChartPick pick) => Open(View.Score is { } name ? View.Links?.Scored(pick.From, pick.To, name) : null);

    // What is left over is everything but what has a name of its own in the chart.
    private static Filter ValueOf(string column, IReadOnlyList<string> names, int series)
    {
        if (series < 0 || series >= names.Count)
            return Filter.Has(column);
        return names[series] == LiveSeriesKey.Other
            ? Filter.All(Filter.Has(column), Filter.Not(Filter.OneOf(FilterCatalog.Observations.Find(column)!, null, [.. names.Take(series)])))
            : Filter.Equal(column, names[series]);
    }

    private void Open(string? href)
    {
        if (href is not null)
            navigation.NavigateTo(href);
    }

    private void Zoom(ChartZoom zoom)
    {
        if (zoom.To - zoom.From >= TimeSpan.FromSeconds(1))
            navigation.NavigateTo((View.Address with { Range = TimeRange.Between(zoom.From, zoom.To) }).ToQuery());
    }

    private void ChooseScore(ChangeEventArgs change) =>
        navigation.NavigateTo((View.Address with { Score = change.Value as string }).ToQuery(), replace: true);
}
