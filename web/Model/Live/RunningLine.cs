using System.Collections.Immutable;
using Actors.Live;
using Actors.Queries;

namespace Actors.Web.Model.Live;

/// <summary>How a trace that runs does.</summary>
public enum RunningState
{
    /// <summary>There was news of late.</summary>
    Runs,

    /// <summary>There was no news for a while: it waits for something long, or is stuck.</summary>
    Quiet,

    /// <summary>Its process has ended without a word.</summary>
    Lost,
}

/// <summary>A trace that runs, as the live page shows it.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Step">What it is at, for example <c>search › rerank</c>; null: not known.</param>
/// <param name="Since">How long it has run; of a lost one until its last news.</param>
/// <param name="StepSince">How long it has been at this step.</param>
/// <param name="Tokens">Tokens so far.</param>
/// <param name="Cost">What it cost so far; null: not known.</param>
/// <param name="State">How it does.</param>
/// <param name="Silence">Without news for so long.</param>
/// <param name="Errors">How many of its observations have failed.</param>
public sealed record RunningLine(
    string TraceId, string Name, RunningStep? Step, TimeSpan Since, TimeSpan? StepSince, long Tokens, decimal? Cost, RunningState State, TimeSpan Silence, int Errors)
{
    /// <summary>Silence that is worth a word: most steps of an agent take less.</summary>
    public static readonly TimeSpan QuietAfter = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The traces of an answer as they are by now: the feed, which is pushed, knows which have ended since and what the others have
    /// used.
    /// </summary>
    public static IReadOnlyList<RunningLine> Of(RunningAgents? answer, ImmutableArray<FeedTrace> feed, DateTimeOffset now)
    {
        if (answer is null)
            return [];
        var news = feed.ToDictionary(t => t.TraceId);
        var lines = new List<RunningLine>();
        foreach (var agent in answer.Items)
        {
            var (summary, updatedAt) = (agent.Summary, agent.UpdatedAt);
            if (news.TryGetValue(agent.TraceId, out var trace) && trace.UpdatedAt >= updatedAt)
                (summary, updatedAt) = (trace.Summary, trace.UpdatedAt);
            if (summary.Running == 0)
                continue;
            var silence = NotNegative(now - updatedAt);
            var state = RunningTrace.IsLost(summary, updatedAt, now) ? RunningState.Lost : silence > QuietAfter ? RunningState.Quiet : RunningState.Runs;
            var end = state == RunningState.Lost ? updatedAt : now;
            lines.Add(new RunningLine(
                agent.TraceId, agent.Name ?? "unnamed", agent.Step, NotNegative(end - agent.StartedAt), agent.Step is { } step ? NotNegative(end - step.StartedAt) : null,
                summary.TotalTokens, summary.CostUsd, state, silence, summary.Errors));
        }
        return lines;
    }

    private static TimeSpan NotNegative(TimeSpan length) => length > TimeSpan.Zero ? length : TimeSpan.Zero;
}
