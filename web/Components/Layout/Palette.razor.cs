using Actors.Access;
using Actors.Views;
using Actors.Web.Components.Controls;
using Actors.Web.Model.Shell.Palette;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Layout;

/// <summary>
/// One field for everything: pages, what the page can do, projects, and things looked up by id or words. The browser opens it
/// by itself; what is known is shown with each key, and what must be looked up a moment after the last one.
/// </summary>
public sealed partial class Palette(
    IJSRuntime js,
    NavigationManager navigation,
    ViewerPlace viewer,
    Shortcuts shortcuts,
    IProjectDirectory projects,
    ISavedViewStore views,
    PaletteSearch search,
    TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly PaletteModel _model = new();
    private readonly ScriptObject _script = new(js, "palette.js");
    private CancellationTokenSource _looking = new();
    private DotNetObjectReference<Palette>? _self;
    private ElementReference _dialog;
    private NavPlace _place = NavPlace.Nowhere;
    private bool _isLooking;
    private bool _failed;

    private string Status => _isLooking ? "Looking…" : _failed ? "Not everything could be looked through." : _model.Items.Count == 0 ? "Nothing found." : "";

    /// <summary>The browser has opened the palette.</summary>
    [JSInvokable]
    public async Task OnOpenAsync()
    {
        _place = viewer.Current;
        _model.Open([.. PaletteKnown.Pages(_place), .. PaletteKnown.Actions(shortcuts)]);
        _failed = false;
        StateHasChanged();
        try
        {
            if (_place.Project is { } project)
                _model.Add(PaletteKnown.Views(_place, await views.ListAsync(project, CancellationToken.None)));
            _model.Add(PaletteKnown.Projects(_place, await projects.ListAsync(CancellationToken.None)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failed = true;
        }
        StateHasChanged();
    }

    /// <summary>The text has changed.</summary>
    [JSInvokable]
    public void OnWrite(string text)
    {
        _model.Write(text);
        StateHasChanged();
        _looking.Cancel();
        _looking.Dispose();
        _looking = new CancellationTokenSource();
        _ = LookAsync(_model.Text, _looking.Token);
    }

    /// <summary>A key that chooses.</summary>
    [JSInvokable]
    public async Task OnKeyAsync(string key)
    {
        switch (key)
        {
            case "ArrowDown":
                _model.Move(1);
                break;
            case "ArrowUp":
                _model.Move(-1);
                break;
            case "Enter" when _model.Chosen >= 0:
                var item = _model.Items[_model.Chosen];
                await _script.CallAsync("close");
                await RunAsync(item);
                if (item.Href is { } address)
                    navigation.NavigateTo(address);
                break;
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _looking.CancelAsync();
        _looking.Dispose();
        await _script.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await _script.EnsureAsync("attach", _dialog, _self);
        }
        await _script.CallAsync("reveal");
    }

    private static string Name(PaletteGroup group) => group == PaletteGroup.Views ? "Saved views" : group.ToString();

    private static Task RunAsync(PaletteItem item) => item.Run?.Invoke() ?? Task.CompletedTask;

    private async Task LookAsync(string text, CancellationToken cancellationToken)
    {
        (_isLooking, _failed) = (false, false);
        if (text.Length == 0 || _place.Project is not { } project)
            return;

        // Nearly everything has any one letter in it.
        _isLooking = text.Length > 1;
        _model.Found(text, PaletteGroup.Everything, [PaletteSearch.AllTraces(project, _place.Environments, text)]);
        StateHasChanged();
        if (!_isLooking)
            return;

        try
        {
            await Task.Delay(Pause, time, cancellationToken);
            await foreach (var finding in search.Find(project, _place.Environments, text, cancellationToken).WithCancellation(cancellationToken))
            {
                await TakeAsync(text, finding);
                StateHasChanged();
            }

            _isLooking = false;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Another text is looked for, or the page is gone.
        }
    }

    private async Task TakeAsync(string text, Task<PaletteFinds> finding)
    {
        try
        {
            var finds = await finding;
            _model.Found(text, finds.Group, finds.Items);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failed |= text == _model.Text;
        }
    }
}
