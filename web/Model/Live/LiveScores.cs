using Actors.Live;

namespace Actors.Web.Model.Live;

/// <summary>Scores of one name in live numbers. Categories are counted, not measured, and are not among them.</summary>
public static class LiveScores
{
    /// <summary>The names that have a number, most given first.</summary>
    public static IEnumerable<string> Names(LiveStats stats) => stats.Scores.Where(s => s.Category is null).Select(s => s.Name).Distinct();

    /// <summary>The mean over all sources; null: there is no such score.</summary>
    public static double? Mean(LiveStats stats, string? name)
    {
        var (sum, count) = (0d, 0L);
        foreach (var score in stats.Scores)
        {
            if (score.Name == name && score.Category is null)
                (sum, count) = (sum + score.Sum, count + score.Count);
        }
        return count > 0 ? sum / count : null;
    }

    /// <summary>The quantiles; they cannot be joined, so they are those of the source that gave most. Null: none is numeric.</summary>
    public static ScoreStats? Spread(LiveStats stats, string? name)
    {
        foreach (var score in stats.Scores)
        {
            if (score.Name == name && score.P50 is not null)
                return score;
        }
        return null;
    }
}
