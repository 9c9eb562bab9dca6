using Actors.Tracing;

namespace Actors.Web.Model.People;

/// <summary>Which scores say that something was not good.</summary>
public static class LowScores
{
    private const double Half = 0.5;

    // Of these a person wants little.
    private static readonly string[] Ills = ["toxic", "hallucin", "bias", "harm", "risk", "violat", "leak", "injection", "error"];

    /// <summary>
    /// A no, or a number in the lower half of the scale from 0 to 1; of what nobody wants, such as toxicity, the upper half. Other
    /// scales are the application's own: what is low on them cannot be told from one score.
    /// </summary>
    public static bool IsLow(ScoreRecord score)
    {
        ArgumentNullException.ThrowIfNull(score);
        if (score is not { DataType: ScoreDataType.Boolean or ScoreDataType.Numeric, Value: >= 0 and <= 1 and var value })
            return false;
        return Array.Exists(Ills, ill => score.Name.Contains(ill, StringComparison.OrdinalIgnoreCase)) ? value > Half : value < Half;
    }
}
