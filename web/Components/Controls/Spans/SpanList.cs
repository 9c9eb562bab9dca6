using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls.Spans;

/// <summary>
/// What the lists of a trace's spans share: which lines are shown, folding, choosing and the keyboard. Only lines in view are
/// rendered, and only those are placed anew when a running trace grows.
/// </summary>
public abstract class SpanList : ComponentBase, IAsyncDisposable
{
    private protected const int VirtualizeAbove = 200;

    // Deeper nesting keeps its level for screen readers; the eye needs the name to stay in the gutter.
    private protected const int MaxIndent = 12;

    private readonly string _id = $"spans-{Guid.NewGuid():n}";
    private readonly HashSet<string> _collapsed = [];
    private DotNetObjectReference<SpanList>? _self;
    private WaterfallTree? _shownTree;
    private SpanFilter _shownFilter;
    private string? _shownId;
    private List<int> _lines = [];
    private bool _reveal;

    /// <summary>The spans.</summary>
    [Parameter, EditorRequired]
    public WaterfallTree Tree { get; set; } = WaterfallTree.Empty;

    /// <summary>Where running spans end; a later instant makes them grow.</summary>
    [Parameter]
    public DateTimeOffset Now { get; set; }

    /// <summary>The spans that are looked for.</summary>
    [Parameter]
    public SpanFilter Filter { get; set; }

    /// <summary>The chosen span.</summary>
    [Parameter]
    public string? SelectedId { get; set; }

    /// <summary>Another span was chosen.</summary>
    [Parameter]
    public EventCallback<string> SelectedIdChanged { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private protected ScriptObject? Script { get; private set; }

    private protected ElementReference Element { get; set; }

    private protected Virtualize<ListedSpan>? List { get; set; }

    private protected IReadOnlyList<int> Lines => _lines;

    private protected int SelectedIndex => Tree.Find(SelectedId) is >= 0 and var line ? _lines.IndexOf(line) : -1;

    /// <summary>Chooses the visible row <paramref name="by"/> lines away.</summary>
    public Task MoveAsync(int by) => ChooseAsync(SelectedIndex + by);

    /// <summary>Called by the script: another part of the trace is in view.</summary>
    [JSInvokable("OnZoom")]
    public Task ZoomedAsync(double from, double to) => OnZoomedAsync(from, to);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Script is not null)
            await Script.DisposeAsync();
        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (SelectedId != _shownId)
        {
            _shownId = SelectedId;
            _reveal = true;
            var folded = _collapsed.Count;
            if (SelectedId is not null)
                _collapsed.ExceptWith(Tree.Ancestors(SelectedId));
            if (folded != _collapsed.Count)
                _shownTree = null;
        }
        if (!ReferenceEquals(_shownTree, Tree) || _shownFilter != Filter)
        {
            (_shownTree, _shownFilter) = (Tree, Filter);
            _lines = Choose();
        }
        Prepare();
        await RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            Script = new ScriptObject(Js, "waterfall.js");
            await Script.EnsureAsync("attach", Element, _self);
        }
        if (_reveal && Script is { IsReady: true } && SelectedIndex is >= 0 and var index)
        {
            _reveal = false;
            await Script.CallAsync("reveal", index);
        }
    }

    /// <summary>The lines to show, in their order.</summary>
    private protected virtual List<int> Choose() => Tree.Visible(_collapsed, Filter);

    /// <summary>Something that lines are placed by may have changed.</summary>
    private protected virtual void Prepare()
    {
    }

    /// <summary>Another part of the trace is to be shown.</summary>
    private protected virtual Task OnZoomedAsync(double from, double to) => Task.CompletedTask;

    /// <summary>A key that is not for choosing or folding.</summary>
    private protected virtual Task OnOtherKeyAsync(string key) => Task.CompletedTask;

    private protected async Task RefreshAsync()
    {
        if (List is not null && _lines.Count > VirtualizeAbove)
            await List.RefreshDataAsync();
    }

    private protected ValueTask<ItemsProviderResult<ListedSpan>> ProvideAsync(ItemsProviderRequest request)
    {
        var start = Math.Min(request.StartIndex, _lines.Count);
        var count = Math.Min(request.Count, _lines.Count - start);
        return ValueTask.FromResult(new ItemsProviderResult<ListedSpan>([.. Enumerable.Range(start, count).Select(At)], _lines.Count));
    }

    private protected ListedSpan At(int index)
    {
        var line = Tree.Lines[_lines[index]];
        return new(index, _lines[index], line, line.Descendants > 0 && !Filter.IsActive && _collapsed.Contains(line.Span.Id));
    }

    private protected Task OnKeyAsync(KeyboardEventArgs e)
    {
        if (e.CtrlKey || e.MetaKey || e.AltKey)
            return Task.CompletedTask;

        ListedSpan? row = SelectedIndex is >= 0 and var i ? At(i) : null;
        switch (e.Key)
        {
            case "ArrowDown" or "j":
                return MoveAsync(1);
            case "ArrowUp" or "k":
                return MoveAsync(-1);
            case "Home":
                return ChooseAsync(0);
            case "End":
                return ChooseAsync(_lines.Count - 1);
            case "ArrowRight" when row is { Collapsed: true }:
            case "ArrowLeft" when row is { Collapsed: false, Line.Descendants: > 0 } && !Filter.IsActive:
                return ToggleAsync(row.Value.Line.Span.Id);
            case "ArrowLeft" when row is { Line.Parent: >= 0 and var parent }:
                return SelectedIdChanged.InvokeAsync(Tree.Lines[parent].Span.Id);
            default:
                return OnOtherKeyAsync(e.Key);
        }
    }

    private protected async Task ChooseAsync(int index)
    {
        if (_lines.Count == 0)
            return;
        var id = Tree.Lines[_lines[Math.Clamp(index, 0, _lines.Count - 1)]].Span.Id;
        if (id != SelectedId)
            await SelectedIdChanged.InvokeAsync(id);
    }

    private protected Task ToggleAsync(string id)
    {
        if (!_collapsed.Remove(id))
            _collapsed.Add(id);
        _lines = Choose();
        return RefreshAsync();
    }

    private protected string? RowId(int index) => index < 0 ? null : $"{_id}-{index}";

    private protected string Selected(ListedSpan row) => row.Line.Span.Id == SelectedId ? "true" : "false";

    // Dim is what is shown only because something below it was found.
    private protected string RowClass(ListedSpan row) =>
        $"wf-row k-{row.Line.Span.Kind}{(Filter.IsActive && !Filter.Matches(row.Line.Span) ? " dim" : "")}";
}

/// <summary>A span in a list.</summary>
/// <param name="Index">Its row.</param>
/// <param name="Place">Its line in the tree.</param>
/// <param name="Line">The span.</param>
/// <param name="Collapsed">Whether it is folded.</param>
public readonly record struct ListedSpan(int Index, int Place, SpanLine Line, bool Collapsed);
