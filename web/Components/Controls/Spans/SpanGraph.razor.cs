using Actors.Web.Model;
using Actors.Web.Model.Trace.Graph;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls.Spans;

/// <summary>The steps of a trace as a graph. Moving and zooming it costs no round trip.</summary>
public sealed partial class SpanGraph(IJSRuntime js) : IAsyncDisposable
{
    // Loops run along the right side of their nodes.
    private const double LoopRoom = 60;

    private readonly string _arrow = $"arrow-{Guid.NewGuid():n}";
    private readonly ScriptObject _script = new(js, "graph.js");
    private ElementReference _element;
    private WaterfallTree? _drawn;
    private bool _drawnCalls;
    private StepGraph _graph = new([], [], 0);
    private LayeredLayout _layout = LayeredLayout.Of(0, []);
    private bool _isNew;

    /// <summary>The spans.</summary>
    [Parameter, EditorRequired]
    public WaterfallTree Tree { get; set; } = WaterfallTree.Empty;

    /// <summary>Whether each call is a node.</summary>
    [Parameter]
    public bool Calls { get; set; }

    /// <summary>The chosen span.</summary>
    [Parameter]
    public string? SelectedId { get; set; }

    /// <summary>Another span was chosen.</summary>
    [Parameter]
    public EventCallback<string> SelectedIdChanged { get; set; }

    private double Width => _layout.Width + LoopRoom;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script.DisposeAsync();

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_drawn, Tree) && _drawnCalls == Calls)
            return;
        (_drawn, _drawnCalls, _isNew) = (Tree, Calls, true);
        _graph = StepGraph.Of(Tree, Calls);
        _layout = LayeredLayout.Of(_graph.Nodes.Count, [.. _graph.Edges.Select(e => (e.From, e.To))]);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await _script.EnsureAsync("attach", _element);
        if (_isNew && _script.IsReady)
        {
            _isNew = false;
            await _script.CallAsync("drawn");
        }
    }

    // Pressing a step again goes on to its next call.
    private Task ChooseAsync(StepNode node)
    {
        var at = node.SpanIds.ToList().IndexOf(SelectedId ?? "");
        return SelectedIdChanged.InvokeAsync(node.SpanIds[(at + 1) % node.SpanIds.Count]);
    }

    private static string Facts(StepNode node) => string.Join(" · ", new[]
    {
        node.SpanIds.Count > 1 ? $"{Format.Count(node.SpanIds.Count)}×" : null,
        Format.Duration(node.Time),
        node.Cost is > 0 and var cost ? Format.Cost(cost) : null,
        node.Failed > 0 ? $"{Format.Count(node.Failed)} failed" : null,
    }.OfType<string>());

    private static string ClassOf(StepNode node) => $"graph-node k-{node.Kind}{(node.Failed > 0 ? " failed" : "")}";

    private static string StyleOf(Place middle) =>
        $"left:{Format.Css(middle.X - LayeredLayout.NodeWidth / 2)}px;top:{Format.Css(middle.Y - LayeredLayout.NodeHeight / 2)}px";
}
