namespace Actors.Filtering;

/// <summary>The columns of a view that can be filtered by.</summary>
public sealed partial class FilterCatalog
{
    /// <summary>The column of bare words.</summary>
    public const string Search = "text";

    private readonly Dictionary<string, FilterColumn> _byName = [];
    private readonly Dictionary<string, FilterColumn> _byAnyCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly string[] _words;
    private readonly string[] _ids;

    private FilterCatalog(string view, string[] words, string[] ids, params FilterColumn[] columns)
    {
        View = view;
        _words = words;
        _ids = ids;
        Columns = columns;
        foreach (var column in columns)
        {
            string[] names = [column.Name, .. column.Aliases];
            foreach (var name in names)
            {
                _byName.Add(name, column);
                _byAnyCase.TryAdd(name, column);
            }

            if (column.Family is { } family)
            {
                _byAnyCase.TryAdd(family, column);
            }
        }
    }

    /// <summary>What its rows are, in the plural.</summary>
    public string View { get; }

    /// <summary>All columns.</summary>
    public IReadOnlyList<FilterColumn> Columns { get; }

    /// <summary>The column of this wire name or alias; null when there is none.</summary>
    public FilterColumn? Find(string name) => _byName.GetValueOrDefault(name) is { Type: not FilterColumnType.Search } column ? column : null;

    /// <summary>The column that a person means by this name, whatever its case; null when there is none.</summary>
    public FilterColumn? FindWritten(string name) =>
        _byAnyCase.GetValueOrDefault(name) is { Type: not FilterColumnType.Search } column ? column : null;

    /// <summary>The column of a condition.</summary>
    /// <exception cref="ArgumentException">The view has no such column, or it cannot be compared in this way.</exception>
    public FilterColumn Get(Condition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (!_byName.TryGetValue(condition.Column, out var column) || !column.Allows(condition.Operator))
        {
            throw new ArgumentException($"{condition.Operator} on {condition.Column} is no condition on {View}.", nameof(condition));
        }

        return column;
    }

    /// <summary>What a bare word means: the word in names and texts, or exactly an id.</summary>
    public Filter ExpandSearch(string text)
    {
        var value = new TextValue(text);
        return Filter.Any(
        [
            .. _words.Select(column => new Condition(column, null, FilterOperator.Matches, value)),
            .. _ids.Select(column => new Condition(column, null, FilterOperator.Equal, value)),
        ]);
    }
}
