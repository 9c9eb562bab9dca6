using Actors.Web.Components.Controls.Spans;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Trace;

/// <summary>The spans of a trace, in the look that the address names, and what changes it.</summary>
public sealed partial class SpanPane
{
    private Waterfall? _waterfall;
    private SpanTree? _tree;
    private SpanLog? _log;
    private string? _find;
    private string? _foundFor;

    /// <summary>The trace.</summary>
    [Parameter, EditorRequired]
    public TraceViewModel View { get; set; } = null!;

    /// <summary>Where running spans end.</summary>
    [Parameter]
    public DateTimeOffset Now { get; set; }

    /// <summary>What is shown of it.</summary>
    [Parameter, EditorRequired]
    public TraceAddress Address { get; set; } = new();

    /// <summary>Something else is to be shown.</summary>
    [Parameter]
    public EventCallback<TraceAddress> Changed { get; set; }

    /// <summary>Writes an address for a link.</summary>
    [Parameter, EditorRequired]
    public Func<TraceAddress, string> AddressOf { get; set; } = _ => "";

    /// <summary>Chooses the span <paramref name="by"/> lines away.</summary>
    public Task MoveAsync(int by)
    {
        switch (Address.Look)
        {
            case SpanLook.Tree:
                return _tree!.MoveAsync(by);
            case SpanLook.Log:
                return _log!.MoveAsync(by);
            case SpanLook.Waterfall:
                return _waterfall!.MoveAsync(by);
            default:
                var line = Math.Clamp(View.Tree.Find(Address.Span) + by, 0, View.Tree.Lines.Count - 1);
                return SelectAsync(View.Tree.Lines[line].Span.Id);
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // What is being typed is ahead of the address; another address is not of this box.
        if (Address.Filter.Text != _foundFor)
            (_find, _foundFor) = (Address.Filter.Text, Address.Filter.Text);
    }

    private Task SelectAsync(string id) => Changed.InvokeAsync(Address with { Span = id });

    private Task FindAsync(string? text)
    {
        _find = _foundFor = string.IsNullOrWhiteSpace(text) ? null : text;
        return Changed.InvokeAsync(Address with { Filter = Address.Filter with { Text = _find } });
    }

    private Task LevelAsync(string? level) =>
        Changed.InvokeAsync(Address with { Filter = Address.Filter with { Level = string.IsNullOrEmpty(level) ? null : level } });

    private static string Pressed(bool value) => value ? "true" : "false";
}
