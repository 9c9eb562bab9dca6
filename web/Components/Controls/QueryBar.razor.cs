using Actors.Filtering;
using Actors.Queries;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls;

/// <summary>The one bar in which a filter is written, with suggestions and what is wrong. Nothing is applied before Enter.</summary>
public sealed partial class QueryBar(IJSRuntime js) : IAsyncDisposable
{
    private readonly QueryBarModel _bar = new(FilterCatalog.Traces);
    private DotNetObjectReference<QueryBar>? _self;
    private readonly ScriptObject _keys = new(js, "query-bar.js");
    private ElementReference _input;
    private (string Text, FilterProblem? Problem)? _shown;
    private string? _first;

    /// <summary>The filter that is applied.</summary>
    [Parameter, EditorRequired] public TraceFilter Filter { get; set; } = TraceFilter.Empty;

    /// <summary>Values to suggest; null before they are read.</summary>
    [Parameter] public TraceFacets? Facets { get; set; }

    /// <summary>Another filter is wanted.</summary>
    [Parameter] public EventCallback<TraceFilter> OnChange { get; set; }

    /// <summary>Takes the keyboard.</summary>
    public Task FocusAsync() => _input.FocusAsync().AsTask();

    /// <summary>The text or the caret changed.</summary>
    [JSInvokable]
    public void OnWrite(string text, int caret)
    {
        _bar.Write(text, caret, Facets);
        StateHasChanged();
    }

    /// <summary>A key that the list of suggestions answers to.</summary>
    [JSInvokable]
    public async Task OnKeyAsync(string key)
    {
        switch (key)
        {
            case "ArrowDown":
                _bar.Move(1);
                break;
            case "ArrowUp":
                _bar.Move(-1);
                break;
            case "Escape":
                _bar.Close();
                break;
            case "Tab":
                await AcceptAsync(Math.Max(_bar.Chosen, 0));
                break;
            case "Enter" when _bar.Chosen >= 0:
                await AcceptAsync(_bar.Chosen);
                break;
            default:
                await ApplyAsync();
                break;
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _keys.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // What somebody is writing stays until the address says something new.
        if (_shown is not { } shown || shown.Text != Filter.Text || shown.Problem != Filter.Problem)
        {
            _shown = (Filter.Text, Filter.Problem);
            _bar.Show(Filter.Text, Filter.Problem);
            _first ??= Filter.Text;
            await _keys.CallAsync("show", Filter.Text);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        _self = DotNetObjectReference.Create(this);
        await _keys.EnsureAsync("attach", _input, _self);
        await _keys.CallAsync("show", _bar.Text);
    }

    private async Task AcceptAsync(int index)
    {
        if (index >= _bar.Suggestions.Count)
            return;

        var caret = _bar.Accept(index);
        await _keys.CallAsync("write", _bar.Text, caret);
    }

    private Task ApplyAsync() =>
        _bar.TryApply() && _bar.Text.Trim() != Filter.Text ? OnChange.InvokeAsync(Filter.WithText(_bar.Text)) : Task.CompletedTask;
}
