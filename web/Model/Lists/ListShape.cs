using Actors.Filtering;

namespace Actors.Web.Model.Lists;

/// <summary>What a list is before anybody has asked it anything.</summary>
/// <param name="One">What one of its rows is, for example <c>trace</c>.</param>
/// <param name="Many">What several are.</param>
/// <param name="Catalog">What it can be narrowed by.</param>
/// <param name="Columns">What it can show, in the usual order.</param>
/// <param name="Sort">The key of the column that it is usually ordered by, the largest first.</param>
public sealed record ListShape(string One, string Many, FilterCatalog Catalog, IReadOnlyList<ListColumn> Columns, string Sort)
{
    /// <summary>The usual range of time.</summary>
    public TimeRange Range { get; init; } = TimeRange.Day;

    /// <summary>The facets beside the list, by the names of the catalogue's columns, with the words above them.</summary>
    public IReadOnlyList<(string Column, string Title)> Facets { get; init; } = [];

    /// <summary>The columns of the facets.</summary>
    public IReadOnlyList<string> FacetColumns => [.. Facets.Select(f => f.Column)];

    /// <summary>The column of a key; null when there is none.</summary>
    public ListColumn? Find(string? key) => Columns.FirstOrDefault(c => c.Key == key);
}
