namespace Actors.Filtering;

/// <summary>Changes what a filter says about one column and leaves the rest as it is.</summary>
public static class FilterEdit
{
    /// <summary>The values of which a column must have one, where that is a condition of its own; empty when there is none.</summary>
    public static IReadOnlyList<string> ValuesOf(Filter filter, string column) =>
        Parts(filter).Select(part => Values(part, column)).FirstOrDefault(values => values is not null) ?? [];

    /// <summary>The same filter with other values of which the column must have one; none: any will do.</summary>
    public static Filter WithValues(Filter filter, FilterColumn column, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(values);
        var done = false;
        var parts = new List<Filter>();
        foreach (var part in Parts(filter))
        {
            if (done || Values(part, column.Name) is null)
            {
                parts.Add(part);
                continue;
            }

            // In its old place, so that a written filter does not jump.
            done = true;
            if (values.Count > 0)
            {
                parts.Add(Filter.OneOf(column, null, values));
            }
        }

        if (!done && values.Count > 0)
        {
            parts.Add(Filter.OneOf(column, null, values));
        }

        return Filter.All(parts);
    }

    /// <summary>The keys under which a column must have a value, where that is a condition of its own.</summary>
    public static IReadOnlyList<string> KeysOf(Filter filter, string column) =>
        [.. Parts(filter).OfType<NotFilter>().Select(not => not.Part).OfType<Condition>().Where(c => c.Column == column && c.Operator == FilterOperator.IsNull).Select(c => c.Key).OfType<string>()];

    /// <summary>The same filter with the condition that a column has a value under a key, or without it when it is there.</summary>
    public static Filter ToggleKey(Filter filter, string column, string key)
    {
        var has = Filter.Has(column, key);
        var parts = Parts(filter);
        return Filter.All(parts.Contains(has) ? parts.Where(part => !part.Equals(has)) : parts.Append(has));
    }

    /// <summary>The same filter without the conditions that are about this column alone.</summary>
    public static Filter Without(Filter filter, string column) => Filter.All(Parts(filter).Where(part => !IsAbout(part, column)));

    private static IReadOnlyList<Filter> Parts(Filter filter) => filter is AllFilter all ? all.Parts : [filter];

    private static IReadOnlyList<string>? Values(Filter part, string column) => part switch
    {
        Condition { Operator: FilterOperator.Equal, Value: TextValue value } one when one.Column == column => [value.Text],
        Condition { Operator: FilterOperator.OneOf, Value: TextsValue values } several when several.Column == column => values.Texts,
        _ => null,
    };

    private static bool IsAbout(Filter filter, string column) => filter switch
    {
        Condition condition => condition.Column == column,
        NotFilter not => IsAbout(not.Part, column),
        AllFilter { Parts.Count: > 0 } all => all.Parts.All(part => IsAbout(part, column)),
        AnyFilter { Parts.Count: > 0 } any => any.Parts.All(part => IsAbout(part, column)),
        _ => false,
    };
}
