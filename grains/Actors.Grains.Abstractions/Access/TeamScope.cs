namespace Actors.Access;

/// <summary>What keys and memberships belong to: an organization, or one project of it.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="Project">The project; null: the organization itself.</param>
public readonly record struct TeamScope(string OrganizationId, ProjectId? Project);
