namespace Actors.Views;

/// <summary>A page with its filter, range, order and columns, under a name. It belongs to the project: everybody sees it.</summary>
public sealed record SavedView
{
    /// <summary>The most views of a project, over all pages.</summary>
    public const int MaxCount = 200;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 80;

    /// <summary>The longest query, in characters.</summary>
    public const int MaxQueryLength = 8_000;

    /// <summary>The longest name of a page, in characters.</summary>
    public const int MaxPageLength = 40;

    /// <summary>The view's id.</summary>
    public required string Id { get; init; }

    /// <summary>The page, as it stands in addresses, for example <c>traces</c>.</summary>
    public required string Page { get; init; }

    /// <summary>Its name, once on a page.</summary>
    public required string Name { get; init; }

    /// <summary>The query of the page's address, without the question mark; empty: the page as it usually is.</summary>
    public required string Query { get; init; }

    /// <summary>Whether the page opens with it; at most one of a page is.</summary>
    public bool IsDefault { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What is wrong with a name; null: nothing.</summary>
    public static string? CheckName(string name) =>
        string.IsNullOrWhiteSpace(name) ? "A view needs a name."
        : name.Length > MaxNameLength ? $"A name has at most {MaxNameLength} characters."
        : name.Any(char.IsControl) ? "A name has no control characters."
        : null;

    /// <summary>What is wrong with a query; null: nothing.</summary>
    public static string? CheckQuery(string query) =>
        query.Length > MaxQueryLength ? $"The address of a view has at most {MaxQueryLength:n0} characters."
        : query.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '#' or '?') ? "The address of a view is a query."
        : null;
}
