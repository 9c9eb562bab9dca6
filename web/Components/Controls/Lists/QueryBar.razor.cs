using Actors.Filtering;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls.Lists;

/// <summary>The one bar in which a filter is written, with suggestions and what is wrong. Nothing is applied before Enter.</summary>
public sealed partial class QueryBar(IJSRuntime js) : IAsyncDisposable
{
    private QueryBarModel _bar = null!;
    private DotNetObjectReference<QueryBar>? _self;
    private readonly ScriptObject _keys = new(js, "query-bar.js");
    private ElementReference _input;
    private (string Text, FilterProblem? Problem)? _shown;
    private string? _first;

    /// <summary>The filter that is applied.</summary>
    [Parameter, EditorRequired] public ListState State { get; set; } = null!;

    /// <summary>Values to suggest; empty before they are read.</summary>
    [Parameter] public IReadOnlyList<ListFacet> Facets { get; set; } = [];

    /// <summary>An example of what can be written.</summary>
    [Parameter] public string Placeholder { get; set; } = "level:ERROR latency:>2s -env:staging (a OR b) words";

    /// <summary>Another filter is wanted.</summary>
    [Parameter] public EventCallback<ListState> OnChange { get; set; }

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
    protected override void OnInitialized() => _bar = new(State.Shape.Catalog);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // What somebody is writing stays until the address says something new.
        if (_shown is not { } shown || shown.Text != State.Text || shown.Problem != State.Problem)
        {
            _shown = (State.Text, State.Problem);
            _bar.Show(State.Text, State.Problem);
            _first ??= State.Text;
            await _keys.CallAsync("show", State.Text);
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
        _bar.TryApply() && _bar.Text.Trim() != State.Text ? OnChange.InvokeAsync(State.WithText(_bar.Text)) : Task.CompletedTask;
}
