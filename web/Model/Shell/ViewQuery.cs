using Actors.Views;

namespace Actors.Web.Model.Shell;

/// <summary>What of a page's address a saved view keeps, and the address of a view.</summary>
public static class ViewQuery
{
    /// <summary>The key that names the view in an address.</summary>
    public const string Key = "view";

    /// <summary>The name of no view, for a page that would open with one.</summary>
    public const string None = "none";

    // The environments are the viewer's and go along everywhere; what is peeked at is one thing of many.
    private static readonly string[] Passing = [EnvironmentChoice.Key, Key, "peek"];

    /// <summary>The part that is kept, without the question mark.</summary>
    /// <param name="query">With it or without.</param>
    public static string Kept(string query) => string.Join('&', query.TrimStart('?').Split('&').Where(p => p.Length > 0 && !Passing.Contains(p.Split('=')[0])));

    /// <summary>The address that opens a view.</summary>
    public static string Address(NavPlace place, SavedView view)
    {
        var id = $"{Key}={Uri.EscapeDataString(view.Id)}";
        return place.Environments.On($"/p/{place.Project}/{view.Page}?{(view.Query.Length == 0 ? id : $"{view.Query}&{id}")}");
    }
}
