using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls.Lists;

/// <summary>Shows one row of a list beside it. The browser keeps its width.</summary>
public sealed partial class PeekPanel(IJSRuntime js) : IAsyncDisposable
{
    private const int MinWidth = 320;
    private const int MaxWidth = 1400;
    private const int Width = 520;

    private readonly ScriptObject _script = new(js, "splitter.js");
    private ElementReference _panel;

    /// <summary>The row that is shown.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>What is shown, in words.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The place of the row in the list, in words.</summary>
    [Parameter] public string? Place { get; set; }

    /// <summary>The address of its own page.</summary>
    [Parameter, EditorRequired] public string Address { get; set; } = "";

    /// <summary>A row further down or up is wanted.</summary>
    [Parameter] public EventCallback<int> OnMove { get; set; }

    /// <summary>It is to be closed.</summary>
    [Parameter] public EventCallback OnClose { get; set; }

    /// <summary>The row.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script.DisposeAsync();

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) =>
        firstRender ? _script.EnsureAsync("attach", _panel, MinWidth, MaxWidth) : Task.CompletedTask;
}
