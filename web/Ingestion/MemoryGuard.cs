using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>
/// Says when the process is short of memory, so that senders wait before anything breaks. It measures a few times a second at
/// most, whoever asks. Safe for concurrent use.
/// </summary>
internal sealed class MemoryGuard
{
    // Once short, it takes some room before requests are let in again, or every other one would be.
    private const double Relieved = 0.95;

    private static readonly TimeSpan Measures = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Collects = TimeSpan.FromSeconds(10);

    private readonly Func<MemoryUse> _measure;
    private readonly Action _collect;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private long? _measuredAt;
    private long? _collectedAt;
    private double _share;
    private bool _isShort;

    /// <summary>Guards this process.</summary>
    public MemoryGuard(IOptions<IngestionOptions> options, TimeProvider time)
        : this(() => MemoryUse.OfThisProcess((long)options.Value.MemoryLimitMb << 20), GiveBack, time)
    {
    }

    internal MemoryGuard(Func<MemoryUse> measure, Action collect, TimeProvider time)
    {
        _measure = measure;
        _collect = collect;
        _time = time;
    }

    /// <summary>Whether requests that bring events must wait.</summary>
    public bool IsShort
    {
        get
        {
            lock (_lock)
            {
                Measure();
                return _isShort;
            }
        }
    }

    /// <summary>How near the process is to its limit; at 1 it is short of memory.</summary>
    public double Share
    {
        get
        {
            lock (_lock)
            {
                Measure();
                return _share;
            }
        }
    }

    private void Measure()
    {
        if (_measuredAt is { } at && _time.GetElapsedTime(at) < Measures)
        {
            return;
        }

        _measuredAt = _time.GetTimestamp();
        _share = _measure().Share;
        _isShort = _share >= (_isShort ? Relieved : 1);
        if (_isShort && (_collectedAt is not { } last || _time.GetElapsedTime(last) >= Collects))
        {
            _collectedAt = _measuredAt;
            _collect();
        }
    }

    // Memory that a flood has left behind is free, but stays with the process until it is told to give it back.
    private static void GiveBack() =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static _ => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true), null);
}
