using System.Diagnostics.Metrics;

namespace Actors;

/// <summary>How the durations of our own metrics are put into buckets.</summary>
public static class Durations
{
    /// <summary>Bounds in seconds, from half a millisecond to ten seconds; the default ones begin at five seconds.</summary>
    public static InstrumentAdvice<double> Buckets { get; } = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };
}
