using Microsoft.JSInterop;
using MudBlazor;

namespace Actors.Web.Components.Layout;

/// <summary>The shell of every page. Owns the one key listener and tells the circuit what the browser knows about its viewer.</summary>
public sealed partial class MainLayout(
    IJSRuntime js, Shortcuts shortcuts, ViewerClock clock, ViewerDensity density, ViewerPresence presence) : IAsyncDisposable
{
    // Colours come from the page's own tokens; only the type is set here.
    private static readonly MudTheme Theme = new()
    {
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["Inter", "system-ui", "sans-serif"], FontSize = "13px", LetterSpacing = "0" },
        },
    };

    private readonly List<IJSObjectReference> _modules = [];
    private DotNetObjectReference<MainLayout>? _self;
    private IJSObjectReference? _viewer;
    private IJSObjectReference? _keys;
    private IJSObjectReference? _watch;
    private IDisposable? _registration;
    private bool _interactive;
    private bool _sheet;

    /// <summary>Called by the script for a chord that somebody registered.</summary>
    [JSInvokable("OnShortcut")]
    public Task ShortcutAsync(string chord) => shortcuts.RunAsync(chord);

    /// <summary>Called by the script when the tab is hidden or shown.</summary>
    [JSInvokable("OnVisibility")]
    public void VisibilityChanged(bool visible) => presence.Visible = visible;

    /// <summary>Called by the script when the viewer has switched the density.</summary>
    [JSInvokable("OnDensity")]
    public void DensityChanged(string name) => density.Use(name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        shortcuts.Changed -= SendChords;
        _registration?.Dispose();
        _self?.Dispose();
        try
        {
            foreach (var script in new[] { _keys, _watch })
            {
                if (script is not null)
                    await script.InvokeVoidAsync("dispose");
            }
            foreach (var module in _modules)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone and its listeners with it.
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        _self = DotNetObjectReference.Create(this);
        _viewer = await ImportAsync("viewer.js");
        var keys = await ImportAsync("shortcuts.js");
        clock.Use(await _viewer.InvokeAsync<string>("timeZone"));
        _watch = await _viewer.InvokeAsync<IJSObjectReference>("watch", _self);
        _keys = await keys.InvokeAsync<IJSObjectReference>("listen", _self);
        _registration = shortcuts.Register(
            new Shortcut("?", "Show the keys of this page", ToggleSheet),
            new Shortcut("T", "Switch between dark and light", () => FlipAsync("theme")),
            new Shortcut("D", "Switch between comfortable and compact rows", () => FlipAsync("density")));
        shortcuts.Changed += SendChords;
        await _keys.InvokeVoidAsync("set", [Chords]);
        _interactive = true;
        StateHasChanged();
    }

    private List<string> Chords => [.. shortcuts.Active.Select(s => s.Chord)];

    private async Task<IJSObjectReference> ImportAsync(string file)
    {
        var module = await js.InvokeAsync<IJSObjectReference>("import", $"./_content/Actors.Web/js/{file}");
        _modules.Add(module);
        return module;
    }

    private void SendChords() => InvokeAsync(async () =>
    {
        try
        {
            await _keys!.InvokeVoidAsync("set", [Chords]);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // Nobody is there to press keys.
        }
    });

    private Task FlipAsync(string what) => _viewer!.InvokeVoidAsync("flip", what).AsTask();

    private Task ToggleSheet()
    {
        _sheet = !_sheet;
        StateHasChanged();
        return Task.CompletedTask;
    }
}
