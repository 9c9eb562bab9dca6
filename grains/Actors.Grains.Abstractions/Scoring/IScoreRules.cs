using Actors.Tracing;

namespace Actors.Scoring;

/// <summary>Holds scores to the score configs that they name. Safe for concurrent callers.</summary>
public interface IScoreRules
{
    /// <summary>Checks one score that names a config.</summary>
    /// <param name="project">The project of the score.</param>
    /// <param name="score">The score as its caller said it; <see cref="ScoreEvent.ConfigId"/> is set.</param>
    /// <param name="typeIsSaid">Whether the caller named the data type; else it was guessed from the value, and the config decides.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    ValueTask<ScoreVerdict> CheckAsync(ProjectId project, ScoreEvent score, bool typeIsSaid, CancellationToken cancellationToken);
}

/// <summary>What the rules say of a score: exactly one of both is set.</summary>
/// <param name="Score">The score as it shall be stored, with the name and the type of its config.</param>
/// <param name="Refusal">Why it is refused, for people.</param>
public readonly record struct ScoreVerdict(ScoreEvent? Score, string? Refusal)
{
    /// <summary>The score may be stored.</summary>
    public static ScoreVerdict Accepted(ScoreEvent score) => new(score, null);

    /// <summary>The score does not fit its config.</summary>
    public static ScoreVerdict Refused(string why) => new(null, why);
}

/// <summary>The rules of a server without score configs: every score is taken as it is.</summary>
public sealed class NoScoreRules : IScoreRules
{
    /// <inheritdoc/>
    public ValueTask<ScoreVerdict> CheckAsync(ProjectId project, ScoreEvent score, bool typeIsSaid, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScoreVerdict.Accepted(score));
}
