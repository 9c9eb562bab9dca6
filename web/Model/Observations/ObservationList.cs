using Actors.Filtering;

namespace Actors.Web.Model.Observations;

/// <summary>The list of observations.</summary>
public static class ObservationList
{
    /// <summary>What it can show and be narrowed by.</summary>
    public static ListShape Shape { get; } = new("observation", "observations", FilterCatalog.Observations, Columns(), "start")
    {
        Facets =
        [
            ("type", "Type"), ("level", "Level"), ("name", "Name"), ("environment", "Environment"), ("model", "Model"), ("promptName", "Prompt"),
            ("traceName", "Trace"), ("traceTags", "Tags"), ("scores_avg", "Scored by"), ("userId", "User"), ("release", "Release"), ("version", "Version"),
        ],
    };

    /// <summary>Every observation of the last day, newest first.</summary>
    public static ListState Empty { get; } = ListState.Of(Shape);

    private static ListColumn[] Columns() =>
    [
        new("start", "Start", 128) { Sortable = true, Class = "mono" },
        new("type", "Type", 104) { Sortable = true },
        new("name", "Name", 130) { Grow = 1, Sortable = true, Class = "name" },
        new("trace", "Trace", 110) { Grow = 0.7, Class = "dim" },
        new("input", "Input", 110) { Grow = 1.2, Class = "dim" },
        new("output", "Output", 110) { Grow = 1.2, Class = "dim" },
        new("level", "Level", 98) { Sortable = true },
        new("latency", "Latency", 78) { Numeric = true, Sortable = true },
        new("ttft", "TTFT", 70) { Numeric = true, Sortable = true },
        new("tps", "Tok/s", 66) { Numeric = true, Sortable = true },
        new("model", "Model", 116) { Grow = 0.6, Sortable = true },
        new("tokens", "Tokens", 76) { Numeric = true, Sortable = true },
        new("cost", "Cost", 80) { Numeric = true, Sortable = true },
        new("status", "Status", 140) { Shown = false, Class = "dim" },
        new("prompt", "Prompt", 120) { Shown = false, Class = "dim" },
        new("environment", "Environment", 98) { Shown = false, Sortable = true, Class = "dim" },
        new("user", "User", 96) { Shown = false, Class = "dim" },
        new("session", "Session", 96) { Shown = false, Class = "dim" },
        new("tags", "Tags", 110) { Shown = false, Class = "dim" },
        new("release", "Release", 96) { Shown = false, Class = "dim" },
        new("version", "Version", 96) { Shown = false, Class = "dim" },
        new("in", "Input tokens", 100) { Shown = false, Numeric = true, Sortable = true },
        new("out", "Output tokens", 104) { Shown = false, Numeric = true, Sortable = true },
        new("end", "End", 128) { Shown = false, Sortable = true, Class = "mono" },
        new("parent", "Parent", 110) { Shown = false, Class = "mono" },
        new("id", "Id", 140) { Shown = false, Class = "mono" },
    ];
}
