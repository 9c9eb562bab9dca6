using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Controls;

/// <summary>
/// A button and what opens beside it. The browser opens and closes it, so it answers before there is a circuit; a link or an
/// element with <c>data-close</c> in it closes it.
/// </summary>
public sealed partial class Popup : IAsyncDisposable
{
    private readonly string _id = $"popup-{Guid.NewGuid():n}";
    private ElementReference _panel;
    private ScriptObject? _script;

    /// <summary>What the button shows.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? Button { get; set; }

    /// <summary>The button's class.</summary>
    [Parameter]
    public string ButtonClass { get; set; } = "btn";

    /// <summary>The button's explanation.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>What the panel is, for screen readers.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The button was pressed: the moment to read what the panel shows.</summary>
    [Parameter]
    public EventCallback OnOpen { get; set; }

    /// <summary>What the panel holds.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>More attributes of the button.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Rest { get; set; }

    /// <summary>Presses the button.</summary>
    public Task OpenAsync() => CallAsync("open");

    /// <summary>Closes the panel and gives the keyboard back to the button.</summary>
    public Task CloseAsync() => CallAsync("close");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task CallAsync(string method)
    {
        _script ??= new ScriptObject(Js, "popup.js");
        await _script.EnsureAsync("attach", _panel);
        await _script.CallAsync(method);
    }
}
