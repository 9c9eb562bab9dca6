using Actors.Web.Model.Json;
using Actors.Web.Model;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls.Json;

/// <summary>A JSON document as a tree that opens step by step. Only the lines in view are ever rendered.</summary>
public sealed partial class JsonTree(IJSRuntime js) : IAsyncDisposable
{
    private const int VirtualizeAbove = 150;
    private const int WholeLimit = 65_536;
    private const int ContainerLimit = 8_192;

    // Documents that fit the eye need no search and no download.
    private const int LargeAbove = 2_000;

    private readonly string _id = $"json-{Guid.NewGuid():n}";
    private ElementReference _element;
    private readonly ScriptObject _scroll = new(js, "scroll.js");
    private Virtualize<IndexedRow>? _list;
    private JsonTreeModel? _tree;
    private string? _parsed;
    private string? _value;
    private bool _isWholeShown;
    private string? _find;
    private List<int[]> _hits = [];
    private int _hit;
    private int _current = -1;

    private readonly record struct IndexedRow(int Index, JsonRow Row);

    /// <summary>JSON text of any value; other text is shown as it is.</summary>
    [Parameter, EditorRequired]
    public string? Json { get; set; }

    /// <summary>What the document is.</summary>
    [Parameter]
    public string Label { get; set; } = "JSON";

    /// <summary>Where the document can be had as a file; null: nowhere.</summary>
    [Parameter]
    public string? Download { get; set; }

    private bool IsLarge => Json!.Length > LargeAbove;

    private string FoundText => _hits.Count switch
    {
        0 => "Not found",
        JsonSearch.MaxHits => $"{Format.Count(_hit + 1)} of the first {Format.Count(JsonSearch.MaxHits)}",
        _ => $"{Format.Count(_hit + 1)} of {Format.Count(_hits.Count)}",
    };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_parsed, Json) || _parsed == Json)
            return;

        _parsed = Json;
        _tree?.Dispose();
        _tree = Json is null ? null : JsonTreeModel.TryParse(Json);
        (_current, _value, _list, _find, _hits) = (-1, null, null, null, []);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_tree is not null)
            await _scroll.EnsureAsync("attach", _element, 20, 0);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _tree?.Dispose();
        await _scroll.DisposeAsync();
    }

    private static string Cut(string text) =>
        text.Length <= WholeLimit ? text : $"{text[..WholeLimit]}\n… the first {Format.Count(WholeLimit)} of {Format.Count(text.Length)} characters";

    private ValueTask<ItemsProviderResult<IndexedRow>> ProvideAsync(ItemsProviderRequest request)
    {
        var rows = _tree!.Rows;
        var end = Math.Min(rows.Count, request.StartIndex + request.Count);
        var items = new List<IndexedRow>(Math.Max(0, end - request.StartIndex));
        for (var i = request.StartIndex; i < end; i++)
            items.Add(new IndexedRow(i, rows[i]));
        return ValueTask.FromResult(new ItemsProviderResult<IndexedRow>(items, rows.Count));
    }

    private Task ClickAsync(int index) => ToggleAsync(index);

    private async Task OnKeyAsync(KeyboardEventArgs e)
    {
        var last = _tree!.Rows.Count - 1;
        var open = _current >= 0 && _tree.IsOpen(_current);
        switch (e.Key)
        {
            case "ArrowDown" or "ArrowUp" or "Home" or "End":
                Select(Math.Clamp(e.Key switch { "ArrowDown" => _current + 1, "ArrowUp" => _current - 1, "Home" => 0, _ => last }, 0, last));
                await _scroll.CallAsync("reveal", _current);
                break;
            case "ArrowRight" when _current >= 0 && !open:
            case "ArrowLeft" when open:
            case "Enter" when _current >= 0:
                await ToggleAsync(_current);
                break;
        }
    }

    private void Select(int index)
    {
        _current = index;
        var row = _tree!.Rows[index];
        var limit = row.Kind switch
        {
            JsonRowKind.Leaf => WholeLimit,
            JsonRowKind.Container => ContainerLimit,
            _ => 0,
        };
        (_value, _isWholeShown) = (JsonCell.Size(row) <= limit ? JsonCell.Whole(row) : null, JsonCell.IsLong(row));
    }

    private void ShowAll() => (_value, _isWholeShown) = (JsonCell.Whole(_tree!.Rows[_current]), true);

    private Task FindAsync(string? text)
    {
        _find = text;
        _hits = string.IsNullOrEmpty(text) ? [] : JsonSearch.Find(_tree!.Root, text);
        _hit = -1;
        return GoAsync(1);
    }

    // The first press of Enter changes the text and finds; the next ones go on.
    private Task OnFindKeyAsync(KeyboardEventArgs e) => e.Key == "Enter" && _hits.Count > 0 ? GoAsync(e.ShiftKey ? -1 : 1) : Task.CompletedTask;

    private async Task GoAsync(int by)
    {
        if (_hits.Count == 0)
            return;
        _hit = (_hit + by + _hits.Count) % _hits.Count;
        Select(_tree!.Reveal(_hits[_hit]));
        await RefreshAsync();
        StateHasChanged();
        await _scroll.CallAsync("reveal", _current);
    }

    private async Task ToggleAsync(int index)
    {
        _tree!.Toggle(index);
        Select(Math.Min(index, _tree.Rows.Count - 1));
        await RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        if (_list is not null && _tree!.Rows.Count > VirtualizeAbove)
            await _list.RefreshDataAsync();
    }

    private bool IsOpen(IndexedRow item) => item.Row.Kind == JsonRowKind.Container && _tree!.IsOpen(item.Index);

    private string? Expanded(IndexedRow item) => item.Row.Kind == JsonRowKind.Container ? (IsOpen(item) ? "true" : "false") : null;

    private string? RowId(int index) => index < 0 ? null : $"{_id}-{index}";

    private string RowClass(IndexedRow item) =>
        $"jr{(item.Row.Kind == JsonRowKind.Leaf ? "" : " can")}{(item.Index == _current ? " on" : "")}";
}
