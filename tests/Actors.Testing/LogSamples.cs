using System.Globalization;
using Actors.Tracing;

namespace Actors.Testing;

/// <summary>Short ways to make rows and events.</summary>
public static class LogSamples
{
    /// <summary>A fixed moment, so that tests do not depend on the clock.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A project of tests.</summary>
    public static ProjectId Project { get; } = new("project-1");

    /// <summary>The stream of a trace.</summary>
    public static StreamId Trace(string id = "trace-1") => StreamId.ForTrace(id);

    /// <summary>A generation with text.</summary>
    public static ObservationEvent Generation(string id = "generation-1", string? input = "\"question\"", string? output = "\"answer\"") => new()
    {
        EventId = "event-" + id,
        Timestamp = Noon,
        ObservationId = id,
        Type = ObservationType.Generation,
        IsCreate = true,
        Name = "answer",
        StartTime = Noon,
        EndTime = Noon.AddMilliseconds(1234),
        Model = "gpt-4o",
        Usage = [new UsageEntry("input", 120), new UsageEntry("output", 48)],
        Cost = [new CostEntry("total", 0.00123m)],
        Input = input,
        Output = output,
        Metadata = """{"k":1}""",
        ModelParameters = """{"temperature":0.2}""",
    };

    /// <summary>A numeric score.</summary>
    public static ScoreEvent Score(string id, double value = 0.5) => new()
    {
        EventId = "event-" + id,
        Timestamp = Noon,
        ScoreId = id,
        Name = "helpfulness",
        DataType = ScoreDataType.Numeric,
        Value = value,
    };

    /// <summary>The deletion of a score, in the order of events behind all of <see cref="Score"/>.</summary>
    public static ScoreDeletedEvent ScoreDeleted(string id) => new() { EventId = "deleted-" + id, Timestamp = Noon, ScoreId = id };

    /// <summary>A stream to delete.</summary>
    public static LogDeletion Deletion(StreamId stream, long version) => new()
    {
        Project = Project,
        Stream = stream,
        Version = version,
        AppendId = Guid.NewGuid(),
        ReceivedAt = Noon.AddSeconds(version),
    };

    /// <summary>A row to append.</summary>
    public static LogAppend Append(StreamId stream, long version, params StreamEvent[] events) => new()
    {
        Project = Project,
        Stream = stream,
        Version = version,
        AppendId = Guid.NewGuid(),
        PriceBook = 7,
        ReceivedAt = Noon.AddSeconds(version),
        Events = events.Length > 0 ? events : [Generation(string.Create(CultureInfo.InvariantCulture, $"generation-{version}"))],
    };
}
