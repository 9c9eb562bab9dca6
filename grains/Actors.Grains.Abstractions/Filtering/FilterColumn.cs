namespace Actors.Filtering;

/// <summary>What a column holds, and so how it can be compared.</summary>
public enum FilterColumnType
{
    /// <summary>A short text: a name, an id.</summary>
    Text,

    /// <summary>One of the names in <see cref="FilterColumn.Choices"/>.</summary>
    Choice,

    /// <summary>A JSON value, searched as the text it holds.</summary>
    Json,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A moment.</summary>
    Time,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>Several texts.</summary>
    List,

    /// <summary>A text by key.</summary>
    TextMap,

    /// <summary>The average of scores by name.</summary>
    NumberMap,

    /// <summary>The texts of scores by name.</summary>
    ChoiceMap,

    /// <summary>Yes or no of scores by name.</summary>
    FlagMap,

    /// <summary>Not a column: full text over several of them.</summary>
    Search,
}

/// <summary>What the numbers of a column count.</summary>
public enum FilterUnit
{
    /// <summary>Pieces, or nothing in particular.</summary>
    None,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>US dollars.</summary>
    UsDollars,
}

/// <summary>A column that can be filtered by.</summary>
/// <param name="Name">Its name on the wire, for example <c>userId</c>.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Description">What it means, for people.</param>
public sealed record FilterColumn(string Name, FilterColumnType Type, string Description)
{
    /// <summary>Other names for it, shortest first.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What its numbers count.</summary>
    public FilterUnit Unit { get; init; }

    /// <summary>All values that a <see cref="FilterColumnType.Choice"/> can have.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The short name that columns of scores share in the readable language, for example <c>scores</c>; else null.</summary>
    public string? Family { get; init; }

    /// <summary>Whether its values have keys.</summary>
    public bool IsKeyed => Type is FilterColumnType.TextMap or FilterColumnType.NumberMap or FilterColumnType.ChoiceMap or FilterColumnType.FlagMap;

    /// <summary>The name that people write.</summary>
    public string ShortName => Family ?? (Aliases is [{ } alias, ..] && alias.Length < Name.Length ? alias : Name);

    /// <summary>Whether it can be compared in this way.</summary>
    public bool Allows(FilterOperator op) => op switch
    {
        FilterOperator.IsNull => Type != FilterColumnType.Search,
        FilterOperator.Equal => Type is not (FilterColumnType.Time or FilterColumnType.List or FilterColumnType.ChoiceMap or FilterColumnType.Search),
        FilterOperator.Greater or FilterOperator.GreaterOrEqual or FilterOperator.Less or FilterOperator.LessOrEqual =>
            Type is FilterColumnType.Number or FilterColumnType.Time or FilterColumnType.NumberMap,
        FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith =>
            Type is FilterColumnType.Text or FilterColumnType.Choice or FilterColumnType.Json or FilterColumnType.TextMap,
        FilterOperator.Matches => Type is FilterColumnType.Text or FilterColumnType.Json or FilterColumnType.TextMap or FilterColumnType.Search,
        FilterOperator.OneOf =>
            Type is FilterColumnType.Text or FilterColumnType.Choice or FilterColumnType.List or FilterColumnType.ChoiceMap,
        _ => false,
    };

    /// <summary>Whether it goes by this name, in exactly these letters.</summary>
    public bool IsNamed(string name) => Name == name || Aliases.Contains(name);
}
