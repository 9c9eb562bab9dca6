using Actors.Contracts;
using Actors.Scoring;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api.Scores;

/// <summary>
/// Fills in the numbers of labels (langfuse-api §6.3): that of the category in the score's config. A label without a config, or
/// one that its config does not know any more, stays 0.
/// </summary>
internal static class CategoryNumbers
{
    private const string Categorical = "CATEGORICAL";

    public static async ValueTask<IReadOnlyList<T>> FillAsync<T>(this IScoreConfigStore configs, HttpContext context, IReadOnlyList<T> scores)
        where T : ScoreBody
    {
        HashSet<string>? ids = null;
        foreach (var score in scores)
        {
            if (score is { DataType: Categorical, ConfigId: { } id })
            {
                (ids ??= []).Add(id);
            }
        }

        if (ids is null)
        {
            return scores;
        }

        var found = await configs.FindAsync(context.GetProject(), ids, context.RequestAborted);
        return [.. scores.Select(score => NumberOf(score, found) is { } number ? (T)((ScoreBody)score with { Value = number }) : score)];
    }

    private static double? NumberOf(ScoreBody score, IReadOnlyDictionary<string, ScoreConfigRecord> configs) =>
        score is { DataType: Categorical, ConfigId: { } id } && configs.TryGetValue(id, out var config)
            ? config.Categories?.FirstOrDefault(c => c.Label == score.StringValue)?.Value
            : null;
}
