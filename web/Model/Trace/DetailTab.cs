using System.Collections.Immutable;

namespace Actors.Web.Model.Trace;

/// <summary>The tabs of a trace's detail as they stand in the address.</summary>
public static class DetailTab
{
    /// <summary>Input and output as a conversation.</summary>
    public const string Chat = "chat";

    /// <summary>Input and output as trees.</summary>
    public const string Json = "json";

    /// <summary>The tools that a model could call, or that were called.</summary>
    public const string Tools = "tools";

    /// <summary>Scores and corrections.</summary>
    public const string Scores = "scores";

    /// <summary>What people said of it.</summary>
    public const string Comments = "comments";

    /// <summary>Everything else that is known.</summary>
    public const string Metadata = "metadata";

    /// <summary>All of them, in their order.</summary>
    public static ImmutableArray<string> All { get; } = [Chat, Json, Tools, Scores, Comments, Metadata];

    /// <summary>Anything unknown is the first tab.</summary>
    public static string Normalize(string? tab) => tab is not null && All.Contains(tab) ? tab : Chat;
}
