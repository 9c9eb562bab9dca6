using Actors.Filtering;

namespace Actors.Web.Model.Traces;

/// <summary>The list of traces.</summary>
public static class TraceFilter
{
    /// <summary>What it can show and be narrowed by.</summary>
    public static ListShape Shape { get; } = new("trace", "traces", FilterCatalog.Traces, Columns(), "time")
    {
        Facets =
        [
            ("environment", "Environment"), ("level", "Level"), ("name", "Name"), ("model", "Model"), ("tags", "Tags"),
            ("scores_avg", "Scored by"), ("userId", "User"), ("release", "Release"), ("version", "Version"),
        ],
    };

    /// <summary>Every trace of the last day, newest first.</summary>
    public static ListState Empty { get; } = ListState.Of(Shape);

    private static ListColumn[] Columns() =>
    [
        new("time", "Time", 128) { Sortable = true, Class = "mono" },
        new("level", "Level", 98),
        new("name", "Name", 118) { Grow = 0.9, Sortable = true, Class = "name" },
        new("input", "Input", 120) { Grow = 1.6, Class = "dim" },
        new("output", "Output", 120) { Grow = 1.6, Class = "dim" },
        new("model", "Model", 112) { Grow = 0.8 },
        new("latency", "Latency", 78) { Numeric = true, Sortable = true },
        new("cost", "Cost", 82) { Numeric = true, Sortable = true },
        new("tokens", "Tokens", 76) { Numeric = true, Sortable = true },
        new("user", "User", 96) { Sortable = true, Class = "dim" },
        new("session", "Session", 96) { Sortable = true, Class = "dim" },
        new("environment", "Environment", 98) { Class = "dim" },
        new("tags", "Tags", 120) { Shown = false, Class = "dim" },
        new("release", "Release", 96) { Shown = false, Sortable = true, Class = "dim" },
        new("version", "Version", 96) { Shown = false, Sortable = true, Class = "dim" },
        new("observations", "Observations", 100) { Shown = false, Numeric = true },
        new("errors", "Errors", 70) { Shown = false, Numeric = true },
        new("warnings", "Warnings", 80) { Shown = false, Numeric = true },
        new("scores", "Scores", 70) { Shown = false, Numeric = true },
        new("in", "Input tokens", 100) { Shown = false, Numeric = true },
        new("out", "Output tokens", 100) { Shown = false, Numeric = true },
        new("id", "Id", 140) { Shown = false, Sortable = true, Class = "mono" },
    ];
}
