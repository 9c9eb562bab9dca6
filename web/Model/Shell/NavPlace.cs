using Microsoft.AspNetCore.WebUtilities;

namespace Actors.Web.Model.Shell;

/// <summary>Where in the product a viewer is.</summary>
/// <param name="Project">The project; null outside of all.</param>
/// <param name="Page">The page of the navigation that the address belongs to; null when none is.</param>
/// <param name="Environments">The environments that the viewer looks at.</param>
public sealed record NavPlace(ProjectId? Project, NavPage? Page, EnvironmentChoice Environments)
{
    /// <summary>Outside of all projects.</summary>
    public static NavPlace Nowhere { get; } = new(null, null, EnvironmentChoice.All);

    /// <summary>
    /// The place an address leads to. A page about one thing, such as a trace, has no environments in its address: there, those
    /// looked at before are still the viewer's.
    /// </summary>
    /// <param name="relative">An address such as <c>p/support/traces?env=production</c>.</param>
    public NavPlace To(string relative)
    {
        var project = ProjectPath.Find(relative);
        var cut = relative.Split('?', '#');
        var page = cut[0].Split('/') is ["p", _, var path, ..] ? NavPage.All.FirstOrDefault(p => p.Path == path) : null;
        var said = EnvironmentChoice.Parse(Said(relative));
        var isList = page is { ByEnvironment: true } && cut[0].Trim('/').Count(c => c == '/') == 2;
        return new(project, page, project == Project && said.IsAll && !isList ? Environments : said);
    }

    /// <summary>The address of a page of this project, with the environments where the page follows them.</summary>
    public string Address(NavPage page) => page.ByEnvironment ? Environments.On(page.In(Project!.Value)) : page.In(Project!.Value);

    private static string? Said(string relative)
    {
        var start = relative.IndexOf('?', StringComparison.Ordinal);
        var query = start < 0 ? "" : relative[start..].Split('#')[0];
        return QueryHelpers.ParseQuery(query).TryGetValue(EnvironmentChoice.Key, out var said) ? said[0] : null;
    }
}
