using Actors.Filtering;

namespace Actors.Live;

// The readable language of all filters, with the few columns and comparisons that a series can be kept by.
public sealed partial record LiveFilter
{
    private static readonly (string Column, LiveDimension Dimension)[] Columns =
    [
        ("model", LiveDimension.Model), ("traceName", LiveDimension.TraceName), ("environment", LiveDimension.Environment),
        ("release", LiveDimension.Release), ("promptVersion", LiveDimension.PromptVersion), ("tool", LiveDimension.Tool),
        ("promptName", LiveDimension.Prompt), ("userId", LiveDimension.User), ("sessionId", LiveDimension.Session),
    ];

    /// <summary>As a person writes it, for example <c>env:production model:gpt-4o</c>; reads as the same filter. Empty: everything.</summary>
    public string Text => FilterText.Format(
        FilterCatalog.Live,
        Filter.All(Conditions.Select(c => Filter.OneOf(FilterCatalog.Live.Find(ColumnOf(c.Dimension))!, null, c.Values))));

    /// <summary>Reads what <see cref="Text"/> writes, and whatever else says the same.</summary>
    /// <param name="text">In the readable language over <see cref="FilterCatalog.Live"/>; null and blanks: everything.</param>
    /// <param name="filter">The filter; <see cref="Everything"/> when there is a problem.</param>
    /// <returns>Why it cannot be kept as a series; null when it can.</returns>
    public static FilterProblem? TryParse(string? text, out LiveFilter filter)
    {
        filter = Everything;
        var parse = FilterText.Parse(FilterCatalog.Live, text ?? "");
        if (parse.Filter is not { } parsed)
        {
            return parse.Problem;
        }

        var conditions = new List<LiveCondition>();
        foreach (var part in parsed is AllFilter all ? all.Parts : [parsed])
        {
            if (ToCondition(part) is not { } condition)
            {
                return new FilterProblem(0, text!.Length, "Live numbers can be narrowed only by values, as in env:production model:gpt-4o,gpt-4o-mini.");
            }

            conditions.Add(condition);
        }

        filter = All(conditions);
        return null;
    }

    private static LiveCondition? ToCondition(Filter part) => part switch
    {
        Condition { Operator: FilterOperator.Equal, Value: TextValue value } c => new LiveCondition(DimensionOf(c.Column), [value.Text]),
        Condition { Operator: FilterOperator.OneOf, Value: TextsValue values } c => new LiveCondition(DimensionOf(c.Column), values.Texts),
        _ => null,
    };

    private static string ColumnOf(LiveDimension dimension) => Columns.Single(c => c.Dimension == dimension).Column;

    private static LiveDimension DimensionOf(string column) =>
        Columns.Single(c => FilterCatalog.Live.Find(c.Column)!.IsNamed(column)).Dimension;
}
