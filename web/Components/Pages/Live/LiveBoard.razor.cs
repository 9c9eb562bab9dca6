using System.Collections.Immutable;
using Actors.Live;
using Actors.Web.Components.Controls;
using Actors.Web.Model;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Live;

/// <summary>Tiles, charts and feed of the live page, for one range. Another range is another board.</summary>
public sealed partial class LiveBoard(NavigationManager navigation, ViewerClock clock)
{
    private static readonly string[] Labels = ["Requests", "p95 latency", "Tokens", "Error rate", "Spend", "Quality"];

    private LiveChart? _latency;
    private LiveChart? _requests;
    private LiveChart? _heat;
    private ChartOptions _latencyOptions = null!;
    private ChartOptions _requestsOptions = null!;
    private ChartOptions _heatOptions = null!;
    private IReadOnlyList<string> _models = [];

    /// <summary>The project; null while it is looked up.</summary>
    [Parameter]
    public ProjectId? Project { get; set; }

    /// <summary>What is counted.</summary>
    [Parameter]
    public LiveFilter Filter { get; set; } = LiveFilter.Everything;

    /// <summary>What the charts span.</summary>
    [Parameter, EditorRequired]
    public TimeRange Range { get; set; } = TimeRange.Minute;

    /// <summary>The figures; empty before the first state.</summary>
    [Parameter]
    public IReadOnlyList<TileModel> Tiles { get; set; } = [];

    /// <summary>Latest traces.</summary>
    [Parameter]
    public ImmutableArray<FeedTrace> Feed { get; set; } = [];

    /// <summary>Where running traces end.</summary>
    [Parameter]
    public DateTimeOffset Now { get; set; }

    /// <summary>Number of models that were called.</summary>
    [Parameter]
    public int Models { get; set; }

    /// <summary>When the figures were true; null: not known.</summary>
    [Parameter]
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>Some of the figures wait to be confirmed by the read model.</summary>
    [Parameter]
    public bool Settling { get; set; }

    private string? AsOfText => AsOf is { } asOf ? $"As of {clock.Second(asOf)}" : null;

    // The live edge is told once a second even when nothing happens.
    private string? AgeText => AsOf is { } asOf && Now - asOf > TimeSpan.FromSeconds(3) ? $"{Format.Duration(Now - asOf)} old" : Settling ? "settling" : null;

    private string ModelsText => Models > CourseCharts.MaxModels ? $"by model · top {CourseCharts.MaxModels} of {Models}" : "stacked by model";

    private string HeatText => Range.IsFixed || Range.Length > TimeRange.Hour.Length ? "calls per bucket" : "calls per minute, last 60 min";

    /// <summary>Draws what changed.</summary>
    public async Task PushAsync(ChartFrame latency, ChartFrame requests)
    {
        _models = requests.Series;
        await _latency!.PushAsync(latency);
        await _requests!.PushAsync(requests);
    }

    /// <summary>Draws the heat map anew.</summary>
    public Task PushHeatAsync(ChartFrame frame) => _heat!.PushAsync(frame);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        var query = HistoryWindows.Query(Range, Now, Filter);
        var heat = HistoryWindows.Heat(Range, Now, Filter);
        var step = Range.IsLive ? 1000 : (long)query.Step.TotalMilliseconds;
        var window = (long)(query.To - query.From).TotalMilliseconds;
        if (Range.IsLive)
            window = (long)Range.Length.TotalMilliseconds;
        var capacity = (int)(window / step) + 2;
        _latencyOptions = new ChartOptions("bands", "ms", window, step, capacity, "live");
        _requestsOptions = new ChartOptions("stack", "/s", window, step, capacity, "live");
        _heatOptions = new ChartOptions("heat", "", (long)(heat.To - heat.From).TotalMilliseconds, (long)heat.Step.TotalMilliseconds, 130);
    }

    private Task PickAsync(ChartPick pick) => OpenTracesAsync(pick, null);

    private Task PickModelAsync(ChartPick pick)
    {
        var model = pick.Series >= 0 && pick.Series < _models.Count ? _models[pick.Series] : null;
        return OpenTracesAsync(pick, model == LiveSeriesKey.Other ? null : model);
    }

    // A trace begins before its calls end, so the traces behind a point are looked for from a little earlier on.
    private Task OpenTracesAsync(ChartPick pick, string? model)
    {
        if (Project is { } project)
        {
            var filter = TracesOf(Filter, TimeRange.Between(pick.From.AddSeconds(-60), pick.To)).AndOneOf("model", model is null ? null : [model]);
            navigation.NavigateTo(ProjectPath.Traces(project) + filter.ToQuery());
        }
        return Task.CompletedTask;
    }

    // Traces have no prompts and no tools to be narrowed by.
    private static ListState TracesOf(LiveFilter filter, TimeRange range)
    {
        var traces = TraceFilter.Empty with { Range = range };
        foreach (var condition in filter.Conditions)
        {
            var column = condition.Dimension switch
            {
                LiveDimension.Model => "model",
                LiveDimension.TraceName => "name",
                LiveDimension.Environment => "environment",
                LiveDimension.Release => "release",
                LiveDimension.User => "userId",
                LiveDimension.Session => "sessionId",
                _ => null,
            };
            traces = column is null ? traces : traces.AndOneOf(column, [.. condition.Values]);
        }
        return traces;
    }

    private Task ZoomAsync(ChartZoom zoom)
    {
        if (Project is { } project && zoom.To - zoom.From >= TimeSpan.FromSeconds(1))
        {
            var filter = Filter.IsEverything ? "" : $"&f={Uri.EscapeDataString(Filter.Text)}";
            navigation.NavigateTo($"{ProjectPath.Live(project)}?range={TimeRange.Between(zoom.From, zoom.To).Text}{filter}");
        }
        return Task.CompletedTask;
    }
}
