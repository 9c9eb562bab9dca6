using Actors.Contracts;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Api.Scores;

namespace Actors.Web.Api;

/// <summary>Traces in the shapes of the contract (langfuse-api §3 and §5).</summary>
internal static class TraceMapper
{
    private const int NotAskedFor = -1;

    public static TraceBody ToListItem(this TraceRecord trace, ProjectId project, TraceChildren? children, TraceFieldGroups groups) => new()
    {
        Id = trace.Id,
        Timestamp = trace.Timestamp,
        Name = trace.Name,
        UserId = trace.UserId,
        Metadata = Metadata(trace, groups),
        Release = trace.Release,
        Version = trace.Version,
        ProjectId = project.Value,
        Environment = trace.Environment,
        Public = trace.Public,
        Bookmarked = trace.Bookmarked,
        Tags = trace.Tags,
        Input = Io(trace.Input, groups),
        Output = Io(trace.Output, groups),
        SessionId = trace.SessionId,
        CreatedAt = trace.CreatedAt,
        UpdatedAt = trace.UpdatedAt,
        TotalCost = Cost(trace, groups),
        Latency = Latency(trace, groups),
        HtmlPath = HtmlPath(project, trace.Id),
        Observations = groups.HasFlag(TraceFieldGroups.Observations) ? children?.ObservationIds ?? [] : [],
        Scores = groups.HasFlag(TraceFieldGroups.Scores) ? children?.ScoreIds ?? [] : [],
    };

    public static TraceDetailBody ToDetail(this StreamDocument document, TraceRecord trace, ProjectId project, TraceFieldGroups groups) => new()
    {
        Id = trace.Id,
        Timestamp = trace.Timestamp,
        Name = trace.Name,
        UserId = trace.UserId,
        Metadata = Metadata(trace, groups),
        Release = trace.Release,
        Version = trace.Version,
        ProjectId = project.Value,
        Environment = trace.Environment,
        Public = trace.Public,
        Bookmarked = trace.Bookmarked,
        Tags = trace.Tags,
        Input = Io(trace.Input, groups),
        Output = Io(trace.Output, groups),
        SessionId = trace.SessionId,
        CreatedAt = trace.CreatedAt,
        UpdatedAt = trace.UpdatedAt,
        TotalCost = Cost(trace, groups),
        Latency = Latency(trace, groups),
        HtmlPath = HtmlPath(project, trace.Id),
        Observations = groups.HasFlag(TraceFieldGroups.Observations) ? [.. document.Observations.Select(o => o.ToWire(project))] : [],
        Scores = groups.HasFlag(TraceFieldGroups.Scores) ? [.. document.Scores.Select(s => s.ToWire())] : [],
    };

    public static SessionTraceBody ToSessionTrace(this TraceRecord trace, ProjectId project) => new()
    {
        Id = trace.Id,
        Timestamp = trace.Timestamp,
        Name = trace.Name,
        UserId = trace.UserId,
        Metadata = StoredJson.Metadata(trace.Metadata),
        Release = trace.Release,
        Version = trace.Version,
        ProjectId = project.Value,
        Environment = trace.Environment,
        Public = trace.Public,
        Bookmarked = trace.Bookmarked,
        Tags = trace.Tags,
        Input = StoredJson.Value(trace.Input),
        Output = StoredJson.Value(trace.Output),
        SessionId = trace.SessionId,
        CreatedAt = trace.CreatedAt,
        UpdatedAt = trace.UpdatedAt,
    };

    private static string HtmlPath(ProjectId project, string traceId) =>
        $"/project/{project.Value}/traces/{Uri.EscapeDataString(traceId)}";

    private static RawJson Io(string? text, TraceFieldGroups groups) =>
        groups.HasFlag(TraceFieldGroups.Io) ? StoredJson.Value(text) : default;

    private static RawJson Metadata(TraceRecord trace, TraceFieldGroups groups) =>
        groups.HasFlag(TraceFieldGroups.Io) ? StoredJson.Metadata(trace.Metadata) : default;

    private static decimal Cost(TraceRecord trace, TraceFieldGroups groups) =>
        groups.HasFlag(TraceFieldGroups.Metrics) ? WireNumbers.Trim(trace.Summary.CostUsd ?? 0) : NotAskedFor;

    private static double Latency(TraceRecord trace, TraceFieldGroups groups) =>
        groups.HasFlag(TraceFieldGroups.Metrics) ? WireNumbers.Seconds(trace.Summary.Latency ?? TimeSpan.Zero) : NotAskedFor;
}
