using Actors.Scoring;
using Actors.Tracing;

namespace Actors.Storage.Scoring;

/// <summary>Holds scores to the configs in the control plane.</summary>
internal sealed class ScoreRules(IScoreConfigStore configs) : IScoreRules
{
    public async ValueTask<ScoreVerdict> CheckAsync(
        ProjectId project, ScoreEvent score, bool typeIsSaid, CancellationToken cancellationToken)
    {
        var found = await configs.FindAsync(project, [score.ConfigId!], cancellationToken);
        return ScoreConfigRules.Apply(found.GetValueOrDefault(score.ConfigId!), score, typeIsSaid);
    }
}
