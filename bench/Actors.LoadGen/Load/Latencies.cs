namespace Actors.LoadGen.Load;

/// <summary>Durations that are all kept, so that percentiles are exact. Safe for concurrent callers.</summary>
internal sealed class Latencies
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _values = [];
    private bool _isSorted = true;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _values.Count;
            }
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(TimeSpan value)
    {
        lock (_lock)
        {
            _values.Add(value);
            _isSorted = false;
        }
    }

    /// <summary>The value that the fraction <paramref name="q"/> does not exceed; null without values.</summary>
    public TimeSpan? Quantile(double q)
    {
        lock (_lock)
        {
            if (_values.Count == 0)
            {
                return null;
            }

            if (!_isSorted)
            {
                _values.Sort();
                _isSorted = true;
            }

            return _values[Math.Max(0, (int)Math.Ceiling(q * _values.Count) - 1)];
        }
    }
}
