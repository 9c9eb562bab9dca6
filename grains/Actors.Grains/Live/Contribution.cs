using Actors.Tracing;

namespace Actors.Grains.Live;

/// <summary>
/// What one observation adds to the rolling metrics. A changed observation takes its old contribution away and adds its
/// new one: facts replace, never add.
/// </summary>
internal readonly record struct Contribution(
    long Second,
    long StartSecond,
    string? Model,
    string Environment,
    bool CallsModel,
    bool IsError,
    long? LatencyMs,
    long? FirstTokenMs,
    long InputTokens,
    long OutputTokens,
    long TotalTokens,
    decimal CostUsd,
    bool IsUnpriced)
{
    public static Contribution Of(ObservationRecord o)
    {
        var callsModel = o.Type.CallsModel();
        return new Contribution(
            o.CountedAt.ToUnixTimeSeconds(),
            o.StartTime.ToUnixTimeSeconds(),
            o.Model,
            o.Environment,
            callsModel,
            o.Level == ObservationLevel.Error,
            callsModel ? Milliseconds(o.Latency) : null,
            callsModel ? Milliseconds(o.TimeToFirstToken) : null,
            o.InputTokens,
            o.OutputTokens,
            o.TotalTokens,
            o.Cost.TotalUsd ?? 0,
            callsModel && o.Usage.Count > 0 && o.Cost.TotalUsd is null);
    }

    // A first token before the start is a clock's mistake, not a duration.
    private static long? Milliseconds(TimeSpan? duration) =>
        duration is { } d && d >= TimeSpan.Zero ? (long)d.TotalMilliseconds : null;
}

/// <summary>What a trace itself adds: one trace in the second in which it began.</summary>
internal readonly record struct TraceContribution(long Second, string? Name, string Environment)
{
    public static TraceContribution Of(TraceRecord trace) =>
        new(trace.Timestamp.ToUnixTimeSeconds(), trace.Name, trace.Environment);
}

/// <summary>What a numeric or boolean score adds.</summary>
internal readonly record struct ScoreContribution(long Second, string Name, string Environment, double Value)
{
    public static ScoreContribution? Of(ScoreRecord score) =>
        score is { Value: { } value, DataType: ScoreDataType.Numeric or ScoreDataType.Boolean }
            ? new ScoreContribution(score.Timestamp.ToUnixTimeSeconds(), score.Name, score.Environment, value)
            : null;
}
