using System.Diagnostics.Metrics;

namespace Actors.Grains;

/// <summary>The metrics of the actors, meter <c>Actors.Grains</c>.</summary>
public sealed class GrainsInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Actors.Grains";

    private readonly Meter _meter;
    private readonly Histogram<double> _push;
    private readonly Total _compared;
    private readonly Total _differences;

    /// <summary>Creates the instruments; without a factory they belong to a meter of their own.</summary>
    public GrainsInstruments(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _push = _meter.CreateHistogram<double>(
            "actors.live.push.duration", "s", "From the receipt of the oldest event of a tick to the tick.", advice: Durations.Buckets);
        _compared = new Total(
            _meter, "actors.live.audit.seconds", "{second}", "Seconds of live numbers that were compared with the read model.");
        _differences = new Total(
            _meter, "actors.live.audit.differences", "{second}", "Seconds of live numbers that were wrong and asked for again; stays 0 while all is right.");
    }

    /// <summary>A tick was pushed.</summary>
    public void Pushed(TimeSpan sinceReceipt) => _push.Record(sinceReceipt.TotalSeconds);

    /// <summary>Some seconds were audited.</summary>
    public void Audited(int compared, int differences)
    {
        _compared.Add(compared);
        _differences.Add(differences);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
