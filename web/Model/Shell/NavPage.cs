using MudBlazor;

namespace Actors.Web.Model.Shell;

/// <summary>A page of a project that the navigation lists.</summary>
/// <param name="Path">Its place within the project, one segment.</param>
/// <param name="Title">How it is called.</param>
/// <param name="Icon">Its picture.</param>
/// <param name="Key">The letter after <c>g</c> that goes there.</param>
/// <param name="Group">The heading it stands under; null: first, without one.</param>
public sealed record NavPage(string Path, string Title, string Icon, string Key, string? Group = null)
{
    /// <summary>Every page that exists, in the order of the navigation. A new page adds its line here.</summary>
    public static IReadOnlyList<NavPage> All { get; } =
    [
        new("live", "Live", Icons.Material.Filled.MonitorHeart, "l"),
        new("dashboards", "Dashboards", Icons.Material.Filled.Dashboard, "d"),
        new("traces", "Traces", Icons.Material.Filled.AccountTree, "t", "Observe"),
        new("observations", "Observations", Icons.Material.Filled.ViewTimeline, "o", "Observe"),
        new("sessions", "Sessions", Icons.Material.Filled.Forum, "s", "Observe"),
        new("users", "Users", Icons.Material.Filled.People, "u", "Observe"),
        new("health", "Health", Icons.Material.Filled.HealthAndSafety, "h", "Operate") { ByEnvironment = false },
    ];

    /// <summary>Whether it shows the chosen environments only.</summary>
    public bool ByEnvironment { get; init; } = true;

    /// <summary>Its address in a project.</summary>
    public string In(ProjectId project) => $"/p/{project}/{Path}";
}
