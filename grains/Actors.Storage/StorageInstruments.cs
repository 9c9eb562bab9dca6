using System.Diagnostics.Metrics;

namespace Actors.Storage;

/// <summary>The metrics of the storage, meter <c>Actors.Storage</c>.</summary>
public sealed class StorageInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Actors.Storage";

    private readonly Meter _meter;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _batchRows;
    private readonly Total _refused;
    private readonly Total _failedCommits;

    /// <summary>Creates the instruments; without a factory they belong to a meter of their own.</summary>
    public StorageInstruments(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _commitDuration = _meter.CreateHistogram<double>("actors.event_log.commit.duration", "s", "Time of one group commit.", advice: Durations.Buckets);
        _batchRows = _meter.CreateHistogram<int>("actors.event_log.commit.rows", "{row}", "Rows of one group commit.", advice: new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] });
        _refused = new Total(_meter, "actors.event_log.append.refused", "{row}", "Rows refused because the queue was full.");
        _failedCommits = new Total(_meter, "actors.event_log.commit.failed", "{commit}", "Commits that failed.");
    }

    /// <summary>Reports the depth of the queue whenever somebody collects.</summary>
    public void ObserveQueue(Func<int> depth) =>
        _meter.CreateObservableGauge("actors.event_log.queue.rows", depth, "{row}", "Rows that wait for a commit.");

    /// <summary>A group commit succeeded.</summary>
    public void Committed(int rows, TimeSpan duration)
    {
        _commitDuration.Record(duration.TotalSeconds);
        _batchRows.Record(rows);
    }

    /// <summary>A group commit failed.</summary>
    public void CommitFailed() => _failedCommits.Add(1);

    /// <summary>A row was refused.</summary>
    public void Refused() => _refused.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
