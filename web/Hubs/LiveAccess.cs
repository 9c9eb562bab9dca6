using System.Security.Claims;
using Actors.Live;

namespace Actors.Web.Hubs;

/// <summary>What a caller may see of the live side of one project: the one place that decides it.</summary>
/// <param name="Project">The project.</param>
internal sealed record LiveAccess(ProjectId Project)
{
    /// <summary>The part that may be seen; everything else is out of reach.</summary>
    public LiveFilter Filter { get; init; } = LiveFilter.Everything;

    /// <summary>The only trace that may be seen, and nothing else; null: no such limit.</summary>
    public string? TraceId { get; init; }

    /// <summary>Whether names, ids and texts of traces and users may be seen, and not numbers alone.</summary>
    public bool Detail { get; init; } = true;

    /// <summary>When it ends; null: with the key.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Carries an access through the hub's connection.</summary>
internal sealed class LiveIdentity(LiveAccess access) : ClaimsIdentity("live")
{
    public LiveAccess Access => access;

    /// <summary>The access of a user that the hub's door has let in.</summary>
    public static LiveAccess Of(ClaimsPrincipal? user) => (user?.Identity as LiveIdentity)?.Access
        ?? throw new InvalidOperationException("The connection did not come through the hub's door.");
}
