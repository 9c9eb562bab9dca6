namespace Actors.Queries;

/// <summary>How the rows of a list lie in time.</summary>
/// <param name="Step">The length of a bucket.</param>
/// <param name="Buckets">Buckets with rows, oldest first; one without is left out.</param>
[GenerateSerializer, Immutable, Alias("actors.Pulse")]
public sealed record Pulse([property: Id(0)] TimeSpan Step, [property: Id(1)] IReadOnlyList<PulseBucket> Buckets)
{
    /// <summary>The most buckets of an answer.</summary>
    public const int MaxBuckets = 500;
}

/// <summary>The rows that began within one step.</summary>
/// <param name="At">The beginning, a multiple of the step since 1970.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Errors">How many of them have the level ERROR.</param>
/// <param name="P50Ms">The median of the latencies; null: none is known.</param>
/// <param name="P95Ms">Their 95th percentile.</param>
/// <param name="CostUsd">What they cost; null: not known.</param>
/// <param name="Slowest">The one with the largest latency; null: none is known.</param>
[GenerateSerializer, Immutable, Alias("actors.PulseBucket")]
public sealed record PulseBucket(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] long Count,
    [property: Id(2)] long Errors,
    [property: Id(3)] double? P50Ms,
    [property: Id(4)] double? P95Ms,
    [property: Id(5)] decimal? CostUsd,
    [property: Id(6)] PulsePoint? Slowest);

/// <summary>One row of a bucket.</summary>
/// <param name="TraceId">Its trace.</param>
/// <param name="ObservationId">The observation; null: it is the trace.</param>
/// <param name="LatencyMs">Its latency.</param>
[GenerateSerializer, Immutable, Alias("actors.PulsePoint")]
public sealed record PulsePoint([property: Id(0)] string TraceId, [property: Id(1)] string? ObservationId, [property: Id(2)] double LatencyMs);
