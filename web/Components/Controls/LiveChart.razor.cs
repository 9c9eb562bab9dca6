using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls;

/// <summary>
/// A chart that is told what changes. Rows live in the browser; a viewer slower than the data is owed one merged frame, so
/// nothing queues on the server however slow the connection.
/// </summary>
public sealed partial class LiveChart(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _element;
    private readonly ScriptObject _chart = new(js, "live-chart.js");
    private DotNetObjectReference<LiveChart>? _self;
    private ChartFrame? _pending;
    private IReadOnlyList<ChartMark> _marks = [];
    private bool _sending;

    /// <summary>What the chart is. Fixed for the life of the component: give it another key to change it.</summary>
    [Parameter, EditorRequired]
    public ChartOptions Options { get; set; } = null!;

    /// <summary>What the chart shows, in words.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Further CSS classes.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>Somebody clicked a point, band or cell.</summary>
    [Parameter]
    public EventCallback<ChartPick> OnPick { get; set; }

    /// <summary>Somebody dragged over a range of time.</summary>
    [Parameter]
    public EventCallback<ChartZoom> OnZoom { get; set; }

    /// <summary>Somebody clicked a mark; told by its key.</summary>
    [Parameter]
    public EventCallback<string> OnMark { get; set; }

    /// <summary>Marks moments, and no others any more.</summary>
    public Task MarkAsync(IReadOnlyList<ChartMark> marks)
    {
        _marks = marks;
        return _chart.CallAsync("mark", marks);
    }

    /// <summary>Hands over a change. Returns at once when an earlier frame is still on its way; the newest values win.</summary>
    public async Task PushAsync(ChartFrame frame)
    {
        _pending = _pending is null ? frame : ChartFrame.Merge(_pending, frame, Options.Capacity);
        if (!_sending)
            await FlushAsync();
    }

    /// <summary>Called by the script.</summary>
    [JSInvokable("OnPick")]
    public Task PickedAsync(long at, int series, double? above, double? upTo)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(at);
        return OnPick.InvokeAsync(new ChartPick(from, from.AddMilliseconds(Options.StepMs), series, above, upTo));
    }

    /// <summary>Called by the script.</summary>
    [JSInvokable("OnMark")]
    public Task MarkedAsync(string key) => OnMark.InvokeAsync(key);

    /// <summary>Called by the script.</summary>
    [JSInvokable("OnZoom")]
    public Task ZoomedAsync(long from, long to) =>
        OnZoom.InvokeAsync(new ChartZoom(DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _chart.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        _self = DotNetObjectReference.Create(this);
        await _chart.EnsureAsync("create", _element, new
        {
            Options.Kind,
            Options.Unit,
            Options.WindowMs,
            Options.StepMs,
            Options.Capacity,
            Options.Group,
            CanPick = OnPick.HasDelegate,
            CanZoom = OnZoom.HasDelegate,
        }, _self);
        if (_marks.Count > 0)
            await _chart.CallAsync("mark", _marks);
        await FlushAsync();
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => !_chart.IsReady;

    private async Task FlushAsync()
    {
        if (!_chart.IsReady || _sending)
            return;

        _sending = true;
        try
        {
            // When the connection drops, frames are lost: the owner resets the chart when it is back.
            while (_pending is { } frame && _chart.IsReady)
            {
                _pending = null;
                await _chart.CallAsync("push", frame);
            }
        }
        finally
        {
            _sending = false;
        }
    }
}
