using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>Finishes a trace: its own fields, those that its observations stand in for, and their sum.</summary>
internal static class TraceSummaries
{
    private const int MaxModels = 20;

    public static TraceRecord ToRecord(
        string traceId,
        TraceState trace,
        List<ObservationRecord> observations,
        int scores,
        DateTimeOffset createdAt,
        DateTimeOffset updatedAt)
    {
        var first = Earliest(observations);
        return new TraceRecord
        {
            Id = traceId,
            Timestamp = trace.StartedAt ?? first?.StartTime ?? trace.FirstTimestamp ?? createdAt,
            // A trace that nobody described is known by its root.
            Name = trace.Newest is null ? EarliestRoot(observations)?.Name : trace.Name,
            UserId = trace.UserId,
            SessionId = trace.SessionId,
            Release = trace.Release,
            Version = trace.Version,
            Environment = trace.Environment ?? first?.Environment ?? StreamFold.DefaultEnvironment,
            Public = trace.Public,
            Bookmarked = trace.Bookmarked,
            Tags = trace.Tags,
            Metadata = trace.Metadata,
            Input = trace.Input,
            Output = trace.Output,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
            Summary = Summarize(observations, scores),
        };
    }

    public static TraceSummary Summarize(List<ObservationRecord> observations, int scores)
    {
        if (observations.Count == 0)
        {
            return TraceSummary.Empty with { Scores = scores };
        }

        int running = 0, errors = 0, warnings = 0;
        long input = 0, output = 0, total = 0;
        decimal? cost = null;
        var level = ObservationLevel.Debug;
        var start = DateTimeOffset.MaxValue;
        var end = DateTimeOffset.MinValue;
        SortedSet<string>? models = null;
        foreach (var o in observations)
        {
            running += o.EndTime is null && o.Type != ObservationType.Event ? 1 : 0;
            errors += o.Level == ObservationLevel.Error ? 1 : 0;
            warnings += o.Level == ObservationLevel.Warning ? 1 : 0;
            level = o.Level > level ? o.Level : level;
            start = o.StartTime < start ? o.StartTime : start;
            end = o.CountedAt > end ? o.CountedAt : end;
            input += o.InputTokens;
            output += o.OutputTokens;
            total += o.TotalTokens;
            if (o.Cost.TotalUsd is { } usd)
            {
                cost = (cost ?? 0) + usd;
            }

            if (o.Model is not null)
            {
                models ??= new SortedSet<string>(StringComparer.Ordinal);
                models.Add(o.Model);
            }
        }

        return new TraceSummary
        {
            Observations = observations.Count,
            Running = running,
            Errors = errors,
            Warnings = warnings,
            Level = level,
            Latency = end - start,
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = total,
            CostUsd = cost,
            Models = models is null ? [] : [.. models.Take(MaxModels)],
            Scores = scores,
        };
    }

    private static ObservationRecord? Earliest(List<ObservationRecord> observations)
    {
        ObservationRecord? first = null;
        foreach (var o in observations)
        {
            first = first is null || IsBefore(o, first) ? o : first;
        }

        return first;
    }

    private static ObservationRecord? EarliestRoot(List<ObservationRecord> observations)
    {
        ObservationRecord? first = null;
        foreach (var o in observations)
        {
            if (o.ParentObservationId is null && (first is null || IsBefore(o, first)))
            {
                first = o;
            }
        }

        return first;
    }

    private static bool IsBefore(ObservationRecord a, ObservationRecord b) =>
        a.StartTime < b.StartTime || (a.StartTime == b.StartTime && string.CompareOrdinal(a.Id, b.Id) < 0);
}
