namespace Actors.Web.Api;

/// <summary>Which parts of traces a caller wants (langfuse-api §3, parameter <c>fields</c>).</summary>
[Flags]
internal enum TraceFieldGroups
{
    Core = 1,
    Io = 2,
    Scores = 4,
    Observations = 8,
    Metrics = 16,
    All = Core | Io | Scores | Observations | Metrics,
}

internal static class TraceFieldGroupsParser
{
    /// <summary>Reads a comma list. Unknown names are ignored; nothing but unknown names means all.</summary>
    public static TraceFieldGroups Parse(string? fields)
    {
        TraceFieldGroups groups = 0;
        foreach (var name in (fields ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            groups |= name switch
            {
                "core" => TraceFieldGroups.Core,
                "io" => TraceFieldGroups.Io,
                "scores" => TraceFieldGroups.Scores,
                "observations" => TraceFieldGroups.Observations,
                "metrics" => TraceFieldGroups.Metrics,
                _ => 0,
            };
        }

        return groups == 0 ? TraceFieldGroups.All : groups;
    }
}
