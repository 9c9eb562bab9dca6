using Actors.Web.Components.Controls;
using Microsoft.JSInterop;

namespace Actors.Components;

public sealed class ScriptObjectTests : IAsyncDisposable
{
    private readonly Browser _browser = new();
    private readonly ScriptObject _script;

    public ScriptObjectTests() => _script = new ScriptObject(_browser, "list.js");

    [Fact]
    public async Task What_the_script_makes_takes_calls_until_it_is_given_back()
    {
        await Ensure(answer: _browser.Made);

        await _script.CallAsync("reveal", 3);
        await _script.DisposeAsync();
        await _script.CallAsync("reveal", 4);

        Assert.Equal(["import ./_content/Actors.Web/js/list.js", "attach list", "reveal 3", "dispose"], _browser.Calls);
    }

    [Fact]
    public async Task However_often_a_page_is_rendered_it_is_made_once()
    {
        var first = _script.EnsureAsync("attach", "list");
        await _script.EnsureAsync("attach", "list");
        _browser.Loading.SetResult(_browser.Module);
        _browser.Making.SetResult(_browser.Made);
        await first;
        await _script.EnsureAsync("attach", "list");

        Assert.Equal(2, _browser.Calls.Count);
    }

    [Fact]
    public async Task A_page_left_while_the_script_loads_makes_nothing()
    {
        var making = _script.EnsureAsync("attach", "list");
        await _script.DisposeAsync();
        _browser.Loading.SetResult(_browser.Module);
        await making;

        Assert.Single(_browser.Calls);
        Assert.False(_script.IsReady);
    }

    [Fact]
    public async Task What_is_made_after_the_page_was_left_is_given_back()
    {
        var making = _script.EnsureAsync("attach", "list");
        _browser.Loading.SetResult(_browser.Module);
        await _script.DisposeAsync();
        _browser.Making.SetResult(_browser.Made);
        await making;

        Assert.Equal("dispose", _browser.Calls[^1]);
        Assert.False(_script.IsReady);
    }

    [Fact]
    public async Task A_failure_after_the_page_was_left_disturbs_nobody()
    {
        var making = _script.EnsureAsync("attach", "list");
        await _script.DisposeAsync();
        _browser.Loading.SetException(new JSException("no such element"));

        await making;
    }

    [Fact]
    public async Task A_failure_while_the_page_is_there_is_not_hidden()
    {
        _browser.Loading.SetException(new JSException("no such script"));

        await Assert.ThrowsAsync<JSException>(() => _script.EnsureAsync("attach", "list"));
    }

    [Fact]
    public async Task An_element_that_was_not_there_yet_is_asked_for_again()
    {
        await Ensure(answer: null);
        Assert.False(_script.IsReady);
        _browser.Making = new();
        await Ensure(answer: _browser.Made);

        Assert.True(_script.IsReady);
    }

    public ValueTask DisposeAsync() => _script.DisposeAsync();

    private Task Ensure(IJSObjectReference? answer)
    {
        _browser.Loading.TrySetResult(_browser.Module);
        _browser.Making.SetResult(answer);
        return _script.EnsureAsync("attach", "list");
    }

    /// <summary>Answers when the test lets it.</summary>
    private sealed class Browser : IJSRuntime
    {
        public Browser()
        {
            Module = new Reference(this, isModule: true);
            Made = new Reference(this, isModule: false);
        }

        public List<string> Calls { get; } = [];

        public IJSObjectReference Module { get; }

        public IJSObjectReference Made { get; }

        public TaskCompletionSource<IJSObjectReference> Loading { get; } = new();

        public TaskCompletionSource<IJSObjectReference?> Making { get; set; } = new();

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

        public async ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
        {
            Note(identifier, args);
            return (T)await Loading.Task;
        }

        private void Note(string identifier, object?[]? args) => Calls.Add(string.Join(' ', [identifier, .. args ?? []]));

        private sealed class Reference(Browser browser, bool isModule) : IJSObjectReference
        {
            public ValueTask DisposeAsync() => ValueTask.CompletedTask;

            public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

            public async ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
            {
                browser.Note(identifier, args);
                return isModule ? (T)(await browser.Making.Task)! : default!;
            }
        }
    }
}
