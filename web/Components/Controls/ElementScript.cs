using Microsoft.JSInterop;

namespace Actors.Web.Components.Controls;

/// <summary>
/// What a script of ours made for an element of a component. The component may leave while the script loads or answers: then
/// nothing more is asked of the browser, and what still comes is let go.
/// </summary>
internal sealed class ElementScript(IJSRuntime js, string file) : IAsyncDisposable
{
    private IJSObjectReference? _made;
    private bool _isAttaching;
    private bool _isGone;

    /// <summary>Whether it is there to be called.</summary>
    public bool IsAttached => _made is not null;

    /// <summary>
    /// Loads the script and calls the function of it that makes an object for an element, or nothing for one that has left the
    /// page. Does nothing when that is done or under way.
    /// </summary>
    /// <returns>Whether it is attached now and was not before.</returns>
    public async Task<bool> AttachAsync(string function, params object?[] arguments)
    {
        if (_made is not null || _isAttaching || _isGone)
            return false;

        _isAttaching = true;
        try
        {
            await using var module = await js.InvokeAsync<IJSObjectReference>("import", $"./_content/Actors.Web/js/{file}");
            if (!_isGone)
                _made = await module.InvokeAsync<IJSObjectReference?>(function, arguments);
            if (_isGone)
                await LetGoAsync();
            return _made is not null;
        }
        catch (Exception) when (_isGone)
        {
            // The element left the page with the component, and perhaps the page with the browser.
            return false;
        }
        finally
        {
            _isAttaching = false;
        }
    }

    /// <summary>Calls a function of what was made; does nothing before and after.</summary>
    public async Task InvokeAsync(string function, params object?[] arguments)
    {
        if (_made is null || _isGone)
            return;

        try
        {
            await _made.InvokeVoidAsync(function, arguments);
        }
        catch (Exception) when (_isGone)
        {
            // It left while the call was on its way.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        try
        {
            await LetGoAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    private async Task LetGoAsync()
    {
        if (_made is not { } made)
            return;

        _made = null;
        await made.InvokeVoidAsync("dispose");
        await made.DisposeAsync();
    }
}
