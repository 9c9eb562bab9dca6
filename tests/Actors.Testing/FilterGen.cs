using Actors.Filtering;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Testing;

/// <summary>Generated filters over every column and operator of a catalogue, nested and negated, with values that occur and values that hurt.</summary>
public static class FilterGen
{
    private static readonly string[] Texts =
    [
        "plain", "'; DROP TABLE traces; --", "DROP", "\"quoted\" and $p0 and %s", "quoted", "übung 日本 🙂", "bung", "日本", " ", "line\nbreak\ttab",
        "percent% under_score", "under", "user-1", "user-2", "session-1", "production", "staging", "default", "v1", "r2", "tag-b", "gpt-4o",
        "model-3", "trace-3", "trace-5-o1", "unknown", "greeting", "user", "ERROR", "GENERATION", "b", "1", "true", "AND", "-x", "a:b", "*", "~", "\\",
        "=>", "(a)", "a,b", ".*", "[",
    ];

    private static readonly string[] Keys = ["k", "a", "k.n", "x", "score-1", "score-2", "score-7", "we/ird ~ \"key\"", "a:b"];

    /// <summary>Filters of a view.</summary>
    public static Gen<Filter> For(FilterCatalog catalog) => Gen.Sized(size => Tree(catalog, Math.Min(3, size / 8)));

    private static Gen<Filter> Tree(FilterCatalog catalog, int depth)
    {
        var leaf = from column in Gen.Elements<FilterColumn>(catalog.Columns) from condition in Leaf(column) select condition;
        if (depth == 0)
        {
            return leaf;
        }

        var parts = from count in Gen.Choose(0, 3) from trees in Tree(catalog, depth - 1).ArrayOf(count) select trees;
        return Gen.Frequency(
            (4, leaf),
            (2, parts.Select(p => Filter.All(p))),
            (2, parts.Select(p => Filter.Any(p))),
            (2, Tree(catalog, depth - 1).Select(Filter.Not)));
    }

    private static Gen<Filter> Leaf(FilterColumn column)
    {
        var key = column.IsKeyed ? Gen.Elements(Keys) : Gen.Constant<string>(null!);
        return from op in Gen.Elements(Enum.GetValues<FilterOperator>().Where(column.Allows))
               from k in key
               from filter in Leaf(column, k, op)
               select filter;
    }

    private static Gen<Filter> Leaf(FilterColumn column, string? key, FilterOperator op) => (op, column.Type) switch
    {
        (FilterOperator.IsNull, _) => Gen.Constant(new Condition(column.Name, key, op, NoValue.Instance)).Select(Upcast),
        (FilterOperator.OneOf, _) => Text(column).ListOf().Select(texts => Filter.OneOf(column, key, texts)),
        (_, FilterColumnType.Number or FilterColumnType.NumberMap) => Number.Select(n => Upcast(new Condition(column.Name, key, op, new NumberValue(n)))),
        (_, FilterColumnType.Time) => Moment.Select(t => Upcast(new Condition(column.Name, key, op, new TimeValue(t)))),
        (_, FilterColumnType.Flag or FilterColumnType.FlagMap) =>
            Gen.Elements(true, false).Select(f => Upcast(new Condition(column.Name, key, op, new FlagValue(f)))),
        _ => Text(column).Select(t => Upcast(new Condition(column.Name, key, op, new TextValue(t)))),
    };

    private static Gen<decimal> Number { get; } = Gen.Frequency(
        (3, Gen.Choose(-2, 6).Select(n => (decimal)n)),
        (2, Gen.Choose(0, 90_000).Select(n => n / 1000m)),
        (2, Gen.Choose(0, 5000).Select(n => (decimal)n)),
        (1, Gen.Elements(0.5m, 1.005m, 0.000001m, FilterLimits.MaxNumber)));

    private static Gen<DateTimeOffset> Moment { get; } =
        from milliseconds in Gen.Choose(-5_000, 60_000)
        select new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMilliseconds(milliseconds);

    private static Gen<string> Text(FilterColumn column) => column.Type == FilterColumnType.Choice ? Gen.Elements<string>(column.Choices) : Gen.Elements(Texts);

    private static Filter Upcast(Condition condition) => condition;
}
