using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Actors.Analytics;

/// <summary>The meter of the read model.</summary>
public sealed class AnalyticsInstruments : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Actors.Analytics";

    // Spans of queries, for whoever collects traces of the server.
    private readonly ActivitySource _spans = new(MeterName);
    private readonly Meter _meter;
    private static readonly string[] BaseOutcomes = ["left", "taken", "damaged"];

    private readonly Histogram<double> _query;
    private readonly Histogram<double> _commit;
    private readonly Counter<long> _rows;
    private readonly Total _bases;
    private readonly Total _audited;
    private readonly Total _differences;
    private Func<IEnumerable<ProjectGauge>> _gauges = () => [];

    /// <summary>Creates the instruments.</summary>
    public AnalyticsInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(MeterName);
        _commit = _meter.CreateHistogram<double>("actors.analytics.commit.duration", "s", "Time to commit one batch into DuckDB.", advice: Durations.Buckets);
        _query = _meter.CreateHistogram<double>("actors.analytics.query.duration", "s", "Time of one question, with its wait for the log's head.", advice: Durations.Buckets);
        _rows = _meter.CreateCounter<long>("actors.analytics.rows", "{row}", "Rows written into DuckDB.");
        _bases = new Total(_meter, "actors.analytics.bases", "{base}", "Bases of read models on shared storage, by what became of them.", "outcome", BaseOutcomes);
        _audited = new Total(_meter, "actors.columns.audit.streams", "{stream}", "Streams whose rows in the read model were compared with the log.");
        _differences = new Total(
            _meter, "actors.columns.audit.differences", "{stream}", "Streams whose rows in the read model were wrong and mended; stays 0 while all is right.");
        _meter.CreateObservableGauge("actors.analytics.gap", () => Measure(g => g.Gap), "{position}", "Positions that the read model is behind the log.");
        _meter.CreateObservableGauge("actors.analytics.lag", () => Measure(g => g.Lag.TotalSeconds), "s", "Age of the oldest row that the read model does not hold.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        _spans.Dispose();
    }

    /// <summary>Begins the span of a question; null when nobody collects traces.</summary>
    internal Activity? StartQuery(string name) => _spans.StartActivity("analytics " + name);

    internal void Queried(string name, TimeSpan duration) => _query.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("query", name));

    internal void Committed(TimeSpan duration, int rows)
    {
        _commit.Record(duration.TotalSeconds);
        _rows.Add(rows);
    }

    internal void BaseUsed(string outcome) => _bases.Add(1, Array.IndexOf(BaseOutcomes, outcome));

    internal void Audited(int compared, int differences)
    {
        _audited.Add(compared);
        _differences.Add(differences);
    }

    internal void Observe(Func<IEnumerable<ProjectGauge>> gauges) => _gauges = gauges;

    private IEnumerable<Measurement<T>> Measure<T>(Func<ProjectGauge, T> value)
        where T : struct =>
        _gauges().Select(gauge => new Measurement<T>(value(gauge), new KeyValuePair<string, object?>("project", gauge.Project.Value)));
}

/// <summary>How far an open project is behind.</summary>
internal readonly record struct ProjectGauge(ProjectId Project, long Gap, TimeSpan Lag);
