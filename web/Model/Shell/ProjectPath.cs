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

    /// <summary>The list of traces.</summary>
    public static string Traces(ProjectId project) => $"/p/{project}/traces";

    /// <summary>One trace; ids are the client's and may hold any character.</summary>
    public static string Trace(ProjectId project, string traceId) => $"/p/{project}/traces/{Uri.EscapeDataString(traceId)}";

    /// <summary>The list of observations.</summary>
    public static string Observations(ProjectId project) => $"/p/{project}/observations";

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
