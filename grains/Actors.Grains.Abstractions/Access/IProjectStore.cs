namespace Actors.Access;

/// <summary>The projects of an organization. Safe for concurrent callers.</summary>
public interface IProjectStore
{
    /// <summary>All projects of an organization by name.</summary>
    Task<IReadOnlyList<ProjectRecord>> ListAsync(string organizationId, CancellationToken cancellationToken);

    /// <summary>One project; null when unknown or another organization's.</summary>
    Task<ProjectRecord?> FindAsync(string organizationId, string id, CancellationToken cancellationToken);

    /// <summary>Makes a new project; null when the organization has one of this name.</summary>
    Task<ProjectRecord?> CreateAsync(string organizationId, ProjectContent content, CancellationToken cancellationToken);

    /// <summary>Changes a project. Names are unique in an organization.</summary>
    Task<ProjectUpdate> UpdateAsync(string organizationId, string id, ProjectContent content, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a project: its keys stop working at once, and all its data is due for erasure (<see cref="ListErasuresAsync"/>).
    /// False when unknown or another organization's.
    /// </summary>
    Task<bool> DeleteAsync(string organizationId, string id, CancellationToken cancellationToken);

    /// <summary>The deleted projects whose data is still to be erased.</summary>
    Task<IReadOnlyList<ProjectId>> ListErasuresAsync(CancellationToken cancellationToken);

    /// <summary>Completes when a project was deleted, in whatever process, or may have been, since the last call.</summary>
    Task WaitForErasureAsync(CancellationToken cancellationToken);

    /// <summary>Notes that all data of a deleted project is gone. Its id can then be used again.</summary>
    Task FinishErasureAsync(ProjectId project, CancellationToken cancellationToken);
}

/// <summary>What a project is given.</summary>
/// <param name="Name">Not empty; unique in the organization.</param>
/// <param name="Metadata">JSON text of an object; null: as it was, or an empty one.</param>
/// <param name="RetentionDays">How long data is kept; null: as it was, or for ever; 0: for ever.</param>
public sealed record ProjectContent(string Name, string? Metadata, int? RetentionDays);

/// <summary>A project as it is managed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Metadata">JSON text of an object.</param>
/// <param name="RetentionDays">How long data is kept; null: for ever.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
public sealed record ProjectRecord(
    ProjectId Id, string Name, string Metadata, int? RetentionDays, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>What became of a change.</summary>
/// <param name="Project">The project as it is now; null: nothing was changed.</param>
/// <param name="IsNameTaken">Whether another project has the name; else a null project is an unknown one.</param>
public readonly record struct ProjectUpdate(ProjectRecord? Project, bool IsNameTaken);
