using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Groups;

/// <summary>One session or user, with everything that counts for it, as plain lists.</summary>
internal sealed record TrueGroup(string Id, List<TrueTrace> Members, List<ObservationRecord> Observations, List<ScoreRecord> Scores)
{
    public DateTimeOffset FirstAt => Members.Min(m => m.Record.Timestamp);

    public DateTimeOffset LastAt => Members.Max(m => m.Record.Timestamp);

    public long FirstPosition => Members.Min(m => m.FirstPosition);

    public long Failed => Members.Count(m => m.Record.Summary.Errors > 0);

    public decimal? Cost => Sum(Members.Select(m => m.Record.Summary.CostUsd));

    public decimal? CostOf(string part) => Sum(Observations.SelectMany(o => o.Cost.Details)
        .Where(entry => entry.Key.Contains(part, StringComparison.OrdinalIgnoreCase)).Select(entry => (decimal?)entry.CostUsd));

    public IReadOnlyList<string> Distinct(Func<TraceRecord, IEnumerable<string?>> values) =>
        [.. Members.SelectMany(m => values(m.Record)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>As the read model must tell it, without its course.</summary>
    public TraceGroup Summed()
    {
        var numbers = Scores.Where(s => s.DataType is ScoreDataType.Numeric or ScoreDataType.Boolean && s.Value is not null).ToList();
        var feedback = numbers.Where(s => s is { Source: ScoreSource.Api, Value: >= 0 and <= 1 }).ToList();
        return new TraceGroup
        {
            Id = Id,
            Traces = Members.Count,
            FailedTraces = Failed,
            Observations = Observations.Count,
            Running = Members.Sum(m => m.Record.Summary.Running),
            Errors = Observations.Count(o => o.Level == ObservationLevel.Error),
            Warnings = Observations.Count(o => o.Level == ObservationLevel.Warning),
            FirstAt = FirstAt,
            LastAt = LastAt,
            UpdatedAt = Members.Max(m => m.Record.UpdatedAt),
            InputTokens = Observations.Sum(o => o.InputTokens),
            OutputTokens = Observations.Sum(o => o.OutputTokens),
            TotalTokens = Observations.Sum(o => o.TotalTokens),
            CostUsd = Cost,
            InputCostUsd = CostOf("input"),
            OutputCostUsd = CostOf("output"),
            Sessions = Distinct(t => [t.SessionId]).Count,
            Users = Distinct(t => [t.UserId]),
            Environments = Distinct(t => [t.Environment]),
            Tags = Distinct(t => t.Tags),
            Releases = Distinct(t => [t.Release]),
            Scores = [.. numbers.GroupBy(s => s.Name).Select(s => new ScoreMean(s.Key, s.Count(), s.Average(x => x.Value!.Value)))
                .OrderByDescending(s => s.Count).ThenBy(s => s.Name, StringComparer.Ordinal)],
            Satisfaction = feedback.Count > 0 ? feedback.Average(s => s.Value!.Value) : null,
        };
    }

    private static decimal? Sum(IEnumerable<decimal?> values) => values.OfType<decimal>().ToList() is { Count: > 0 } known ? known.Sum() : null;
}

/// <summary>Answers a question for groups by LINQ over what the log folds to.</summary>
internal static class GroupOracle
{
    /// <summary>The groups that match, in their order.</summary>
    public static List<TrueGroup> Matching(Truth truth, TraceGroupQuery query)
    {
        var groups = All(truth, query).Where(g => FilterMatcher.Matches(query.Filter, FilterCatalog.Of(query.Kind), new GroupFilterRow(g))
            && (query.Kind == TraceGroupKind.User || ((query.From is null || g.LastAt >= query.From) && (query.To is null || g.FirstAt < query.To)))
            && (query.FirstPositionAfter is null || g.FirstPosition > query.FirstPositionAfter)
            && (query.FirstPositionUpTo is null || g.FirstPosition <= query.FirstPositionUpTo));
        IComparable? Key(TrueGroup g) => query.OrderBy switch
        {
            TraceGroupOrder.LastAt => g.LastAt,
            TraceGroupOrder.FirstAt => g.FirstAt,
            TraceGroupOrder.Id => null,
            TraceGroupOrder.Traces => g.Members.Count,
            TraceGroupOrder.Observations => g.Observations.Count,
            TraceGroupOrder.Duration => g.LastAt - g.FirstAt,
            TraceGroupOrder.Cost => g.Cost,
            TraceGroupOrder.Tokens => g.Observations.Sum(o => o.TotalTokens),
            TraceGroupOrder.Errors => g.Observations.Count(o => o.Level == ObservationLevel.Error),
            _ => throw new ArgumentOutOfRangeException(nameof(query)),
        };
        var nullsLast = groups.OrderBy(g => Key(g) is null);
        return query.Descending
            ? [.. nullsLast.ThenByDescending(Key).ThenByDescending(g => g.Id, StringComparer.Ordinal)]
            : [.. nullsLast.ThenBy(Key).ThenBy(g => g.Id, StringComparer.Ordinal)];
    }

    private static IEnumerable<TrueGroup> All(Truth truth, TraceGroupQuery query)
    {
        var observations = truth.Observations.ToLookup(o => o.TraceId);
        var scores = truth.Scores.ToLookup(s => s.TraceId ?? "");
        return truth.Traces
            .Where(t => KeyOf(t.Record) is { } key && (query.Ids.Count == 0 || query.Ids.Contains(key))
                && FilterMatcher.Matches(query.Counted, FilterCatalog.Traces, truth.Row(t.Record))
                && (query.Kind == TraceGroupKind.Session
                    || ((query.From is null || t.Record.Timestamp >= query.From) && (query.To is null || t.Record.Timestamp < query.To))))
            .GroupBy(t => KeyOf(t.Record)!)
            .Select(group => new TrueGroup(
                group.Key,
                [.. group],
                [.. group.SelectMany(t => observations[t.Record.Id])],
                [
                    .. group.SelectMany(t => scores[t.Record.Id]),
                    .. query.Kind == TraceGroupKind.Session ? truth.Scores.Where(s => s.SessionId == group.Key) : [],
                ]));

        string? KeyOf(TraceRecord trace) => query.Kind == TraceGroupKind.Session ? trace.SessionId : trace.UserId;
    }
}

/// <summary>The values of a group that filters compare.</summary>
internal sealed class GroupFilterRow(TrueGroup group) : IFilterRow
{
    public string? Text(string column) => column switch
    {
        "id" => group.Id,
        "level" => group.Members.Max(m => m.Record.Summary.Level).ToWire(),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
    };

    public double? Number(string column) => column switch
    {
        "duration" => (group.LastAt - group.FirstAt).TotalMilliseconds / 1000,
        "traces" => group.Members.Count,
        "failedTraces" => group.Failed,
        "sessions" => group.Distinct(t => [t.SessionId]).Count,
        "observations" => group.Observations.Count,
        "errorCount" => group.Observations.Count(o => o.Level == ObservationLevel.Error),
        "warningCount" => group.Observations.Count(o => o.Level == ObservationLevel.Warning),
        "inputTokens" => group.Observations.Sum(o => o.InputTokens),
        "outputTokens" => group.Observations.Sum(o => o.OutputTokens),
        "totalTokens" => group.Observations.Sum(o => o.TotalTokens),
        "inputCost" => (double?)group.CostOf("input"),
        "outputCost" => (double?)group.CostOf("output"),
        "totalCost" => (double?)group.Cost,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
    };

    public DateTimeOffset? Time(string column) => column == "firstSeen" ? group.FirstAt : group.LastAt;

    public bool Flag(string column) => throw new ArgumentOutOfRangeException(nameof(column), column, null);

    public IReadOnlyList<string> List(string column) => column switch
    {
        "userId" => group.Distinct(t => [t.UserId]),
        "environment" => group.Distinct(t => [t.Environment]),
        "tags" => group.Distinct(t => t.Tags),
        "release" => group.Distinct(t => [t.Release]),
        "version" => group.Distinct(t => [t.Version]),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
    };

    public IEnumerable<ScoreRecord> Scores(string column) => group.Scores;
}
