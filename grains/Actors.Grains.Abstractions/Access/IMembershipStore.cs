namespace Actors.Access;

/// <summary>Who belongs to organizations and projects, with which role. Safe for concurrent callers.</summary>
public interface IMembershipStore
{
    /// <summary>The members, by e-mail address.</summary>
    Task<IReadOnlyList<MemberRecord>> ListAsync(TeamScope scope, CancellationToken cancellationToken);

    /// <summary>Gives a person a role. In a project only a member of the organization can have one.</summary>
    Task<MembershipChange> PutAsync(TeamScope scope, string userId, Role role, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a role away. Who leaves an organization leaves its projects too, and its last owner stays.
    /// </summary>
    Task<MembershipChange> DeleteAsync(TeamScope scope, string userId, CancellationToken cancellationToken);

    /// <summary>What a person with this e-mail address (any case) can reach in an organization; null when no member.</summary>
    Task<MemberAccess?> FindAccessAsync(string organizationId, string email, CancellationToken cancellationToken);
}

/// <summary>A member.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Role">The role in the scope that was asked for.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The name; empty: nobody said.</param>
public sealed record MemberRecord(string UserId, Role Role, string Email, string Name);

/// <summary>What a member of an organization can reach.</summary>
/// <param name="Member">The member, with the organization's role.</param>
/// <param name="Projects">The projects with a role above none, by name.</param>
public sealed record MemberAccess(MemberRecord Member, IReadOnlyList<ProjectAccessRecord> Projects);

/// <summary>The effective role in one project.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">The effective role.</param>
/// <param name="IsInherited">Whether it is the organization's role.</param>
public sealed record ProjectAccessRecord(ProjectId ProjectId, string Name, Role Role, bool IsInherited);

/// <summary>What became of a change.</summary>
/// <param name="Outcome">Whether it was made.</param>
/// <param name="Member">The member, as it is or was; null when nothing was changed.</param>
public readonly record struct MembershipChange(MembershipOutcome Outcome, MemberRecord? Member);

/// <summary>Whether a membership was changed.</summary>
public enum MembershipOutcome
{
    /// <summary>It was.</summary>
    Changed,

    /// <summary>There is no such person.</summary>
    UnknownUser,

    /// <summary>The person is no member (of the organization, or of what was asked for).</summary>
    NotMember,

    /// <summary>An organization keeps at least one owner.</summary>
    LastOwner,
}
