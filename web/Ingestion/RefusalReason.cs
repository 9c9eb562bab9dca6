namespace Actors.Web.Ingestion;

/// <summary>Why a request that brings events was sent away for a while.</summary>
internal enum RefusalReason
{
    /// <summary>Too many bytes of its project are under way.</summary>
    ProjectBytes,

    /// <summary>Too many bytes of all projects together are under way.</summary>
    AllBytes,

    /// <summary>The process is short of memory.</summary>
    Memory,

    /// <summary>The read model of its project is too far behind the log.</summary>
    ReadModel,

    /// <summary>Too much waits for a commit of the log, or for one trace.</summary>
    LogQueue,
}

/// <summary>The words for it.</summary>
internal static class RefusalReasons
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RefusalReason> All { get; } = Enum.GetValues<RefusalReason>();

    /// <summary>For machines, in metrics.</summary>
    public static string Tag(RefusalReason reason) => reason switch
    {
        RefusalReason.ProjectBytes => "project_bytes",
        RefusalReason.AllBytes => "all_bytes",
        RefusalReason.Memory => "memory",
        RefusalReason.ReadModel => "read_model",
        _ => "log_queue",
    };

    /// <summary>For the page of health.</summary>
    public static string Words(RefusalReason reason) => reason switch
    {
        RefusalReason.ProjectBytes => "too much of one project",
        RefusalReason.AllBytes => "too much of all projects",
        RefusalReason.Memory => "short of memory",
        RefusalReason.ReadModel => "lists too far behind",
        _ => "too much to commit",
    };

    /// <summary>For the sender.</summary>
    public static string Message(RefusalReason reason) => reason switch
    {
        RefusalReason.ProjectBytes => "Too much is under way for this project. Try again later.",
        RefusalReason.AllBytes => "Too much is under way on this server. Try again later.",
        RefusalReason.Memory => "The server is short of memory. Try again later.",
        RefusalReason.ReadModel => "The lists of this project are too far behind what is sent. Try again later.",
        _ => "Too much waits to be stored. Try again later.",
    };
}
