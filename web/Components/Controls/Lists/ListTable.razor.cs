using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls.Lists;

/// <summary>
/// The rows of a list. Only those in view exist, each of them plain elements; clicks, drags on the edges of the head and keys that
/// would scroll are heard by one script.
/// </summary>
/// <typeparam name="T">What a row is.</typeparam>
public sealed partial class ListTable<T>(IJSRuntime js) : IAsyncDisposable
{
    private const int PickWidth = 34;

    private readonly ScriptObject _script = new(js, "list.js");
    private DotNetObjectReference<ListTable<T>>? _self;
    private ElementReference _scroller;
    private Virtualize<ListLine<T>>? _list;
    private int _opened;
    private int _revision;
    private bool _toTop;

    /// <summary>How high a row is, in the style sheet as well: what Virtualize multiplies must be exact in the browser.</summary>
    [CascadingParameter] public Density Density { get; set; } = Density.Comfortable;

    /// <summary>The rows.</summary>
    [Parameter, EditorRequired] public ListReader<T> Reader { get; set; } = null!;

    /// <summary>What the address says.</summary>
    [Parameter, EditorRequired] public ListState State { get; set; } = null!;

    /// <summary>Draws a cell.</summary>
    [Parameter, EditorRequired] public RenderFragment<ListCell<T>> Cell { get; set; } = null!;

    /// <summary>The address of the list in another state.</summary>
    [Parameter, EditorRequired] public Func<ListState, string> Address { get; set; } = null!;

    /// <summary>Whether something can be done with several rows.</summary>
    [Parameter] public bool CanSelect { get; set; }

    /// <summary>A row was clicked. Without anybody who listens, its link is followed.</summary>
    [Parameter] public EventCallback<int> OnPick { get; set; }

    /// <summary>Other columns are wanted.</summary>
    [Parameter] public EventCallback<ListState> OnChange { get; set; }

    /// <summary>The keyboard is moved.</summary>
    [Parameter] public EventCallback<int> OnMove { get; set; }

    /// <summary>Other rows are chosen.</summary>
    [Parameter] public EventCallback OnSelect { get; set; }

    private ListShape Shape => State.Shape;

    private string Tracks => CanSelect ? $"{PickWidth}px {State.Layout.Tracks}" : State.Layout.Tracks;

    private int Pixels => State.Layout.Pixels + (CanSelect ? PickWidth : 0);

    private bool AllChosen => Reader.Total > 0 && Reader.Selection.Count == Math.Min(Reader.Total.Value, ListSelection<T>.Most);

    /// <summary>Brings the row of the keyboard into view.</summary>
    public Task RevealAsync() => _script.CallAsync("reveal", Reader.Current, Density.RowHeight);

    /// <summary>Called by the script.</summary>
    [JSInvokable("OnPick")]
    public Task PickedAsync(int index) => OnPick.InvokeAsync(index);

    /// <summary>Called by the script.</summary>
    [JSInvokable("OnResize")]
    public Task ResizedAsync(string key, int width) => OnChange.InvokeAsync(State with { Layout = State.Layout.Resize(key, width) });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _script.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_opened == Reader.Opened && _revision == Reader.Revision)
            return;
        _toTop |= _opened != Reader.Opened;
        (_opened, _revision) = (Reader.Opened, Reader.Revision);
        if (_list is not null)
            await _list.RefreshDataAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _self ??= DotNetObjectReference.Create(this);
        await _script.EnsureAsync("attach", _scroller, _self, OnPick.HasDelegate);
        if (_toTop)
        {
            _toTop = false;
            await _script.CallAsync("top");
        }
    }

    private async ValueTask<ItemsProviderResult<ListLine<T>>> ProvideAsync(ItemsProviderRequest request)
    {
        var opened = Reader.Opened;
        var lines = await Reader.ReadAsync(request.StartIndex, request.Count);
        var total = (int)Math.Min(int.MaxValue / Density.RowHeight, Reader.Total ?? 0);
        return new(opened == Reader.Opened && !request.CancellationToken.IsCancellationRequested ? lines : [], total);
    }

    private Task OnKeyAsync(KeyboardEventArgs e) => e.Key switch
    {
        "ArrowDown" => OnMove.InvokeAsync(1),
        "ArrowUp" => OnMove.InvokeAsync(-1),
        "Home" => OnMove.InvokeAsync(-Reader.Current),
        "End" => OnMove.InvokeAsync((int)Math.Min(int.MaxValue / 2, Reader.Total ?? 0)),
        _ => Task.CompletedTask,
    };

    private async Task ChooseAsync(int index, bool range)
    {
        await Reader.SelectAsync(index, range);
        await OnSelect.InvokeAsync();
    }

    private async Task ChooseAllAsync()
    {
        if (AllChosen)
            Reader.Selection.Clear();
        else
            await Reader.SelectAllAsync();
        await OnSelect.InvokeAsync();
    }

    private string RowClass(ListLine<T> line) =>
        (line.Index == Reader.Current ? "tr on" : "tr") + (Reader.Selection.Has(line.Id) ? " chosen" : "");

    private static string? CellClass(ListColumn column) => column.Numeric ? "n" : column.Class;

    private string? Sorted(ListColumn column) => column.Key != State.Sort ? null : State.Descending ? "descending" : "ascending";
}
