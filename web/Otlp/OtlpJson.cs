using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Actors.Web.Otlp;

/// <summary>
/// Reads <c>ExportTraceServiceRequest</c> in the JSON form of OTLP 1.x: ids as hexadecimal text or as lists of bytes,
/// 64-bit integers as numbers, text or <c>{low, high}</c>.
/// </summary>
internal static class OtlpJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>Reads a whole export.</summary>
    /// <exception cref="OtlpFormatException">It is no JSON, has lists that are none, or bad ids.</exception>
    public static List<OtlpSpanGroup> Read(ReadOnlyMemory<byte> json)
    {
        // Broken text becomes replacement characters, so that one bad text costs no span.
        var valid = Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        try
        {
            using var document = JsonDocument.Parse(valid, Options);
            return ReadExport(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new OtlpFormatException($"The export is no valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            throw new OtlpFormatException("A property name of the export is no valid text.");
        }
    }

    private static List<OtlpSpanGroup> ReadExport(JsonElement export)
    {
        if (export.ValueKind != JsonValueKind.Object)
        {
            throw new OtlpFormatException("The export is no object.");
        }

        var groups = new List<OtlpSpanGroup>();
        foreach (var resourceSpans in Items(export, "resourceSpans"))
        {
            var resource = Property(resourceSpans, "resource") is { ValueKind: JsonValueKind.Object } r
                ? ReadAttributes(r, 0)
                : OtlpAttributeSet.Empty;
            foreach (var scopeSpans in Items(resourceSpans, "scopeSpans"))
            {
                var scope = Property(scopeSpans, "scope") is { ValueKind: JsonValueKind.Object } s ? ReadScope(s) : OtlpScope.Unknown;
                List<OtlpSpan> spans = [.. Items(scopeSpans, "spans").Select(ReadSpan)];
                groups.Add(new OtlpSpanGroup(resource, scope, spans));
            }
        }

        return groups;
    }

    private static OtlpScope ReadScope(JsonElement scope) =>
        new(Text(scope, "name"), Text(scope, "version"), ReadAttributes(scope, 0));

    private static OtlpSpan ReadSpan(JsonElement span)
    {
        var status = Property(span, "status");
        var traceId = ReadId(Property(span, "traceId"));
        var spanId = ReadId(Property(span, "spanId"));
        OtlpIds.Require(traceId, "traceId");
        OtlpIds.Require(spanId, "spanId");
        return new OtlpSpan
        {
            TraceId = traceId,
            SpanId = spanId,
            ParentSpanId = ReadId(Property(span, "parentSpanId")) is { Length: > 0 } parent ? parent : null,
            Name = Text(span, "name"),
            Start = ReadNanoseconds(Property(span, "startTimeUnixNano")),
            End = ReadNanoseconds(Property(span, "endTimeUnixNano")),
            Attributes = ReadAttributes(span, 0),
            Events = [.. Items(span, "events").Select(ReadEvent)],
            IsError = status is { ValueKind: JsonValueKind.Object } s && IsErrorCode(Property(s, "code")),
            StatusMessage = status is { ValueKind: JsonValueKind.Object } m ? Text(m, "message") : "",
            ContentHash = OtlpProtobuf.Hash(JsonMarshalText(span)),
        };
    }

    private static OtlpSpanEvent ReadEvent(JsonElement e) =>
        new(Text(e, "name"), ReadNanoseconds(Property(e, "timeUnixNano")), ReadAttributes(e, 0));

    private static ReadOnlySpan<byte> JsonMarshalText(JsonElement element) =>
        System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element);

    private static bool IsErrorCode(JsonElement? code) => code switch
    {
        { ValueKind: JsonValueKind.Number } number => number.TryGetInt32(out var value) && value == 2,
        { ValueKind: JsonValueKind.String } text => text.ValueEquals("STATUS_CODE_ERROR") || text.ValueEquals("2"),
        _ => false,
    };

    private static string ReadId(JsonElement? id) => id switch
    {
        null or { ValueKind: JsonValueKind.Null } => "",
        { ValueKind: JsonValueKind.String } text => OtlpIds.FromHex(JsonStrings.Read(text)),
        { ValueKind: JsonValueKind.Array } bytes => OtlpIds.FromBytes(ReadBytes(bytes)),
        { ValueKind: JsonValueKind.Object } buffer when Property(buffer, "data") is { ValueKind: JsonValueKind.Array } data =>
            OtlpIds.FromBytes(ReadBytes(data)),
        _ => throw new OtlpFormatException("An id is neither hexadecimal text nor a list of bytes."),
    };

    private static byte[] ReadBytes(JsonElement list) =>
        [.. list.EnumerateArray().Select(b => b.ValueKind == JsonValueKind.Number && b.TryGetByte(out var value)
            ? value
            : throw new OtlpFormatException("A list of bytes holds something else."))];

    private static ulong ReadNanoseconds(JsonElement? time) => time switch
    {
        { ValueKind: JsonValueKind.Number } number => number.TryGetUInt64(out var value) ? value
            : number.TryGetDouble(out var rough) && rough is > 0 and < ulong.MaxValue ? (ulong)rough : 0,
        { ValueKind: JsonValueKind.String } text =>
            ulong.TryParse(JsonStrings.Read(text), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0,
        { ValueKind: JsonValueKind.Object } halves => (ulong)ReadHalves(halves),
        _ => 0,
    };

    private static long ReadHalves(JsonElement halves) =>
        Half(halves, "high") << 32 | (Half(halves, "low") & 0xFFFF_FFFF);

    private static long Half(JsonElement halves, string name) =>
        Property(halves, name) is { ValueKind: JsonValueKind.Number } half && half.TryGetInt64(out var value) ? value : 0;

    private static OtlpAttributeSet ReadAttributes(JsonElement owner, int depth, string name = "attributes")
    {
        var attributes = new Dictionary<string, OtlpValue>(StringComparer.Ordinal);
        foreach (var attribute in Items(owner, name))
        {
            attributes[Text(attribute, "key")] = ReadValue(Property(attribute, "value"), depth + 1);
        }

        return new OtlpAttributeSet(attributes);
    }

    private static OtlpValue ReadValue(JsonElement? value, int depth)
    {
        if (depth > OtlpValue.MaxDepth)
        {
            throw new OtlpFormatException($"An attribute is nested deeper than {OtlpValue.MaxDepth} levels.");
        }

        if (value is not { ValueKind: JsonValueKind.Object } wrapper)
        {
            return default;
        }

        foreach (var kind in wrapper.EnumerateObject())
        {
            switch (kind.Name)
            {
                case "stringValue" or "bytesValue" when kind.Value.ValueKind == JsonValueKind.String:
                    return OtlpValue.Of(JsonStrings.Read(kind.Value));
                case "boolValue" when kind.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    return OtlpValue.Of(kind.Value.GetBoolean());
                case "intValue":
                    return ReadInteger(kind.Value);
                case "doubleValue":
                    return ReadDouble(kind.Value);
                case "arrayValue" when kind.Value.ValueKind == JsonValueKind.Object:
                    return OtlpValue.Of([.. Items(kind.Value, "values").Select(v => ReadValue(v, depth + 1))]);
                case "kvlistValue" when kind.Value.ValueKind == JsonValueKind.Object:
                    return OtlpValue.Of(ReadAttributes(kind.Value, depth, "values"));
            }
        }

        return default;
    }

    private static OtlpValue ReadInteger(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var integer) => OtlpValue.Of(integer),
        JsonValueKind.Number when value.TryGetDouble(out var number) => OtlpValue.Of(number),
        JsonValueKind.String => long.TryParse(JsonStrings.Read(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? OtlpValue.Of(integer)
            : OtlpValue.Of(JsonStrings.Read(value)),
        JsonValueKind.Object => OtlpValue.Of(ReadHalves(value)),
        _ => default,
    };

    private static OtlpValue ReadDouble(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) => OtlpValue.Of(number),
        JsonValueKind.String => double.TryParse(JsonStrings.Read(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? OtlpValue.Of(number)
            : OtlpValue.Of(JsonStrings.Read(value)),
        _ => default,
    };

    private static string Text(JsonElement owner, string name) =>
        Property(owner, name) is { ValueKind: JsonValueKind.String } text ? JsonStrings.Read(text) : "";

    private static JsonElement? Property(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The items of a list that may be absent; something else in its place refuses the export (langfuse-api §2).</summary>
    private static IEnumerable<JsonElement> Items(JsonElement owner, string name) => Property(owner, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(i => i.ValueKind == JsonValueKind.Object
            ? i
            : throw new OtlpFormatException($"{name} holds something that is no object.")),
        _ => throw new OtlpFormatException($"{name} is no list."),
    };
}
