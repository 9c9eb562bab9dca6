using System.ComponentModel.DataAnnotations;

namespace Actors.Grains.Tracing;

/// <summary>Limits of the actors that append to the log. Section <c>Actors:Tracing</c>.</summary>
public sealed class TracingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Actors:Tracing";

    /// <summary>How many events may wait for one trace before further requests are refused.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingEvents { get; set; } = 20_000;

    /// <summary>How many events of waiting requests are joined in one row.</summary>
    [Range(1, 100_000)]
    public int MaxEventsPerRow { get; set; } = 1_000;

    /// <summary>How often an append with unknown outcome is tried before its callers are told.</summary>
    [Range(1, 20)]
    public int MaxAppendAttempts { get; set; } = 5;

    /// <summary>The pause after the first failed attempt; it grows with every further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an idle trace stays in memory. Bringing it back costs about 0.1 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "1.00:00:00")]
    public TimeSpan IdleAge { get; set; } = TimeSpan.FromMinutes(2);
}
