using Actors.Filtering;

namespace Actors.Web.Model.People;

/// <summary>The lists of sessions and of users: what they can show and be narrowed by.</summary>
public static class GroupLists
{
    private static readonly (string Column, string Title)[] CommonFacets =
        [("environment", "Environment"), ("level", "Level"), ("tags", "Tags"), ("release", "Release")];

    /// <summary>Sessions, those that spoke last first.</summary>
    public static ListShape Sessions { get; } = new("session", "sessions", FilterCatalog.Sessions,
    [
        new("last", "Last turn", 128) { Sortable = true, Class = "mono" },
        new("id", "Session", 160) { Grow = 1.2, Sortable = true, Class = "name" },
        new("level", "Level", 98),
        new("traces", "Turns", 70) { Numeric = true, Sortable = true },
        new("course", "Latency by turn", 112),
        new("duration", "Duration", 92) { Numeric = true, Sortable = true },
        new("users", "Users", 120) { Grow = 0.8, Class = "dim" },
        new("cost", "Cost", 84) { Numeric = true, Sortable = true },
        new("tokens", "Tokens", 80) { Numeric = true, Sortable = true },
        new("errors", "Errors", 70) { Numeric = true, Sortable = true },
        new("scores", "Scores", 140) { Grow = 1, Class = "dim" },
        new("environment", "Environment", 98) { Class = "dim" },
        new("tags", "Tags", 110) { Class = "dim" },
        new("first", "First turn", 128) { Shown = false, Sortable = true, Class = "mono" },
        .. Rarely(),
    ], "last") { Facets = CommonFacets };

    /// <summary>Users of a week, those who stand out first.</summary>
    public static ListShape Users { get; } = new("user", "users", FilterCatalog.Users,
    [
        new("id", "User", 150) { Grow = 1.2, Sortable = true, Class = "name" },
        new("standout", "Stands out", 130) { Sortable = true },
        new("course", "Traces over time", 112),
        new("traces", "Traces", 76) { Numeric = true, Sortable = true },
        new("sessions", "Sessions", 80) { Numeric = true },
        new("failed", "Failed", 80) { Numeric = true },
        new("errors", "Errors", 70) { Numeric = true, Sortable = true },
        new("cost", "Cost", 84) { Numeric = true, Sortable = true },
        new("tokens", "Tokens", 84) { Numeric = true, Sortable = true },
        new("satisfaction", "Satisfaction", 96) { Numeric = true },
        new("first", "First seen", 128) { Sortable = true, Class = "mono" },
        new("last", "Last seen", 128) { Sortable = true, Class = "mono" },
        new("environment", "Environment", 98) { Shown = false, Class = "dim" },
        new("tags", "Tags", 110) { Shown = false, Class = "dim" },
        new("scores", "Scores", 140) { Shown = false, Class = "dim" },
        .. Rarely(),
    ], "standout") { Facets = CommonFacets, Range = TimeRange.Week };

    private static ListColumn[] Rarely() =>
    [
        new("observations", "Observations", 100) { Shown = false, Numeric = true, Sortable = true },
        new("warnings", "Warnings", 80) { Shown = false, Numeric = true },
        new("costIn", "Input cost", 90) { Shown = false, Numeric = true },
        new("costOut", "Output cost", 90) { Shown = false, Numeric = true },
        new("in", "Input tokens", 100) { Shown = false, Numeric = true },
        new("out", "Output tokens", 100) { Shown = false, Numeric = true },
        new("release", "Release", 100) { Shown = false, Class = "dim" },
    ];
}
