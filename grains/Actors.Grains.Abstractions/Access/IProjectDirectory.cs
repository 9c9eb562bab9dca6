namespace Actors.Access;

/// <summary>The projects and their API keys. Implementations cache reads and are safe for concurrent callers.</summary>
public interface IProjectDirectory
{
    /// <summary>The project that a secret key opens; null when the key is unknown. Keys are stored as hashes only.</summary>
    ValueTask<ProjectInfo?> FindBySecretKeyAsync(string secretKey, CancellationToken cancellationToken);

    /// <summary>The project that a public key names; null when the key is unknown.</summary>
    ValueTask<ProjectInfo?> FindByPublicKeyAsync(string publicKey, CancellationToken cancellationToken);

    /// <summary>The organization whose own secret key this is; null when the key is unknown or a project's.</summary>
    ValueTask<OrganizationInfo?> FindOrganizationBySecretKeyAsync(string secretKey, CancellationToken cancellationToken);

    /// <summary>One project; null when unknown.</summary>
    ValueTask<ProjectInfo?> FindAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>All projects by name.</summary>
    Task<IReadOnlyList<ProjectInfo>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes sure that the organization, the project and the key exist. Idempotent: what exists is kept; a key that exists
    /// with another secret gets the new one.
    /// </summary>
    Task<ProjectInfo> EnsureAsync(ProjectSetup setup, CancellationToken cancellationToken);
}

/// <summary>A project and its organization.</summary>
[GenerateSerializer, Immutable, Alias("actors.ProjectInfo")]
public sealed record ProjectInfo(
    [property: Id(0)] ProjectId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string OrganizationId,
    [property: Id(3)] string OrganizationName);

/// <summary>An organization.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
public sealed record OrganizationInfo(string Id, string Name);

/// <summary>What a first project needs.</summary>
public sealed record ProjectSetup
{
    /// <summary>The organization's id.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The organization's name.</summary>
    public required string OrganizationName { get; init; }

    /// <summary>The project's id.</summary>
    public required ProjectId ProjectId { get; init; }

    /// <summary>The project's name.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The public key; starts with <c>pk-lf-</c>.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The secret key; starts with <c>sk-lf-</c>. Only its hash is stored.</summary>
    public required string SecretKey { get; init; }
}
