using System.Diagnostics.Metrics;

namespace Actors;

/// <summary>
/// A counter of ours that is exported from the start, also while it is 0: what stays 0 must be told from what nobody counts.
/// Safe for concurrent use.
/// </summary>
public sealed class Total
{
    private readonly long[] _counts;

    /// <summary>Adds the counter to a meter.</summary>
    public Total(Meter meter, string name, string unit, string description)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _counts = new long[1];
        meter.CreateObservableCounter(name, () => Volatile.Read(ref _counts[0]), unit, description);
    }

    /// <summary>Adds the counter with one tag, all of whose values are known.</summary>
    public Total(Meter meter, string name, string unit, string description, string tag, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _counts = new long[values.Count];
        meter.CreateObservableCounter(
            name,
            () => values.Select((value, i) => new Measurement<long>(Volatile.Read(ref _counts[i]), new KeyValuePair<string, object?>(tag, value))),
            unit,
            description);
    }

    /// <summary>Counts.</summary>
    /// <param name="count">How many; not negative.</param>
    /// <param name="value">The place of the tag's value.</param>
    public void Add(long count, int value = 0) => Interlocked.Add(ref _counts[value], count);

    /// <summary>How many were counted.</summary>
    /// <param name="value">The place of the tag's value.</param>
    public long Count(int value = 0) => Volatile.Read(ref _counts[value]);
}
