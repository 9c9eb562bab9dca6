namespace Actors.Web.Api.Observations;

/// <summary>Which parts of observations a caller of the second version wants (langfuse-api §4.2, parameter <c>fields</c>).</summary>
[Flags]
internal enum ObservationFieldGroups
{
    /// <summary>Always answered: without ids nothing else could be told apart.</summary>
    Core = 1,
    Basic = 2,
    Time = 4,
    Io = 8,
    Metadata = 16,
    Model = 32,
    Usage = 64,
    Prompt = 128,
    Metrics = 256,
    TraceContext = 512,
    All = Core | Basic | Time | Io | Metadata | Model | Usage | Prompt | Metrics | TraceContext,
}

internal static class ObservationFieldGroupsParser
{
    /// <summary>Reads a comma list. Unknown names are ignored; nothing but unknown names means all.</summary>
    public static ObservationFieldGroups Parse(string? fields)
    {
        if (string.IsNullOrWhiteSpace(fields))
        {
            return ObservationFieldGroups.Core | ObservationFieldGroups.Basic;
        }

        ObservationFieldGroups groups = 0;
        foreach (var name in fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            groups |= name switch
            {
                "core" => ObservationFieldGroups.Core,
                "basic" => ObservationFieldGroups.Basic,
                "time" => ObservationFieldGroups.Time,
                "io" => ObservationFieldGroups.Io,
                "metadata" => ObservationFieldGroups.Metadata,
                "model" => ObservationFieldGroups.Model,
                "usage" => ObservationFieldGroups.Usage,
                "prompt" => ObservationFieldGroups.Prompt,
                "metrics" => ObservationFieldGroups.Metrics,
                "trace_context" => ObservationFieldGroups.TraceContext,
                _ => 0,
            };
        }

        return groups == 0 ? ObservationFieldGroups.All : groups | ObservationFieldGroups.Core;
    }
}
