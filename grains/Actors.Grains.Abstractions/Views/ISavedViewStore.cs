namespace Actors.Views;

/// <summary>
/// The saved views of all projects. Names, queries and numbers follow the limits of <see cref="SavedView"/>. Safe for concurrent
/// callers: of two changes of the same view or name, the second one sees the first.
/// </summary>
public interface ISavedViewStore
{
    /// <summary>The views of a project by page and name.</summary>
    Task<IReadOnlyList<SavedView>> ListAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>
    /// Saves a view under a new name. Refusals: invalid, beyond a limit; conflict, when the page has the name; not found, when the
    /// project is no more.
    /// </summary>
    Task<Outcome<SavedView>> AddAsync(ProjectId project, NewSavedView view, CancellationToken cancellationToken);

    /// <summary>Changes a view. Refusals: as above; not found, when there is no such view.</summary>
    Task<Outcome<SavedView>> ChangeAsync(ProjectId project, string viewId, SavedViewChange change, CancellationToken cancellationToken);

    /// <summary>Removes a view.</summary>
    /// <returns>The view; null: there is none.</returns>
    Task<SavedView?> RemoveAsync(ProjectId project, string viewId, CancellationToken cancellationToken);
}

/// <summary>A view to save.</summary>
/// <param name="Page">The page, letters, digits and dashes.</param>
/// <param name="Name">Its name.</param>
/// <param name="Query">The query of the page's address.</param>
public sealed record NewSavedView(string Page, string Name, string Query);

/// <summary>What changes of a view; null: it stays.</summary>
public sealed record SavedViewChange
{
    /// <summary>Another name.</summary>
    public string? Name { get; init; }

    /// <summary>Another query.</summary>
    public string? Query { get; init; }

    /// <summary>Whether the page opens with it from now on, and so with no other.</summary>
    public bool? IsDefault { get; init; }
}
