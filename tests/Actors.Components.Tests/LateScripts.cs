using Microsoft.JSInterop;

namespace Actors.Components;

/// <summary>A browser in which every step of attaching a script waits until the test lets it go on.</summary>
internal sealed class LateScripts : IJSRuntime
{
    /// <summary>The script file arrives.</summary>
    public TaskCompletionSource Loaded { get; } = new();

    private LateObject Module { get; } = new();

    /// <summary>What its function made.</summary>
    public LateObject Made { get; } = new();

    /// <summary>The function of the script that was called to make something.</summary>
    public Task<string> Called => Module.Call.Task;

    /// <summary>What it answers; null: the element has left the page.</summary>
    public TaskCompletionSource<IJSObjectReference?> Answer => Module.Answer;

    /// <summary>Nothing is under way any more: the script file is let go.</summary>
    public Task Ended => Module.Gone.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
    {
        Assert.Equal("import", identifier);
        await Loaded.Task;
        return (TValue)(object)Module;
    }

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
        InvokeAsync<TValue>(identifier, args);

    internal sealed class LateObject : IJSObjectReference
    {
        public TaskCompletionSource<string> Call { get; } = new();

        public TaskCompletionSource<IJSObjectReference?> Answer { get; } = new();

        public TaskCompletionSource Gone { get; } = new();

        public List<string> Calls { get; } = [];

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Calls.Add(identifier);
            if (!typeof(TValue).IsAssignableFrom(typeof(LateObject)))
            {
                return default!;
            }

            Call.TrySetResult(identifier);
            return (TValue)(await Answer.Task)!;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            Gone.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
