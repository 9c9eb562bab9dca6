using Actors.Access;

namespace Actors.Web.Auth;

/// <summary>Which key a caller showed.</summary>
public enum KeyKind
{
    /// <summary>The secret key of a project: everything of that project.</summary>
    Secret,

    /// <summary>Only the public key: scores may be sent, nothing else.</summary>
    Public,
}

/// <summary>Who calls: the one place that project ids of requests come from.</summary>
/// <param name="Project">The project of the key.</param>
/// <param name="Key">Which key it was.</param>
/// <param name="PublicKey">The public key that was shown alone; null: a secret was shown.</param>
public sealed record ProjectAccess(ProjectInfo Project, KeyKind Key, string? PublicKey = null);
