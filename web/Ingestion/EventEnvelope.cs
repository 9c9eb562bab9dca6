using System.Text.Json;
using Actors.Contracts;
using Actors.Tracing;

namespace Actors.Web.Ingestion;

/// <summary>The envelope of one event as it is being read.</summary>
internal struct EventEnvelope
{
    public List<RequestIssue>? Issues;

    private const int MaxEchoedIdLength = 1000;

    private bool _hasTimestamp;
    private bool _hasType;
    private bool _hasBody;
    private bool _hasId;

    /// <summary>As sent, when it was a string; also when it is no valid id, so that the error can name it.</summary>
    public string? Id { get; private set; }

    public DateTimeOffset Timestamp { get; private set; }

    public EventSpec? Spec { get; private set; }

    /// <summary>Reads the property whose name is the current token.</summary>
    public void ReadProperty(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, EventBodyReader bodies, EventBody body)
    {
        var name = reader.ValueSpan;
        if (name.SequenceEqual("body"u8))
        {
            reader.Read();
            ReadBody(ref reader, source, bodies, body);
        }
        else if (name.SequenceEqual("id"u8))
        {
            reader.Read();
            ReadId(ref reader);
        }
        else if (name.SequenceEqual("type"u8))
        {
            reader.Read();
            ReadType(ref reader);
        }
        else if (name.SequenceEqual("timestamp"u8))
        {
            reader.Read();
            ReadTimestamp(ref reader);
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    /// <summary>Notes what is missing.</summary>
    public void Complete()
    {
        Require(_hasId, "id");
        Require(_hasTimestamp, "timestamp");
        Require(_hasType, "type");
    }

    private void Require(bool present, string property)
    {
        if (!present)
        {
            Refuse("invalid_type", property, "Invalid input: expected string, received undefined");
        }
    }

    private void Refuse(string code, string property, string message) => (Issues ??= []).Add(new RequestIssue(code, [property], message));

    private bool IsFirst(ref bool seen, ref Utf8JsonReader reader, string property)
    {
        if (seen)
        {
            Refuse("custom", property, "Invalid input: the property occurs twice");
            reader.Skip();
            return false;
        }

        return seen = true;
    }

    private void ReadId(ref Utf8JsonReader reader)
    {
        if (!IsFirst(ref _hasId, ref reader, "id"))
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            Refuse("invalid_type", "id", $"Invalid input: expected string, received {EventBodyReader.Received(reader.TokenType)}");
            reader.Skip();
        }
        else if (!JsonText.TryReadString(ref reader, out var id))
        {
            Refuse("custom", "id", "Invalid input: the text " + JsonText.BadText);
        }
        else if (StreamId.IsValidId(id))
        {
            Id = id;
        }
        else
        {
            Id = id.Length is > 0 and <= MaxEchoedIdLength ? id : null;
            Refuse(
                "invalid_format", "id", $"Invalid string: an id has 1 to {StreamId.MaxIdLength} characters and no control characters");
        }
    }

    private void ReadType(ref Utf8JsonReader reader)
    {
        if (!IsFirst(ref _hasType, ref reader, "type"))
        {
            return;
        }

        if (reader.TokenType == JsonTokenType.String && EventSpec.ByName.TryFind(reader.ValueSpan, out var spec))
        {
            Spec = spec;
            return;
        }

        Refuse("invalid_union", "type", "Invalid input: unknown event type");
        reader.Skip();
    }

    private void ReadTimestamp(ref Utf8JsonReader reader)
    {
        if (!IsFirst(ref _hasTimestamp, ref reader, "timestamp"))
        {
            return;
        }

        if (reader.TokenType == JsonTokenType.String && IsoTime.TryParse(reader.ValueSpan, out var timestamp))
        {
            Timestamp = timestamp;
            return;
        }

        Refuse("invalid_format", "timestamp", EventBodyReader.TimeMessage);
        reader.Skip();
    }

    private void ReadBody(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, EventBodyReader bodies, EventBody body)
    {
        if (!IsFirst(ref _hasBody, ref reader, "body"))
        {
            return;
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            bodies.Read(ref reader, source, body);
            return;
        }

        Refuse("invalid_type", "body", $"Invalid input: expected object, received {EventBodyReader.Received(reader.TokenType)}");
        reader.Skip();
    }
}
