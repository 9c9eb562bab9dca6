using System.Diagnostics.Metrics;
using Actors.Web.Ingestion;

namespace Actors.Web;

/// <summary>The metrics of the doors, meter <c>Actors.Web</c>. The time of an answer is in <c>http.server.request.duration</c>, by route.</summary>
internal sealed class WebInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Actors.Web";

    private readonly Meter _meter;
    private readonly Counter<long> _events;

    public WebInstruments(InFlightBudget budget, IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _events = _meter.CreateCounter<long>("actors.ingest.events", "{event}", "Events that were handed to the actors, by outcome.");
        _meter.CreateObservableGauge("actors.ingest.under_way", () => budget.UnderWay, "By", "Bytes of requests that are not answered yet.");
    }

    /// <summary>Events of one stream were stored, or not.</summary>
    public void Appended(int events, AppendResult result) => _events.Add(events, new KeyValuePair<string, object?>("outcome", result switch
    {
        AppendResult.Stored => "stored",
        AppendResult.Overloaded => "overloaded",
        _ => "failed",
    }));

    public void Dispose() => _meter.Dispose();
}
