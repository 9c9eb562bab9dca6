using System.Text.Json;
using Actors.Contracts;
using Actors.Scoring;
using Actors.Tracing;

namespace Actors.Web.Ingestion;

/// <summary>Takes the scores of a batch through the rules of their configs; most batches have none that name one.</summary>
internal sealed class ScoreGate(IScoreRules rules)
{
    /// <summary>The batch as it shall be stored; a score that its config refuses is an error of its own.</summary>
    public async ValueTask<IngestionBatch> PassAsync(ProjectId project, IngestionBatch batch, CancellationToken cancellationToken)
    {
        if (!batch.Streams.Any(s => s.Events.Any(NamesConfig)))
        {
            return batch;
        }

        var streams = new List<StreamBatch>(batch.Streams.Count);
        var errors = new List<IngestionError>(batch.Errors);
        foreach (var stream in batch.Streams)
        {
            var events = new List<StreamEvent>(stream.Events.Count);
            foreach (var e in stream.Events)
            {
                if (!NamesConfig(e))
                {
                    events.Add(e);
                    continue;
                }

                var (score, refusal) = await CheckAsync(project, (ScoreEvent)e, !batch.TypesGuessed.Contains(e.EventId), cancellationToken);
                if (score is not null)
                {
                    events.Add(score);
                }
                else
                {
                    errors.Add(new IngestionError(e.EventId, 400, "Invalid request data", JsonSerializer.Serialize(
                        [new RequestIssue("custom", ["body", "configId"], refusal!)], ContractsJsonContext.Wire.IReadOnlyListRequestIssue)));
                }
            }

            if (events.Count > 0)
            {
                streams.Add(stream with { Events = events });
            }
        }

        return batch with { Streams = streams, Errors = errors };
    }

    /// <summary>Takes one score through the rules.</summary>
    public ValueTask<ScoreVerdict> CheckAsync(
        ProjectId project, ScoreEvent score, bool typeIsSaid, CancellationToken cancellationToken) =>
        score.ConfigId is null
            ? ValueTask.FromResult(ScoreVerdict.Accepted(score))
            : rules.CheckAsync(project, score, typeIsSaid, cancellationToken);

    private static bool NamesConfig(StreamEvent e) => e is ScoreEvent { ConfigId: not null };
}
