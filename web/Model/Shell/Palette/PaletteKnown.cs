using Actors.Access;
using Actors.Filtering;
using Actors.Views;
using MudBlazor;

namespace Actors.Web.Model.Shell.Palette;

/// <summary>What the palette offers without looking anything up.</summary>
public static class PaletteKnown
{
    private static readonly string Errors = FilterText.Format(FilterCatalog.Traces, Filter.Equal("level", "ERROR"));

    /// <summary>The address of the traces that failed, the newest first.</summary>
    public static string NewestErrors(ProjectId project, EnvironmentChoice environments) =>
        environments.On($"{ProjectPath.Traces(project)}?f={Uri.EscapeDataString(Errors)}");

    /// <summary>The pages that can be gone to from a place.</summary>
    public static IEnumerable<PaletteItem> Pages(NavPlace place)
    {
        if (place.Project is { } project)
        {
            yield return new(PaletteGroup.Pages, "Errors, newest first", Icons.Material.Filled.ErrorOutline)
            {
                Href = NewestErrors(project, place.Environments), Keys = "g e", Words = "failed exceptions traces",
            };
            foreach (var page in NavPage.All)
                yield return new(PaletteGroup.Pages, page.Title, page.Icon) { Href = place.Address(page), Keys = $"g {page.Key}", Words = page.Group };
        }

        yield return new(PaletteGroup.Pages, "Set-up", Icons.Material.Filled.RocketLaunch) { Href = place.Project is { } here ? ProjectPath.Setup(here) : "/setup", Words = "first trace keys snippets install" };
        yield return new(PaletteGroup.Pages, "The public API", Icons.Material.Filled.Api) { Href = "/api-docs", Words = "reference documentation openapi" };
        yield return new(PaletteGroup.Pages, "Administration", Icons.Material.Filled.AdminPanelSettings) { Href = "/admin", Words = "sign in dashboard" };
    }

    /// <summary>What the page that is open can do. Ways to other pages are pages already.</summary>
    public static IEnumerable<PaletteItem> Actions(Shortcuts shortcuts) => shortcuts.Active
        .Where(s => s.Text is not null && !s.Chord.StartsWith("g ", StringComparison.Ordinal))
        .Reverse().DistinctBy(s => s.Chord)
        .Select(s => new PaletteItem(PaletteGroup.Actions, s.Text!, Icons.Material.Filled.Bolt) { Run = s.Run, Keys = s.Chord });

    /// <summary>The project's saved views.</summary>
    public static IEnumerable<PaletteItem> Views(NavPlace place, IEnumerable<SavedView> views) => views.Select(v =>
    {
        var page = NavPage.All.FirstOrDefault(p => p.Path == v.Page)?.Title ?? v.Page;
        return new PaletteItem(PaletteGroup.Views, v.Name, Icons.Material.Filled.Bookmark) { Detail = page, Words = $"view {page}", Href = ViewQuery.Address(place, v) };
    });

    /// <summary>Other projects, each at the page that is open.</summary>
    public static IEnumerable<PaletteItem> Projects(NavPlace place, IEnumerable<ProjectInfo> projects) => projects
        .Where(p => p.Id != place.Project)
        .Select(p => new PaletteItem(PaletteGroup.Projects, p.Name, Icons.Material.Filled.Folder)
        {
            Detail = p.OrganizationName, Words = $"project {p.Id}", Href = (place.Page ?? NavPage.All[0]).In(p.Id),
        });
}
