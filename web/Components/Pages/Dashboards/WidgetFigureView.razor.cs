using Actors.Web.Components.Controls;
using Actors.Web.Model.Dashboards;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Dashboards;

/// <summary>Draws a figure in the form it has.</summary>
public sealed partial class WidgetFigureView
{
    private LiveChart? _chart;
    private ChartFrame? _pushed;

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired]
    public WidgetFigure Figure { get; set; } = null!;

    /// <summary>Somebody pointed at something.</summary>
    [Parameter]
    public EventCallback<WidgetOpening> OnPick { get; set; }

    /// <summary>Somebody dragged over a range of time.</summary>
    [Parameter]
    public EventCallback<ChartZoom> OnZoom { get; set; }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Figure is TimeFigure { Frame: var frame } && _chart is not null && !ReferenceEquals(_pushed, frame))
        {
            _pushed = frame;
            await _chart.PushAsync(frame);
        }
    }

    private Task PickTimeAsync(TimeFigure time, ChartPick pick)
    {
        var what = pick.Series >= 0 && pick.Series < time.Picks.Count ? time.Picks[pick.Series] : new WidgetPick([]);
        return OnPick.InvokeAsync(new WidgetOpening(what, new ChartZoom(pick.From, pick.To)));
    }

    private Task PickAsync(IReadOnlyList<WidgetPick> picks, int index) =>
        index >= 0 && index < picks.Count ? OnPick.InvokeAsync(new WidgetOpening(picks[index], null)) : Task.CompletedTask;
}
