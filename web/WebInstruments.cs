using System.Diagnostics.Metrics;
using Actors.Web.Feedback;
using Actors.Web.Hubs;
using Actors.Web.Ingestion;

namespace Actors.Web;

/// <summary>The metrics of the doors, meter <c>Actors.Web</c>. The time of an answer is in <c>http.server.request.duration</c>, by route.</summary>
internal sealed class WebInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Actors.Web";

    private readonly Meter _meter;
    private readonly Histogram<double> _answered;
    private readonly Total _refused;
    private readonly Counter<long> _events;
    private readonly Counter<long> _feedbackRefused;

    public WebInstruments(InFlightBudget budget, MemoryGuard memory, LiveLimits live, IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableGauge("actors.ingest.memory", () => memory.Share, "1", "How near the process is to the memory at which requests are sent away.");
        _answered = _meter.CreateHistogram<double>(
            "actors.ingest.request.duration", "s", "Time until requests with events were answered: until they were durable.", advice: Durations.Buckets);
        _refused = new Total(
            _meter, "actors.ingest.refused", "{request}", "Requests with events that were sent away for a while, by reason.", "reason", [.. RefusalReasons.All.Select(RefusalReasons.Tag)]);
        _events = _meter.CreateCounter<long>("actors.ingest.events", "{event}", "Events that were handed to the actors, by outcome.");
        _feedbackRefused = _meter.CreateCounter<long>(
            "actors.feedback.refused", "{request}", "Requests with a public key alone that were refused, by reason.");
        _meter.CreateObservableGauge("actors.ingest.under_way", () => budget.UnderWay, "By", "Bytes of requests that are not answered yet.");
        _meter.CreateObservableGauge("actors.live.connections", () => live.Connections, "{connection}", "Hub connections and event streams that are open.");
        _meter.CreateObservableGauge("actors.live.subscriptions", () => live.Subscriptions, "{subscription}", "Live subscriptions that are open.");
    }

    /// <summary>A request was sent away for a while.</summary>
    public void Refused(RefusalReason reason) => _refused.Add(1, (int)reason);

    /// <summary>How many requests were sent away for a reason.</summary>
    public long RefusedCount(RefusalReason reason) => _refused.Count((int)reason);

    /// <summary>A request that was let in was answered.</summary>
    public void Answered(IngestDoor door, TimeSpan duration) => _answered.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("door", door switch
    {
        IngestDoor.Batch => "batch",
        IngestDoor.Single => "single",
        IngestDoor.Score => "score",
        IngestDoor.Otlp => "otlp",
        _ => "grpc",
    }));

    /// <summary>Events of one stream were stored, or not.</summary>
    public void Appended(int events, AppendResult result) => _events.Add(events, new KeyValuePair<string, object?>("outcome", result switch
    {
        AppendResult.Stored => "stored",
        AppendResult.Overloaded => "overloaded",
        _ => "failed",
    }));

    /// <summary>A request with a public key alone was refused.</summary>
    public void FeedbackRefused(FeedbackRefusal reason) => _feedbackRefused.Add(1, new KeyValuePair<string, object?>("reason", reason switch
    {
        FeedbackRefusal.Origin => "origin",
        FeedbackRefusal.NoOrigin => "no_origin",
        FeedbackRefusal.AddressRate => "address_rate",
        FeedbackRefusal.KeyRate => "key_rate",
        _ => "too_many_at_once",
    }));

    public void Dispose() => _meter.Dispose();
}
