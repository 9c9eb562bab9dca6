using Actors.Dashboards;
using Actors.Web.Components.Controls;
using Actors.Web.Model.Dashboards;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Pages.Dashboards;

/// <summary>Tiles on twelve columns; while it is edited they are moved and resized by pointer and by keys.</summary>
public sealed partial class BoardGrid(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _grid;
    private ScriptObject? _script;
    private DotNetObjectReference<BoardGrid>? _self;

    /// <summary>The tiles in the order in which they are read.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<WidgetSlot> Slots { get; set; } = [];

    /// <summary>Whether tiles can be moved, changed and removed.</summary>
    [Parameter]
    public bool Editable { get; set; }

    /// <summary>Tells the SQL of a question.</summary>
    [Parameter, EditorRequired]
    public Func<WidgetQuestion, Task<string>> Explain { get; set; } = null!;

    /// <summary>The address that opens the editor for a tile.</summary>
    [Parameter]
    public Func<string, string> EditAddress { get; set; } = static _ => "";

    /// <summary>Tiles are to stand elsewhere.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<Placement>> OnArrange { get; set; }

    /// <summary>A widget is wanted twice.</summary>
    [Parameter]
    public EventCallback<WidgetSlot> OnCopy { get; set; }

    /// <summary>A tile is not wanted.</summary>
    [Parameter]
    public EventCallback<WidgetSlot> OnRemove { get; set; }

    /// <summary>Somebody pointed at something.</summary>
    [Parameter]
    public EventCallback<WidgetOpening> OnPick { get; set; }

    /// <summary>Somebody dragged over a range of time.</summary>
    [Parameter]
    public EventCallback<ChartZoom> OnZoom { get; set; }

    private IReadOnlyList<Placement> Tiles => [.. Slots.Select(s => s.Placement)];

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task OnPut(string id, int x, int y, int width, int height) => OnArrange.InvokeAsync(GridLayout.Put(Tiles, id, x, y, width, height));

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task OnStep(string id, int dx, int dy, int dw, int dh) => OnArrange.InvokeAsync(GridLayout.Step(Tiles, id, dx, dy, dw, dh));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
            await _script.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Editable && _script is null)
        {
            _script = new ScriptObject(js, "board-grid.js");
            _self ??= DotNetObjectReference.Create(this);
            await _script.EnsureAsync("attach", _grid, _self);
        }
        else if (!Editable && _script is { } script)
        {
            _script = null;
            await script.DisposeAsync();
        }
    }

    private static string Style(Placement tile) =>
        $"grid-area:{tile.Y + 1}/{tile.X + 1}/span {tile.Height}/span {tile.Width};--h:{tile.Height}";
}
