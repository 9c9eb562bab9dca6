using Actors.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Actors.Web.Components.Layout;

/// <summary>Navigation within the project that the address names, and the environments that every page of it shows.</summary>
public sealed partial class NavMenu(NavigationManager navigation, IProjectDirectory projects, Shortcuts shortcuts)
{
    private NavPlace _place = NavPlace.Nowhere;
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
        await FollowAsync();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _registration = shortcuts.Register([.. NavPage.All.Select(p => new Shortcut($"g {p.Key}", $"Go to {p.Title}", () => GoAsync(p)))]);
    }

    private Task GoAsync(NavPage page)
    {
        if (_project is not null)
            navigation.NavigateTo(_place.Address(page));
        return Task.CompletedTask;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => InvokeAsync(FollowAsync);

    private async Task FollowAsync()
    {
        _place = _place.To(navigation.ToBaseRelativePath(navigation.Uri));
        if (_place.Project != _project?.Id)
            _project = _place.Project is { } project ? await FindAsync(project) : null;
        StateHasChanged();
    }

    private async Task<ProjectInfo?> FindAsync(ProjectId project)
    {
        try
        {
            return await projects.FindAsync(project, CancellationToken.None);
        }
        catch (ControlPlaneUnavailableException)
        {
            // The page says so, and the navigation stands beside it without a project.
            return null;
        }
    }
}
