using System.Text;
using System.Text.Json;
using Actors.Contracts;
using Actors.Pricing;
using Actors.Tracing;

namespace Actors.Web.Ingestion;

/// <summary>An event that came without an envelope: exactly one of event and issues is set.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Event">The event.</param>
/// <param name="TypeIsGuessed">Whether it is a score whose data type follows from its value alone.</param>
/// <param name="Issues">What is wrong with the body, by paths inside it.</param>
internal sealed record SingleEvent(StreamId Stream, StreamEvent? Event, bool TypeIsGuessed, IReadOnlyList<RequestIssue>? Issues);

/// <summary>How the body of a route spells what the body of an ingestion event spells otherwise.</summary>
/// <param name="names">Further names of fields.</param>
internal sealed class BodySpelling(params (string Name, BodyField Field)[] names)
{
    public Utf8Names<BodyField> Names { get; } = new(names.Select(n => KeyValuePair.Create(n.Name, n.Field)));

    /// <summary>The name that callers of the route know for the path of an issue.</summary>
    public string NameOf(string spelling) =>
        Array.Find(names, n => BodyFields.Spelling(n.Field) == spelling).Name ?? spelling;
}

/// <summary>
/// Reads a body that is sent on its own, as the older routes take it, by the rules of the same body inside a batch. The
/// server makes the envelope. Safe for concurrent callers.
/// </summary>
internal sealed class SingleEventReader(TimeProvider time)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonText.MaxDepth };

    /// <summary>Reads a body.</summary>
    /// <param name="spec">What the route takes.</param>
    /// <param name="json">The body.</param>
    /// <param name="pricingKeys">What prices depend on.</param>
    /// <param name="sequence">Its place among the bodies of the request.</param>
    /// <param name="spelling">How the route spells it; null: like a batch.</param>
    public SingleEvent Read(EventSpec spec, JsonElement json, PricingKeys pricingKeys, int sequence = 0, BodySpelling? spelling = null)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            var received = json.ValueKind is JsonValueKind.True or JsonValueKind.False ? "boolean" : json.ValueKind.ToString().ToLowerInvariant();
            return Refused([new RequestIssue("invalid_type", [], $"Invalid input: expected object, received {received}")]);
        }

        var source = Encoding.UTF8.GetBytes(json.GetRawText());
        var reader = new Utf8JsonReader(source, Options);
        reader.Read();
        var body = new EventBody();
        new EventBodyReader(pricingKeys).Read(ref reader, source, body, spelling?.Names);

        var now = time.GetUtcNow();
        var place = new EventPlace(Guid.NewGuid().ToString(), now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)), sequence);
        List<RequestIssue>? issues = null;
        return EventMapper.Map(spec, place, body, ref issues) is var (stream, streamEvent)
            ? new SingleEvent(stream, streamEvent, body.TypeIsGuessed, null)
            : Refused([.. issues!.Select(i => i with { Path = PathOf(i.Path, spelling) })]);
    }

    private static SingleEvent Refused(IReadOnlyList<RequestIssue> issues) => new(default, null, false, issues);

    // Inside a batch the body is a property of the event; here it is the whole.
    private static List<string> PathOf(IReadOnlyList<string> path, BodySpelling? spelling) =>
        [.. path.Skip(1).Select(name => spelling?.NameOf(name) ?? name)];
}
