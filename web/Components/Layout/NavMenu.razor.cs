using Actors.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Actors.Web.Components.Layout;

/// <summary>Navigation within the project that the address names. Lists only pages that exist.</summary>
public sealed partial class NavMenu(NavigationManager navigation, IProjectDirectory projects, Shortcuts shortcuts)
{
    private ProjectInfo? _project;
    private IDisposable? _registration;

    /// <summary>The shortcut sheet was asked for.</summary>
    [Parameter]
    public EventCallback OnShortcuts { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        navigation.LocationChanged -= OnLocationChanged;
        _registration?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnLocationChanged;
        await FindProjectAsync();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _registration = shortcuts.Register(
                new Shortcut("g l", "Go to Live", () => GoAsync("live")),
                new Shortcut("g t", "Go to Traces", () => GoAsync("traces")),
                new Shortcut("g o", "Go to Observations", () => GoAsync("observations")),
                new Shortcut("g h", "Go to Health", () => GoAsync("health")));
        }
    }

    private Task GoAsync(string page)
    {
        if (_project is { } project)
            navigation.NavigateTo($"/p/{project.Id}/{page}");
        return Task.CompletedTask;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => InvokeAsync(FindProjectAsync);

    private async Task FindProjectAsync()
    {
        var id = ProjectPath.Find(navigation.ToBaseRelativePath(navigation.Uri));
        if (id == _project?.Id)
            return;
        _project = id is { } project ? await projects.FindAsync(project, CancellationToken.None) : null;
        StateHasChanged();
    }
}
