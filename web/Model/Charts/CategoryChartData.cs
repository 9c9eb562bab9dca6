namespace Actors.Web.Model.Charts;

/// <summary>A chart of one number for each of some names, sent to the browser as a whole.</summary>
/// <param name="Kind"><c>hbar</c>, <c>vbar</c>, <c>pie</c> or <c>histogram</c>.</param>
/// <param name="Unit"><c>ms</c>, <c>$</c> or a plain suffix such as <c>/s</c>.</param>
/// <param name="Names">What the bars are, in drawing order.</param>
/// <param name="Values">Their numbers; null: not measured.</param>
/// <param name="Colors">Palette index of each; 0 is the colour of the rest.</param>
/// <param name="HasLabels">Whether numbers stand at the bars.</param>
public sealed record CategoryChartData(
    string Kind, string Unit, IReadOnlyList<string> Names, IReadOnlyList<double?> Values, IReadOnlyList<int> Colors, bool HasLabels);
