namespace Actors.Access;

/// <summary>The organizations. Safe for concurrent callers.</summary>
public interface IOrganizationStore
{
    /// <summary>All of them by name.</summary>
    Task<IReadOnlyList<OrganizationRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One of them; null when unknown.</summary>
    Task<OrganizationRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Makes a new one. Names need not be unique.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="metadata">JSON text of an object; null: an empty one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<OrganizationRecord> CreateAsync(string name, string? metadata, CancellationToken cancellationToken);

    /// <summary>Changes the name and, unless null, the metadata; null when unknown.</summary>
    Task<OrganizationRecord?> UpdateAsync(string id, string name, string? metadata, CancellationToken cancellationToken);

    /// <summary>Deletes one that has no projects left.</summary>
    Task<OrganizationDeletion> DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>An organization and its projects.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Metadata">JSON text of an object.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
/// <param name="Projects">By name.</param>
public sealed record OrganizationRecord(
    string Id, string Name, string Metadata, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<ProjectRecord> Projects);

/// <summary>What became of a deletion.</summary>
public enum OrganizationDeletion
{
    /// <summary>It is gone, with its keys and memberships.</summary>
    Deleted,

    /// <summary>There is none with this id.</summary>
    Unknown,

    /// <summary>It has projects, which must be deleted first.</summary>
    HasProjects,
}
