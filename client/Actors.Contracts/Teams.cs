using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>A project as it is managed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Metadata">An object.</param>
/// <param name="RetentionDays">How long data is kept; left out: for ever.</param>
public sealed record ManagedProjectBody(
    string Id,
    string Name,
    RawJson Metadata,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RetentionDays);

/// <summary>The answer (202) to the deletion of a project.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">What happens now.</param>
public sealed record ProjectDeletionBody(bool Success, string Message);

/// <summary>Whether something was done.</summary>
/// <param name="Success">Always true.</param>
public sealed record SuccessBody(bool Success);

/// <summary>The API keys of a project or an organization.</summary>
/// <param name="ApiKeys">Oldest first.</param>
public sealed record ApiKeysBody(IReadOnlyList<ApiKeyBody> ApiKeys);

/// <summary>An API key as it is listed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Null: never.</param>
/// <param name="LastUsedAt">Null: not known.</param>
/// <param name="Note">What it is for; null: nobody said.</param>
/// <param name="PublicKey">The public key.</param>
/// <param name="DisplaySecretKey">What is shown of the secret.</param>
public sealed record ApiKeyBody(
    string Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string? Note,
    string PublicKey,
    string DisplaySecretKey);

/// <summary>A new API key: the only answer that ever holds the secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="PublicKey">The public key.</param>
/// <param name="SecretKey">The secret key.</param>
/// <param name="DisplaySecretKey">What is shown of the secret from now on.</param>
/// <param name="Note">What it is for; null: nobody said.</param>
public sealed record NewApiKeyBody(
    string Id, DateTimeOffset CreatedAt, string PublicKey, string SecretKey, string DisplaySecretKey, string? Note);

/// <summary>The members of an organization or a project.</summary>
/// <param name="Memberships">By e-mail address.</param>
public sealed record MembershipsBody(IReadOnlyList<MembershipBody> Memberships);

/// <summary>A member.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Role">OWNER, ADMIN, MEMBER, VIEWER or NONE.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The name; empty: nobody said.</param>
public sealed record MembershipBody(string UserId, string Role, string Email, string Name);

/// <summary>The answer to the end of a membership.</summary>
/// <param name="Message">What was done.</param>
/// <param name="UserId">The person.</param>
public sealed record MembershipDeletionBody(string Message, string UserId);

/// <summary>What a member of an organization can reach.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The name; null: nobody said.</param>
/// <param name="OrgRole">The role in the organization.</param>
/// <param name="Projects">The projects with a role above NONE, by name.</param>
public sealed record MemberAccessBody(string UserId, string Email, string? Name, string OrgRole, IReadOnlyList<MemberProjectBody> Projects);

/// <summary>The effective role in one project.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">The effective role.</param>
/// <param name="InheritedFromOrgRole">Whether it is the organization's role.</param>
public sealed record MemberProjectBody(string ProjectId, string Name, string Role, bool InheritedFromOrgRole);

/// <summary>The projects of an organization.</summary>
/// <param name="Projects">By name.</param>
public sealed record OrganizationProjectsBody(IReadOnlyList<OrganizationProjectBody> Projects);

/// <summary>A project in the list of its organization.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Metadata">An object.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
public sealed record OrganizationProjectBody(
    string Id, string Name, RawJson Metadata, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>All organizations of a server.</summary>
/// <param name="Organizations">By name.</param>
public sealed record OrganizationsBody(IReadOnlyList<ManagedOrganizationBody> Organizations);

/// <summary>An organization as it is managed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Metadata">An object.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Projects">Its projects by name.</param>
public sealed record ManagedOrganizationBody(
    string Id, string Name, RawJson Metadata, DateTimeOffset CreatedAt, IReadOnlyList<OrganizationProjectBody> Projects);
