using System.Text.Json;
using Actors.Contracts;
using Actors.Pricing;
using Actors.Tracing;

namespace Actors.Web.Ingestion;

/// <summary>
/// Parses the body of <c>POST /api/public/ingestion</c> into events by stream, in one pass and without I/O. A wrong event
/// becomes an error of its own; only a body that is no JSON or no batch is refused as a whole.
/// </summary>
public static class IngestionParser
{
    /// <summary>The most events that one request may hold.</summary>
    public const int MaxEvents = 50_000;

    /// <summary>Parses a whole body.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="pricingKeys">What the project's prices depend on.</param>
    /// <param name="access">What the caller may send.</param>
    public static IngestionBatch Parse(ReadOnlyMemory<byte> utf8, PricingKeys pricingKeys, IngestionAccess access = IngestionAccess.All)
    {
        var source = utf8.Span;
        if (source.StartsWith("\uFEFF"u8))
        {
            source = source[3..];
        }

        try
        {
            return new Run(new EventBodyReader(pricingKeys), access).Parse(source);
        }
        catch (JsonException e)
        {
            return Reject($"The body is no valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}.");
        }
    }

    private static IngestionBatch Reject(string error) => new([], [], new InvalidBatch("Invalid request data", [error]));

    /// <summary>The state of one pass.</summary>
    private sealed class Run(EventBodyReader bodies, IngestionAccess access)
    {
        // Values have a limit of their own, so that one deep value is one bad event and not a bad request.
        private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

        private readonly EventBody _body = new();
        private readonly Dictionary<StreamId, List<StreamEvent>> _byStream = [];
        private readonly List<StreamBatch> _streams = [];
        private readonly List<IngestionError> _errors = [];
        private HashSet<string>? _typesGuessed;
        private int _accepted;

        public IngestionBatch Parse(ReadOnlySpan<byte> source)
        {
            var reader = new Utf8JsonReader(source, Options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return Reject("The body is no object with a batch.");
            }

            string? problem = null;
            var hasBatch = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isBatch = reader.ValueSpan.SequenceEqual("batch"u8);
                reader.Read();
                if (!isBatch)
                {
                    reader.Skip();
                }
                else if (hasBatch || reader.TokenType != JsonTokenType.StartArray)
                {
                    problem = "batch must be one list of events.";
                    reader.Skip();
                }
                else
                {
                    hasBatch = true;
                    problem = ReadBatch(ref reader, source);
                }
            }

            // Reading on finds what stands behind the object, which must be nothing.
            while (reader.Read())
            {
            }

            problem ??= hasBatch ? null : "Required field batch is missing.";
            if (problem is not null)
            {
                return Reject(problem);
            }

            var batch = new IngestionBatch(_streams, _errors, null);
            return _typesGuessed is null ? batch : batch with { TypesGuessed = _typesGuessed };
        }

        private string? ReadBatch(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
        {
            string? problem = null;
            var count = 0;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (++count > MaxEvents)
                {
                    problem = $"batch has more than {MaxEvents} events.";
                    reader.Skip();
                }
                else if (reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadEvent(ref reader, source);
                }
                else
                {
                    Refuse("unknown", [new RequestIssue(
                        "invalid_type", [], $"Invalid input: expected object, received {EventBodyReader.Received(reader.TokenType)}")]);
                    reader.Skip();
                }
            }

            return problem;
        }

        private void ReadEvent(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
        {
            _body.Clear();
            var envelope = default(EventEnvelope);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                envelope.ReadProperty(ref reader, source, bodies, _body);
            }

            envelope.Complete();
            if (envelope.Spec is { } spec)
            {
                if (spec.Kind == EventKind.SdkLog && envelope.Issues is null)
                {
                    return;
                }

                if (access == IngestionAccess.ScoresOnly && spec.Kind is not (EventKind.Score or EventKind.SdkLog))
                {
                    _errors.Add(new IngestionError(
                        envelope.Id ?? "unknown", 401, "Authentication error", "A public key may only send scores."));
                    return;
                }

                // The body is checked even when the envelope is wrong, so that one answer names everything.
                if (spec.Kind != EventKind.SdkLog && EventMapper.Map(spec, new EventPlace(envelope.Id ?? "", envelope.Timestamp, _accepted), _body, ref envelope.Issues) is { } mapped)
                {
                    Add(mapped.Stream, mapped.Event);
                    return;
                }
            }

            Refuse(envelope.Id ?? "unknown", envelope.Issues!);
        }

        private void Add(StreamId stream, StreamEvent streamEvent)
        {
            if (!_byStream.TryGetValue(stream, out var events))
            {
                _byStream.Add(stream, events = []);
                _streams.Add(new StreamBatch(stream, events));
            }

            if (streamEvent is ScoreEvent { ConfigId: not null } && _body.TypeIsGuessed)
            {
                (_typesGuessed ??= []).Add(streamEvent.EventId);
            }

            _accepted++;
            events.Add(streamEvent);
        }

        private void Refuse(string id, List<RequestIssue> issues) => _errors.Add(new IngestionError(
            id, 400, "Invalid request data", JsonSerializer.Serialize(issues, ContractsJsonContext.Wire.IReadOnlyListRequestIssue)));
    }
}
