using Actors.Views;
using Actors.Live;
using Actors.Tracing;
using Actors.Web.Model.Health;

namespace Actors.Components;

/// <summary>Short ways to say what a test needs.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ProjectId Project = new("support");

    /// <summary>Doors through which little comes.</summary>
    public static DoorFacts QuietDoors { get; } = new() { Refused = [], MaxBytesUnderWay = 256 << 20, MemoryShare = 0.2 };

    public static long Second(int after) => T0.ToUnixTimeSeconds() + after;

    public static LivePoint Point(int after, long requests, double? p50 = null) =>
        new() { Second = Second(after), Stats = new LiveStats { Requests = requests, Observations = requests * 2, LatencyP50Ms = p50, LatencyP95Ms = p50 * 2, LatencyP99Ms = p50 * 3 } };

    /// <summary>The last minute of the whole project.</summary>
    public static LiveWindow Window(LiveStats current, LiveStats? previous) =>
        new() { Key = LiveSeriesKey.Total, Window = LiveWindows.Minute, From = T0.ToUnixTimeSeconds() - 59, Current = current, Previous = previous };

    public static LiveSeries Total(params LivePoint[] points) => new(LiveSeriesKey.Total, points);

    public static LiveSeries Model(string name, params LivePoint[] points) => new(new LiveSeriesKey(LiveDimension.Model, name), points);

    public static LiveTick Tick(long version, int after = 0, params LiveSeries[] changed) =>
        new() { Scope = LiveScope.Of(Project), Version = version, At = T0.AddSeconds(after), Changed = changed };

    public static FeedTrace Feed(string id, int after = 0, long version = 1, int running = 0) => new()
    {
        TraceId = id,
        Version = version,
        Timestamp = T0.AddSeconds(after),
        UpdatedAt = T0.AddSeconds(after),
        Name = $"name of {id}",
        Environment = "default",
        Summary = new TraceSummary { Running = running, Observations = 1, Models = ["gpt-5-mini"], Latency = TimeSpan.FromMilliseconds(1500), CostUsd = 0.0312m },
    };

    public static TraceRecord Trace(string id, int after = 0, int running = 0) => new()
    {
        Id = id,
        Timestamp = T0.AddSeconds(after),
        Name = $"name of {id}",
        UserId = "user-1",
        UpdatedAt = T0.AddSeconds(after),
        Environment = "production",
        Input = "\"hello\"",
        Output = "\"world\"",
        Summary = new TraceSummary { Running = running, Observations = 1, Models = ["gpt-5-mini"], Latency = TimeSpan.FromMilliseconds(1500), TotalTokens = 8421, CostUsd = 0.0312m },
    };

    public static ObservationRecord Observation(string id, string? parent = null, int start = 0, int? end = 100, ObservationType type = ObservationType.Span) => new()
    {
        Id = id,
        TraceId = "t1",
        ParentObservationId = parent,
        Type = type,
        Name = $"step {id}",
        StartTime = T0.AddMilliseconds(start),
        EndTime = end is { } e ? T0.AddMilliseconds(e) : null,
        Environment = "production",
    };

    public static StreamDocument Document(long version, params ObservationRecord[] observations) => new(
        version,
        Trace("t1", running: observations.Count(o => o.EndTime is null && o.Type != ObservationType.Event)),
        observations,
        [new ScoreRecord { Id = "s1", TraceId = "t1", Name = "helpfulness", DataType = ScoreDataType.Numeric, Value = 0.92, Environment = "default", Timestamp = T0 }]);

    public static SavedView View(string id, string name, string query, string page = "traces") =>
        new() { Id = id, Page = page, Name = name, Query = query, CreatedAt = T0, UpdatedAt = T0 };
}
