namespace Actors.Contracts;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Data">The items of this page.</param>
/// <param name="Meta">Which page this is.</param>
public sealed record PageBody<T>(IReadOnlyList<T> Data, PageMeta Meta);

/// <summary>Which page of how many.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Limit">The most items on a page.</param>
/// <param name="TotalItems">Items over all pages.</param>
/// <param name="TotalPages">Pages, rounded up; 0 without items.</param>
public sealed record PageMeta(int Page, int Limit, long TotalItems, long TotalPages);

/// <summary>The answer of <c>GET /api/public/projects</c>: the project of the key.</summary>
/// <param name="Data">One element.</param>
public sealed record ProjectsBody(IReadOnlyList<ProjectBody> Data);

/// <summary>A project.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="Metadata">Free properties; empty.</param>
public sealed record ProjectBody(string Id, string Name, OrganizationBody Organization, RawJson Metadata);

/// <summary>An organization.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
public sealed record OrganizationBody(string Id, string Name);

/// <summary>The answer of the health routes.</summary>
/// <param name="Status"><c>OK</c> when all is well.</param>
/// <param name="Version">The version of the API contract that is served.</param>
public sealed record HealthBody(string Status, string Version);
