namespace Actors.Web.Model.Shell;

/// <summary>The addresses of pages inside a project.</summary>
public static class ProjectPath
{
    /// <summary>The project in a path such as <c>p/support/live</c>; null when there is none.</summary>
    public static ProjectId? Find(string relativePath)
    {
        var path = relativePath.Split('?', '#')[0].Split('/');
        return path is ["p", var id, ..] && ProjectId.IsValid(Uri.UnescapeDataString(id)) ? new ProjectId(Uri.UnescapeDataString(id)) : null;
    }

    /// <summary>The live page.</summary>
    public static string Live(ProjectId project) => $"/p/{project}/live";

    /// <summary>The dashboards.</summary>
    public static string Dashboards(ProjectId project) => $"/p/{project}/dashboards";

    /// <summary>One dashboard.</summary>
    public static string Dashboard(ProjectId project, string dashboardId) => $"/p/{project}/dashboards/{Uri.EscapeDataString(dashboardId)}";

    /// <summary>The way to a first trace.</summary>
    public static string Setup(ProjectId project) => $"/p/{project}/setup";

    /// <summary>The list of traces.</summary>
    public static string Traces(ProjectId project) => $"/p/{project}/traces";

    /// <summary>The list of observations.</summary>
    public static string Observations(ProjectId project) => $"/p/{project}/observations";

    /// <summary>Where the list of that name is exported.</summary>
    public static string Export(ProjectId project, string list) => $"/p/{project}/export/{list}";

    /// <summary>One trace; ids are the client's and may hold any character.</summary>
    public static string Trace(ProjectId project, string traceId) => $"/p/{project}/traces/{Uri.EscapeDataString(traceId)}";

    /// <summary>A trace as a file; with a field only that field of it or of one of its spans.</summary>
    /// <param name="project">The project.</param>
    /// <param name="traceId">The trace.</param>
    /// <param name="span">The observation; empty: the trace itself.</param>
    /// <param name="field"><c>input</c>, <c>output</c> or <c>metadata</c>; null: everything.</param>
    public static string TraceFile(ProjectId project, string traceId, string span = "", string? field = null) =>
        $"/p/{project}/files/trace?id={Uri.EscapeDataString(traceId)}"
        + (span.Length > 0 ? $"&span={Uri.EscapeDataString(span)}" : "") + (field is null ? "" : $"&field={field}");

    /// <summary>Where anybody may read a trace that is shared.</summary>
    public static string Shared(ProjectId project, string traceId) => $"/share/{project}/{Uri.EscapeDataString(traceId)}";

    /// <summary>The list of sessions.</summary>
    public static string Sessions(ProjectId project) => $"/p/{project}/sessions";

    /// <summary>One session; ids are the client's and may hold any character.</summary>
    public static string Session(ProjectId project, string sessionId) => $"/p/{project}/sessions/{Uri.EscapeDataString(sessionId)}";

    /// <summary>The list of users.</summary>
    public static string Users(ProjectId project) => $"/p/{project}/users";

    /// <summary>One user of the application; ids are the client's and may hold any character.</summary>
    public static string User(ProjectId project, string userId) => $"/p/{project}/users/{Uri.EscapeDataString(userId)}";

    /// <summary>How the server does.</summary>
    public static string Health(ProjectId project) => $"/p/{project}/health";
}
