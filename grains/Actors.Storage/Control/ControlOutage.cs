using System.Data.Common;
using Actors.Access;

namespace Actors.Storage.Control;

/// <summary>What goes on while the database cannot be read.</summary>
internal static class ControlOutage
{
    /// <summary>
    /// How long keys, prompts and policies are answered from memory after they were read last. An application that fetches its
    /// prompts outlives a fail-over that way; a key that was revoked behind the back of a node that is cut off does not outlive it
    /// by more.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Whether a read failed in a way in which a remembered value may stand in.</summary>
    public static bool IsBehind(Exception exception) => exception is DbException or ControlPlaneUnavailableException;
}
