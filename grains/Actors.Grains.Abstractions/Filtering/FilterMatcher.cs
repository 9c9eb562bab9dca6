using Actors.Tracing;

namespace Actors.Filtering;

/// <summary>Says of single rows in memory what the read model says of all rows.</summary>
public static class FilterMatcher
{
    /// <summary>Whether <paramref name="filter"/> wants <paramref name="row"/>.</summary>
    /// <exception cref="ArgumentException">The filter has a condition that the catalogue does not know.</exception>
    public static bool Matches(Filter filter, FilterCatalog catalog, IFilterRow row)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(row);
        return filter switch
        {
            AllFilter all => all.Parts.All(part => Matches(part, catalog, row)),
            AnyFilter any => any.Parts.Any(part => Matches(part, catalog, row)),
            NotFilter not => !Matches(not.Part, catalog, row),
            Condition condition => Holds(condition, catalog, row),
            _ => throw new ArgumentException("Unknown kind of filter.", nameof(filter)),
        };
    }

    /// <summary>Whether a text fulfils the condition; also tells which choices do.</summary>
    public static bool TextHolds(Condition condition, string? text, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (text is null)
        {
            return condition.Operator == FilterOperator.IsNull;
        }

        return (condition.Operator, condition.Value) switch
        {
            (FilterOperator.IsNull, _) => false,
            (FilterOperator.Equal, TextValue value) => text == value.Text,
            (FilterOperator.OneOf, TextsValue values) => values.Texts.Contains(text),
            (FilterOperator.Contains, TextValue value) => text.Contains(value.Text, StringComparison.Ordinal),
            (FilterOperator.StartsWith, TextValue value) => text.StartsWith(value.Text, StringComparison.Ordinal),
            (FilterOperator.EndsWith, TextValue value) => text.EndsWith(value.Text, StringComparison.Ordinal),
            (FilterOperator.Matches, TextValue value) => WordSearch.IsIn(text, value.Text, ignoreCase),
            _ => throw Unfit(condition),
        };
    }

    private static bool Holds(Condition condition, FilterCatalog catalog, IFilterRow row)
    {
        var column = catalog.Get(condition);
        return column.Type switch
        {
            FilterColumnType.Text or FilterColumnType.Choice => TextHolds(condition, row.Text(column.Name), ignoreCase: true),
            FilterColumnType.Json => TextHolds(condition, PlainText.Of(row.Text(column.Name)), ignoreCase: true),
            FilterColumnType.TextMap => TextHolds(condition, MapText(condition, row), ignoreCase: false),
            FilterColumnType.Number => NumberHolds(condition, row.Number(column.Name)),
            FilterColumnType.Time => TimeHolds(condition, row.Time(column.Name)),
            FilterColumnType.Flag => condition is { Operator: FilterOperator.Equal, Value: FlagValue flag } && row.Flag(column.Name) == flag.Flag,
            FilterColumnType.List => ListHolds(condition, row.List(column.Name)),
            FilterColumnType.Search => condition.Value is TextValue search && Matches(catalog.ExpandSearch(search.Text), catalog, row),
            _ => ScoresHold(column.Type, condition, row),
        };
    }

    private static string? MapText(Condition condition, IFilterRow row)
    {
        var json = row.Text(condition.Column);
        return condition.Key is { } key ? PlainText.Under(json, key) : json;
    }

    private static bool NumberHolds(Condition condition, double? number) => condition.Operator == FilterOperator.IsNull
        ? number is null
        : condition.Value is NumberValue value && Compares(condition.Operator, number, (double)value.Number);

    private static bool TimeHolds(Condition condition, DateTimeOffset? time) => condition.Operator == FilterOperator.IsNull
        ? time is null
        : condition.Value is TimeValue value && Compares(condition.Operator, time, value.Time);

    private static bool ListHolds(Condition condition, IReadOnlyList<string> list) => condition switch
    {
        { Operator: FilterOperator.IsNull } => list.Count == 0,
        { Operator: FilterOperator.OneOf, Value: TextsValue values } => values.Texts.Any(list.Contains),
        _ => throw Unfit(condition),
    };

    private static bool ScoresHold(FilterColumnType type, Condition condition, IFilterRow row)
    {
        var scores = row.Scores(condition.Column).Where(score => score.Name == condition.Key);
        switch (type)
        {
            case FilterColumnType.NumberMap:
                double?[] values = [.. scores.Where(s => s.DataType is ScoreDataType.Numeric or ScoreDataType.Boolean).Select(s => s.Value)];
                return NumberHolds(condition, values.Average());
            case FilterColumnType.ChoiceMap:
                return ListHolds(condition, [.. scores.Where(s => s.DataType == ScoreDataType.Categorical).Select(s => s.StringValue ?? "")]);
            default:
                bool[] flags = [.. scores.Where(s => s.DataType == ScoreDataType.Boolean).Select(s => s.Value != 0)];
                return condition is { Operator: FilterOperator.Equal, Value: FlagValue flag } ? flags.Contains(flag.Flag) : flags.Length == 0;
        }
    }

    private static bool Compares<T>(FilterOperator op, T? left, T right)
        where T : struct, IComparable<T>
    {
        if (left is not { } value)
        {
            return false;
        }

        var order = value.CompareTo(right);
        return op switch
        {
            FilterOperator.Equal => order == 0,
            FilterOperator.Greater => order > 0,
            FilterOperator.GreaterOrEqual => order >= 0,
            FilterOperator.Less => order < 0,
            FilterOperator.LessOrEqual => order <= 0,
            _ => false,
        };
    }

    private static ArgumentException Unfit(Condition condition) =>
        new($"{condition.Operator} cannot compare with a {condition.Value.GetType().Name}.", nameof(condition));
}
