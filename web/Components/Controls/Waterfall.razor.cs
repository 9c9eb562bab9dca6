using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls;

/// <summary>The spans of a trace over time. Crosshair and zoom live in the browser, everything else here.</summary>
public sealed partial class Waterfall(IJSRuntime js) : IAsyncDisposable
{
    private const int VirtualizeAbove = 200;

    // Deeper nesting keeps its level for screen readers; the eye needs the name to stay in the gutter.
    private const int MaxIndent = 12;

    private readonly string _id = $"wf-{Guid.NewGuid():n}";
    private readonly HashSet<string> _collapsed = [];
    private ElementReference _element;
    private DotNetObjectReference<Waterfall>? _self;
    private readonly ScriptObject _script = new(js, "waterfall.js");
    private Virtualize<IndexedRow>? _list;
    private List<WaterfallRow> _rows = [];
    private WaterfallView _view = WaterfallView.Whole;
    private TimeSpan _total;
    private string? _shownId;
    private bool _reveal;

    private readonly record struct IndexedRow(int Index, WaterfallRow Row);

    /// <summary>The spans.</summary>
    [Parameter, EditorRequired]
    public WaterfallTree Tree { get; set; } = WaterfallTree.Empty;

    /// <summary>Where running spans end; a later instant makes them grow.</summary>
    [Parameter]
    public DateTimeOffset Now { get; set; }

    /// <summary>The chosen span.</summary>
    [Parameter]
    public string? SelectedId { get; set; }

    /// <summary>Another span was chosen.</summary>
    [Parameter]
    public EventCallback<string> SelectedIdChanged { get; set; }

    private int SelectedIndex => _rows.FindIndex(r => r.Span.Id == SelectedId);

    /// <summary>Chooses the visible row <paramref name="by"/> lines away.</summary>
    public Task MoveAsync(int by) => SelectAsync(SelectedIndex + by);

    /// <summary>Called by the script: another part of the trace is in view.</summary>
    [JSInvokable("OnZoom")]
    public async Task ZoomedAsync(double from, double to)
    {
        _view = WaterfallView.Of(from, to);
        await PlaceAsync();
        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _script.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (SelectedId != _shownId)
        {
            _shownId = SelectedId;
            _reveal = true;
            if (SelectedId is not null)
                _collapsed.ExceptWith(Tree.Ancestors(SelectedId));
        }
        await PlaceAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await _script.EnsureAsync("attach", _element, _self);
        }
        if (_reveal && _script.IsReady && SelectedIndex is >= 0 and var index)
        {
            _reveal = false;
            await _script.CallAsync("reveal", index);
        }
    }

    private async Task PlaceAsync()
    {
        _total = Tree.Total(Now);
        _rows = Tree.Place(Now, _collapsed, _view);
        if (_list is not null && _rows.Count > VirtualizeAbove)
            await _list.RefreshDataAsync();
    }

    private ValueTask<ItemsProviderResult<IndexedRow>> ProvideAsync(ItemsProviderRequest request)
    {
        var start = Math.Min(request.StartIndex, _rows.Count);
        var count = Math.Min(request.Count, _rows.Count - start);
        var items = Enumerable.Range(start, count).Select(i => new IndexedRow(i, _rows[i])).ToList();
        return ValueTask.FromResult(new ItemsProviderResult<IndexedRow>(items, _rows.Count));
    }

    private Task OnKeyAsync(KeyboardEventArgs e)
    {
        if (e.CtrlKey || e.MetaKey || e.AltKey)
            return Task.CompletedTask;

        var row = SelectedIndex is >= 0 and var i ? _rows[i] : null;
        switch (e.Key)
        {
            case "ArrowDown" or "j":
                return MoveAsync(1);
            case "ArrowUp" or "k":
                return MoveAsync(-1);
            case "Home":
                return SelectAsync(0);
            case "End":
                return SelectAsync(_rows.Count - 1);
            case "ArrowRight" when row is { HasChildren: true, Collapsed: true }:
            case "ArrowLeft" when row is { HasChildren: true, Collapsed: false }:
                return Toggle(row.Span.Id);
            case "ArrowLeft" when row is { Depth: > 0 }:
                return SelectAsync(_rows.FindLastIndex(SelectedIndex, r => r.Depth < row.Depth));
            default:
                return Task.CompletedTask;
        }
    }

    private async Task SelectAsync(int index)
    {
        if (_rows.Count == 0)
            return;
        var id = _rows[Math.Clamp(index, 0, _rows.Count - 1)].Span.Id;
        if (id != SelectedId)
            await SelectedIdChanged.InvokeAsync(id);
    }

    private Task Toggle(string id)
    {
        if (!_collapsed.Remove(id))
            _collapsed.Add(id);
        return PlaceAsync();
    }

    private string? RowId(int index) => index < 0 ? null : $"{_id}-{index}";

    private static string BarClass(WaterfallSpan span) =>
        (span.IsPoint ? " point" : "") + (span.IsRunning ? " running" : "") + (span.Failed ? " failed" : "");

    private static string LabelClass(LabelSide side) => side switch
    {
        LabelSide.Before => " before",
        LabelSide.Inside => " inside",
        _ => "",
    };

    private static double LabelLeft(WaterfallRow row) => row.Side switch
    {
        LabelSide.Before => row.Left,
        LabelSide.Inside => Math.Clamp(row.Left + row.Width, 0, 100),
        _ => row.Left + row.Width,
    };
}
