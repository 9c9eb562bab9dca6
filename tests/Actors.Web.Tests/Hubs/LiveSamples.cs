using Actors.Live;
using Actors.Tracing;

namespace Actors.Web.Tests.Hubs;

/// <summary>Live states in a few words.</summary>
internal static class LiveSamples
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static ProjectId Project { get; } = new("one");

    public static LiveSeriesKey OfModel(string name) => new(LiveDimension.Model, name);

    public static LiveStats Stats(long requests, double? latency = 1234.567) => new()
    {
        Requests = requests,
        Observations = requests,
        CostUsd = 0.0125m * requests,
        LatencyP50Ms = latency,
        Scores = [new ScoreStats("helpful", requests, requests / 2d, P10: -0.123456, P50: 0.5, P90: 1.00049)],
    };

    public static LiveWindow Window(long requests, LiveWindows window = LiveWindows.Minute) => new()
    {
        Key = LiveSeriesKey.Total,
        Window = window,
        From = Start.ToUnixTimeSeconds(),
        Current = Stats(requests),
        Previous = Stats(requests + 1),
        Yesterday = Stats(requests + 2),
    };

    public static FeedScore Score(string id, double value = 1) => new()
    {
        ScoreId = id,
        Version = 1,
        TraceId = "t1",
        Name = "helpful",
        Value = value,
        Source = ScoreSource.Annotation,
        Timestamp = Start,
    };

    public static FeedTrace Trace(string id, long version = 1, int second = 0) => new()
    {
        TraceId = id,
        Version = version,
        Timestamp = Start.AddSeconds(second),
        UpdatedAt = Start.AddSeconds(second),
        Environment = "production",
        Name = "answer",
        Preview = "What is the answer?",
        Summary = TraceSummary.Empty with { Observations = 3, CostUsd = 0.5m, Latency = TimeSpan.FromMilliseconds(1500) },
    };

    public static LiveTick Tick(long version, long requests = 0) => new()
    {
        Scope = LiveScope.Of(Project),
        Version = version,
        At = Start.AddSeconds(version),
        OldestReceivedAt = Start.AddSeconds(version).AddMilliseconds(-59),
        TracesSeen = requests,
        Windows = [Window(requests)],
    };
}
