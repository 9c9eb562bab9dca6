namespace Actors.Contracts;

/// <summary>The answer to a question about numbers.</summary>
/// <param name="Data">Rows by name: dimensions, <c>time_dimension</c> and metrics such as <c>p95_latency</c>.</param>
public sealed record MetricsBody(IReadOnlyList<IReadOnlyDictionary<string, RawJson>> Data);

/// <summary>A day with its usage.</summary>
/// <param name="Date">For example <c>2026-01-05</c>, UTC.</param>
/// <param name="CountTraces">Traces that began.</param>
/// <param name="CountObservations">Observations that began.</param>
/// <param name="TotalCost">In US dollars.</param>
/// <param name="Usage">By model.</param>
public sealed record DailyMetricsBody(
    string Date, long CountTraces, long CountObservations, decimal TotalCost, IReadOnlyList<DailyUsageBody> Usage);

/// <summary>The usage of one model on one day.</summary>
/// <param name="Model">Null: observations without a model.</param>
/// <param name="InputUsage">Units of input.</param>
/// <param name="OutputUsage">Units of output.</param>
/// <param name="TotalUsage">Units in all.</param>
/// <param name="TotalCost">In US dollars.</param>
/// <param name="CountObservations">Observations that began.</param>
/// <param name="CountTraces">Traces that they belong to.</param>
public sealed record DailyUsageBody(
    string? Model, long InputUsage, long OutputUsage, long TotalUsage, decimal TotalCost, long CountObservations, long CountTraces);
