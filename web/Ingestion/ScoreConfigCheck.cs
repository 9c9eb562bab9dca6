using System.Data.Common;
using Actors.Contracts;
using Actors.Scoring;
using Actors.Tracing;
using Microsoft.Extensions.Logging;

namespace Actors.Web.Ingestion;

/// <summary>
/// Holds scores against their configs (langfuse-semantics §10) before they are stored: a score that breaks its config is an
/// error of its own, and the others take the config's name and type. A batch without such scores costs nothing.
/// </summary>
internal sealed partial class ScoreConfigCheck(IScoreConfigStore configs, ILogger<ScoreConfigCheck> logger)
{
    /// <summary>The batch with every score as its config wants it, and without those that break theirs.</summary>
    public ValueTask<IngestionBatch> ApplyAsync(ProjectId project, IngestionBatch batch, CancellationToken cancellationToken) =>
        batch.ConfiguredScores.Count == 0 ? new(batch) : new(CheckAsync(project, batch, cancellationToken));

    private async Task<IngestionBatch> CheckAsync(ProjectId project, IngestionBatch batch, CancellationToken cancellationToken)
    {
        var errors = new List<IngestionError>(batch.Errors);
        var checkedScores = new Dictionary<ScoreEvent, ScoreEvent?>(ReferenceEqualityComparer.Instance);
        var found = await FindAsync(project, batch, cancellationToken);
        foreach (var (score, isTyped) in batch.ConfiguredScores)
        {
            if (found is null)
            {
                checkedScores[score] = null;
                errors.Add(new IngestionError(
                    score.EventId, 500, "Internal Server Error", "The score could not be held against its config; send it again."));
                continue;
            }

            var (applied, field, message) = ScoreConfigRules.Apply(found.GetValueOrDefault(score.ConfigId!), score, isTyped);
            checkedScores[score] = applied;
            if (applied is null)
            {
                errors.Add(IngestionErrors.Invalid(score.EventId, [new RequestIssue("custom", ["body", field], message)]));
            }
        }

        return batch with { Streams = Replace(batch.Streams, checkedScores), Errors = errors, ConfiguredScores = [] };
    }

    // Null: the configs cannot be read now.
    private async Task<IReadOnlyDictionary<string, ScoreConfigRecord>?> FindAsync(
        ProjectId project, IngestionBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            HashSet<string> ids = [.. batch.ConfiguredScores.Select(s => s.Score.ConfigId!)];
            return await configs.FindAsync(project, ids, cancellationToken);
        }
        catch (DbException e)
        {
            LogUnread(e, project);
            return null;
        }
    }

    private static List<StreamBatch> Replace(IReadOnlyList<StreamBatch> streams, Dictionary<ScoreEvent, ScoreEvent?> checkedScores)
    {
        var replaced = new List<StreamBatch>(streams.Count);
        foreach (var stream in streams)
        {
            var events = new List<StreamEvent>(stream.Events.Count);
            foreach (var e in stream.Events)
            {
                if (e is not ScoreEvent score || !checkedScores.TryGetValue(score, out var applied))
                {
                    events.Add(e);
                }
                else if (applied is not null)
                {
                    events.Add(applied);
                }
            }

            if (events.Count > 0)
            {
                replaced.Add(stream with { Events = events });
            }
        }

        return replaced;
    }

    [LoggerMessage(4045, LogLevel.Warning, "The score configs of {Project} cannot be read: scores that name one are refused for now.")]
    private partial void LogUnread(Exception exception, ProjectId project);
}
