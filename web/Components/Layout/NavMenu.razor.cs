using Actors.Access;
using Actors.Web.Model.Shell.Palette;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Layout;

/// <summary>Navigation within the project that the address names, and the environments that every page of it shows.</summary>
public sealed partial class NavMenu(NavigationManager navigation, ViewerPlace viewer, IProjectDirectory projects, Shortcuts shortcuts)
{
    private ProjectInfo? _project;
    private IDisposable? _registration;

    /// <summary>The shortcut sheet was asked for.</summary>
    [Parameter]
    public EventCallback OnShortcuts { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        viewer.Changed -= Follow;
        _registration?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        viewer.Changed += Follow;
        await FollowAsync();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _registration = shortcuts.Register(
            [
                .. NavPage.All.Select(p => new Shortcut($"g {p.Key}", $"Go to {p.Title}", () => GoAsync(_ => Place.Address(p)))),
                new Shortcut("g e", "Go to the newest errors", () => GoAsync(project => PaletteKnown.NewestErrors(project, Place.Environments))),
            ]);
        }
    }

    private NavPlace Place => viewer.Current;

    private Task GoAsync(Func<ProjectId, string> address)
    {
        if (_project is { } project)
            navigation.NavigateTo(address(project.Id));
        return Task.CompletedTask;
    }

    private void Follow() => InvokeAsync(FollowAsync);

    private async Task FollowAsync()
    {
        if (Place.Project != _project?.Id)
            _project = Place.Project is { } project ? await FindAsync(project) : null;
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
