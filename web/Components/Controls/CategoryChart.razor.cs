using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls;

/// <summary>Bars, slices or bins: one number for each of some names.</summary>
public sealed partial class CategoryChart(IJSRuntime js) : IAsyncDisposable
{
    private readonly ScriptObject _chart = new(js, "category-chart.js");
    private ElementReference _element;
    private DotNetObjectReference<CategoryChart>? _self;
    private CategoryChartData? _shown;

    /// <summary>The numbers.</summary>
    [Parameter, EditorRequired]
    public CategoryChartData Data { get; set; } = null!;

    /// <summary>What the chart shows, in words.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Further CSS classes.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>Somebody clicked the bar of this index.</summary>
    [Parameter]
    public EventCallback<int> OnPick { get; set; }

    /// <summary>Called by the script.</summary>
    [JSInvokable("OnPick")]
    public Task PickedAsync(int index) => OnPick.InvokeAsync(index);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _chart.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await _chart.EnsureAsync("create", _element, _self, OnPick.HasDelegate);
        }

        if (_chart.IsReady && !ReferenceEquals(_shown, Data))
        {
            _shown = Data;
            await _chart.CallAsync("show", Data);
        }
    }
}
