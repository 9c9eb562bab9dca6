using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls;

/// <summary>
/// What a script makes for one element of a component. The component may be left at any moment: what is made too late is
/// given back at once, and calls after that, or over a connection that is gone, are answered with nothing.
/// </summary>
/// <param name="js">The component's runtime.</param>
/// <param name="script">The script's file name.</param>
public sealed class ScriptObject(IJSRuntime js, string script) : IAsyncDisposable
{
    private IJSObjectReference? _made;
    private bool _isBeingMade;
    private bool _isGone;

    /// <summary>Whether calls reach the script.</summary>
    public bool IsReady => _made is not null && !_isGone;

    /// <summary>
    /// Lets the script make its object, unless it has or is about to. The script answers null for an element that has left
    /// the page; then the next call tries again.
    /// </summary>
    /// <param name="function">The script's function.</param>
    /// <param name="arguments">What it is given.</param>
    public async Task EnsureAsync(string function, params object?[] arguments)
    {
        if (_made is not null || _isBeingMade || _isGone)
            return;

        _isBeingMade = true;
        try
        {
            await using var module = await js.InvokeAsync<IJSObjectReference>("import", $"./_content/Actors.Web/js/{script}");
            if (_isGone)
                return;
            _made = await module.InvokeAsync<IJSObjectReference?>(function, arguments);
            if (_isGone)
                await GiveBackAsync();
        }
        catch (Exception e) when (_isGone || IsConnectionLost(e))
        {
            // Nobody is there any more for whom it could be made.
        }
        finally
        {
            _isBeingMade = false;
        }
    }

    /// <summary>Calls a method of the object, when there is one.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="arguments">What it is given.</param>
    public async Task CallAsync(string method, params object?[] arguments)
    {
        if (!IsReady)
            return;

        try
        {
            await _made!.InvokeVoidAsync(method, arguments);
        }
        catch (Exception e) when (_isGone || IsConnectionLost(e))
        {
            // The page is gone, and what was to be changed with it.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isGone)
            return;
        _isGone = true;
        await GiveBackAsync();
    }

    private async ValueTask GiveBackAsync()
    {
        if (Interlocked.Exchange(ref _made, null) is not { } made)
            return;

        try
        {
            await made.InvokeVoidAsync("dispose");
            await made.DisposeAsync();
        }
        catch (Exception e) when (IsConnectionLost(e))
        {
            // The page is gone and its objects with it.
        }
    }

    private static bool IsConnectionLost(Exception e) => e is JSDisconnectedException or OperationCanceledException;
}
