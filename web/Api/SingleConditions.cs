using Actors.Filtering;

namespace Actors.Web.Api;

/// <summary>Joins the single parameters of a list to one filter; parameters that are absent say nothing.</summary>
internal sealed class SingleConditions(FilterCatalog catalog)
{
    private readonly List<Filter> _parts = [];

    public Filter All => Filter.All(_parts);

    public SingleConditions Equal(string column, string? value)
    {
        if (value is not null)
        {
            _parts.Add(Filter.Equal(column, value));
        }

        return this;
    }

    public SingleConditions OneOf(string column, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            _parts.Add(Filter.OneOf(catalog.Find(column)!, null, values));
        }

        return this;
    }

    public SingleConditions Flag(string column, bool? value)
    {
        if (value is { } flag)
        {
            _parts.Add(new Condition(column, null, FilterOperator.Equal, new FlagValue(flag)));
        }

        return this;
    }

    /// <summary>The column has no value, when <paramref name="asked"/>.</summary>
    public SingleConditions Missing(string column, bool asked)
    {
        if (asked)
        {
            _parts.Add(Filter.Not(Filter.Has(column)));
        }

        return this;
    }
}
