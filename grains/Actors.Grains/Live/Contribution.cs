using System.Globalization;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Grains.Live;

/// <summary>What a trace says of everything in it.</summary>
internal readonly record struct TraceDims(string? Name, string? UserId, string? SessionId, string? Release)
{
    public static TraceDims Of(StreamId stream, TraceRecord? trace) => trace is not null
        ? new(trace.Name, trace.UserId, trace.SessionId, trace.Release)
        : new(null, null, stream.Kind == StreamKind.Session ? stream.Id : null, null);
}

/// <summary>What an observation says of itself and of the scores on it; a version of a prompt as <c>name@3</c>.</summary>
internal readonly record struct ObservationDims(string? Model, string? Prompt, string? PromptVersion)
{
    public static ObservationDims Of(ObservationRecord? o) => o is null ? default : new(
        o.Model,
        o.PromptName,
        o is { PromptName: { } name, PromptVersion: { } version } ? string.Create(CultureInfo.InvariantCulture, $"{name}@{version}") : null);
}

/// <summary>
/// What one observation adds to the rolling metrics. A changed observation takes its old contribution away and adds its
/// new one: facts replace, never add.
/// </summary>
internal readonly record struct Contribution(
    long Second,
    long StartSecond,
    ObservationDims Dims,
    string Environment,
    string? Tool,
    bool CallsModel,
    bool IsError,
    long? LatencyMs,
    long? FirstTokenMs,
    long InputTokens,
    long OutputTokens,
    long TotalTokens,
    decimal CostUsd,
    decimal InputCostUsd,
    decimal OutputCostUsd,
    bool IsUnpriced)
{
    public static Contribution Of(ObservationRecord o)
    {
        var callsModel = o.Type.CallsModel();
        return new Contribution(
            o.CountedAt.ToUnixTimeSeconds(),
            o.StartTime.ToUnixTimeSeconds(),
            ObservationDims.Of(o),
            o.Environment,
            o.Type == ObservationType.Tool ? o.Name : null,
            callsModel,
            o.Level == ObservationLevel.Error,
            Milliseconds(o.Latency),
            callsModel ? Milliseconds(o.TimeToFirstToken) : null,
            o.InputTokens,
            o.OutputTokens,
            o.TotalTokens,
            o.Cost.TotalUsd ?? 0,
            CostOf(o, "input"),
            CostOf(o, "output"),
            callsModel && o.Usage.Count > 0 && o.Cost.TotalUsd is null);
    }

    /// <summary>The index of its output tokens per second; null when it has no such speed.</summary>
    public int? SpeedIndex
    {
        get
        {
            if (!CallsModel || OutputTokens <= 0 || LatencyMs is not > 0)
            {
                return null;
            }

            var speed = 1000.0 * OutputTokens / LatencyMs.Value;
            return speed >= SketchMapping.MinValue ? SketchMapping.IndexOf(speed) : SketchCount.ZeroIndex;
        }
    }

    // A first token before the start is a clock's mistake, not a duration.
    private static long? Milliseconds(TimeSpan? duration) =>
        duration is { } d && d >= TimeSpan.Zero ? (long)d.TotalMilliseconds : null;

    private static decimal CostOf(ObservationRecord o, string part)
    {
        decimal sum = 0;
        foreach (var entry in o.Cost.Details)
        {
            if (entry.Key.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                sum += entry.CostUsd;
            }
        }

        return sum;
    }
}

/// <summary>What a trace itself adds: one trace in the second in which it began.</summary>
internal readonly record struct TraceContribution(long Second, string Environment)
{
    public static TraceContribution Of(TraceRecord trace) => new(trace.Timestamp.ToUnixTimeSeconds(), trace.Environment);
}

/// <summary>
/// What a numeric, boolean or categorical score adds, also for the model and the prompt of the observation that it is on. The index
/// is that of a numeric value in the distribution of its kind.
/// </summary>
internal readonly record struct ScoreContribution(
    long Second, string? ObservationId, ObservationDims Dims, string Environment, ScoreKind Kind, double Value, int? Index)
{
    public static ScoreContribution? Of(ScoreRecord score, IStreamFold fold)
    {
        var isCategory = score is { DataType: ScoreDataType.Categorical, StringValue: not null };
        if (!isCategory && score is not { Value: not null, DataType: ScoreDataType.Numeric or ScoreDataType.Boolean })
        {
            return null;
        }

        return new ScoreContribution(
            score.Timestamp.ToUnixTimeSeconds(),
            score.ObservationId,
            ObservationDims.Of(score.ObservationId is { } id ? fold.GetObservation(id) : null),
            score.Environment,
            new ScoreKind(score.Name, score.Source, isCategory ? score.StringValue : null),
            isCategory ? 0 : score.Value!.Value,
            score.DataType == ScoreDataType.Numeric ? SignedSketchMapping.IndexOf(score.Value!.Value) : null);
    }
}
