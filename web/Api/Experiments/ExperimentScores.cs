using Actors.Queries;
using Actors.Tracing;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api.Experiments;

/// <summary>The newest scores of the experiments or items of a page, so many of each.</summary>
internal static class ExperimentScores
{
    /// <summary>Those of experiments, by their ids.</summary>
    public static async Task<ILookup<string, ScoreRecord>> ReadAsync(
        HttpContext context, IAnalyticsGrain analytics, IEnumerable<ListedExperiment> experiments, int limit)
    {
        string[] ids = [.. experiments.Select(e => e.Record.Id)];
        var scores = await ReadAsync(context, analytics, new SubjectScoreQuery { LimitPerSubject = limit, DatasetRunIds = ids });
        return scores.ToLookup(s => s.DatasetRunId!);
    }

    /// <summary>Those of each item: of its observation, and of its trace as a whole.</summary>
    public static async Task<Func<ExperimentItem, IEnumerable<ScoreRecord>>> ReadAsync(
        HttpContext context, IAnalyticsGrain analytics, IReadOnlyList<ExperimentItem> items, int limit)
    {
        var scores = await ReadAsync(context, analytics, new SubjectScoreQuery
        {
            LimitPerSubject = limit,
            TraceIds = [.. items.Select(i => i.TraceId).Distinct()],
            ObservationIds = [.. items.Select(i => i.ObservationId).OfType<string>().Distinct()],
        });
        var byTrace = scores.ToLookup(s => s.TraceId);
        return item => byTrace[item.TraceId].Where(s => s.ObservationId is null || s.ObservationId == item.ObservationId).Take(limit);
    }

    private static async Task<IReadOnlyList<ScoreRecord>> ReadAsync(HttpContext context, IAnalyticsGrain analytics, SubjectScoreQuery query) =>
        query.DatasetRunIds.Count + query.TraceIds.Count == 0
            ? []
            : await analytics.ReadAsync(a => a.GetSubjectScoresAsync(query), context);
}
