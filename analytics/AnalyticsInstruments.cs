using System.Diagnostics.Metrics;

namespace Actors.Analytics;

/// <summary>The meter of the read model.</summary>
public sealed class AnalyticsInstruments : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Actors.Analytics";

    private readonly Meter _meter;
    private readonly Histogram<double> _commit;
    private readonly Counter<long> _rows;
    private Func<IEnumerable<ProjectGauge>> _gauges = () => [];

    /// <summary>Creates the instruments.</summary>
    public AnalyticsInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(MeterName);
        _commit = _meter.CreateHistogram<double>("actors.analytics.commit.duration", "s", "Time to commit one batch into DuckDB.");
        _rows = _meter.CreateCounter<long>("actors.analytics.rows", "{row}", "Rows written into DuckDB.");
        _meter.CreateObservableGauge("actors.analytics.gap", () => Measure(g => g.Gap), "{position}", "Positions that the read model is behind the log.");
        _meter.CreateObservableGauge("actors.analytics.lag", () => Measure(g => g.Lag.TotalSeconds), "s", "Age of the oldest row that the read model does not hold.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Committed(TimeSpan duration, int rows)
    {
        _commit.Record(duration.TotalSeconds);
        _rows.Add(rows);
    }

    internal void Observe(Func<IEnumerable<ProjectGauge>> gauges) => _gauges = gauges;

    private IEnumerable<Measurement<T>> Measure<T>(Func<ProjectGauge, T> value)
        where T : struct =>
        _gauges().Select(gauge => new Measurement<T>(value(gauge), new KeyValuePair<string, object?>("project", gauge.Project.Value)));
}

/// <summary>How far an open project is behind.</summary>
internal readonly record struct ProjectGauge(ProjectId Project, long Gap, TimeSpan Lag);
