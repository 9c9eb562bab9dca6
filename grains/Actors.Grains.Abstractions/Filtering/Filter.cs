namespace Actors.Filtering;

/// <summary>
/// Which rows of a view are wanted: conditions on its columns, joined by all, any and not. A condition on a value that is
/// missing does not hold, and its negation does. Immutable; equal when it says the same in the same order.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.Filter")]
public abstract record Filter
{
    /// <summary>Every row.</summary>
    public static Filter Everything { get; } = new AllFilter([]);

    /// <summary>No row.</summary>
    public static Filter Nothing { get; } = new AnyFilter([]);

    /// <summary>Rows that all of <paramref name="parts"/> want, in the shortest form.</summary>
    public static Filter All(params IEnumerable<Filter> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        List<Filter> flat = [.. parts.SelectMany(part => part is AllFilter all ? all.Parts : [part])];
        return flat.Contains(Nothing) ? Nothing : flat.Count == 1 ? flat[0] : new AllFilter(flat);
    }

    /// <summary>Rows that any of <paramref name="parts"/> wants, in the shortest form.</summary>
    public static Filter Any(params IEnumerable<Filter> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        List<Filter> flat = [.. parts.SelectMany(part => part is AnyFilter any ? any.Parts : [part])];
        return flat.Contains(Everything) ? Everything : flat.Count == 1 ? flat[0] : new AnyFilter(flat);
    }

    /// <summary>Rows that <paramref name="part"/> does not want, in the shortest form.</summary>
    public static Filter Not(Filter part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part switch
        {
            NotFilter not => not.Part,
            AllFilter { Parts.Count: 0 } => Nothing,
            AnyFilter { Parts.Count: 0 } => Everything,
            _ => new NotFilter(part),
        };
    }

    /// <summary>Text columns: the value is exactly this.</summary>
    public static Filter Equal(string column, string text) => new Condition(column, null, FilterOperator.Equal, new TextValue(text));

    /// <summary>Text, choice and list columns: the value, or one of the values, is one of these.</summary>
    public static Filter OneOf(FilterColumn column, string? key, IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(texts);
        return (texts.Count, column.Type) switch
        {
            (0, _) => Nothing,
            (1, FilterColumnType.Text or FilterColumnType.Choice) => new Condition(column.Name, key, FilterOperator.Equal, new TextValue(texts[0])),
            _ => new Condition(column.Name, key, FilterOperator.OneOf, new TextsValue(texts)),
        };
    }

    /// <summary>The value is there.</summary>
    public static Filter Has(string column, string? key = null) => Not(new Condition(column, key, FilterOperator.IsNull, NoValue.Instance));
}

/// <summary>All of these; none of them: every row.</summary>
/// <param name="Parts">At least two, unless it is <see cref="Filter.Everything"/>.</param>
[GenerateSerializer, Immutable, Alias("actors.AllFilter")]
public sealed record AllFilter([property: Id(0)] IReadOnlyList<Filter> Parts) : Filter
{
    /// <inheritdoc/>
    public bool Equals(AllFilter? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(1, HashCode.Combine);
}

/// <summary>Any of these; none of them: no row.</summary>
/// <param name="Parts">At least two, unless it is <see cref="Filter.Nothing"/>.</param>
[GenerateSerializer, Immutable, Alias("actors.AnyFilter")]
public sealed record AnyFilter([property: Id(0)] IReadOnlyList<Filter> Parts) : Filter
{
    /// <inheritdoc/>
    public bool Equals(AnyFilter? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(2, HashCode.Combine);
}

/// <summary>The opposite, exactly: what it does not want is what <paramref name="Part"/> wants.</summary>
/// <param name="Part">What is not wanted.</param>
[GenerateSerializer, Immutable, Alias("actors.NotFilter")]
public sealed record NotFilter([property: Id(0)] Filter Part) : Filter;

/// <summary>One comparison of a column with a value.</summary>
/// <param name="Column">The column's wire name in the catalogue of the view.</param>
/// <param name="Key">Of columns that hold values by key; else null.</param>
/// <param name="Operator">How to compare.</param>
/// <param name="Value">With what.</param>
[GenerateSerializer, Immutable, Alias("actors.FilterCondition")]
public sealed record Condition(
    [property: Id(0)] string Column,
    [property: Id(1)] string? Key,
    [property: Id(2)] FilterOperator Operator,
    [property: Id(3)] FilterValue Value) : Filter;
