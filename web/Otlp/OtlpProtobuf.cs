using System.Security.Cryptography;

namespace Actors.Web.Otlp;

/// <summary>
/// Reads <c>ExportTraceServiceRequest</c> in the binary form of OTLP 1.x. Field numbers are those of the published
/// protocol (opentelemetry.proto.trace.v1); fields that mean nothing to us are skipped.
/// </summary>
internal static class OtlpProtobuf
{
    /// <summary>Reads a whole export.</summary>
    /// <exception cref="OtlpFormatException">It is damaged or has bad ids.</exception>
    public static List<OtlpSpanGroup> Read(ReadOnlySpan<byte> message)
    {
        var groups = new List<OtlpSpanGroup>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                ReadResourceSpans(reader.ReadBytes(), groups);
            }
            else
            {
                reader.Skip();
            }
        }

        return groups;
    }

    private static void ReadResourceSpans(ReadOnlySpan<byte> message, List<OtlpSpanGroup> groups)
    {
        var resource = OtlpAttributeSet.Empty;
        var scopes = new List<(OtlpScope Scope, List<OtlpSpan> Spans)>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    resource = ReadAttributes(reader.ReadBytes(), field: 1, depth: 0);
                    break;
                case 2:
                    scopes.Add(ReadScopeSpans(reader.ReadBytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        groups.AddRange(scopes.Select(s => new OtlpSpanGroup(resource, s.Scope, s.Spans)));
    }

    private static (OtlpScope Scope, List<OtlpSpan> Spans) ReadScopeSpans(ReadOnlySpan<byte> message)
    {
        var scope = OtlpScope.Unknown;
        var spans = new List<OtlpSpan>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    scope = ReadScope(reader.ReadBytes());
                    break;
                case 2:
                    spans.Add(ReadSpan(reader.ReadBytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (scope, spans);
    }

    private static OtlpScope ReadScope(ReadOnlySpan<byte> message)
    {
        string name = "", version = "";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.ReadString();
                    break;
                case 2:
                    version = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OtlpScope(name, version, ReadAttributes(message, field: 3, depth: 0));
    }

    private static OtlpSpan ReadSpan(ReadOnlySpan<byte> message)
    {
        string traceId = "", spanId = "", name = "", statusMessage = "";
        string? parentSpanId = null;
        ulong start = 0, end = 0;
        var isError = false;
        var attributes = new Dictionary<string, OtlpValue>(StringComparer.Ordinal);
        List<OtlpSpanEvent>? events = null;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    traceId = OtlpIds.FromBytes(reader.ReadBytes());
                    break;
                case 2:
                    spanId = OtlpIds.FromBytes(reader.ReadBytes());
                    break;
                case 4:
                    parentSpanId = OtlpIds.FromOptionalBytes(reader.ReadBytes());
                    break;
                case 5:
                    name = reader.ReadString();
                    break;
                case 7:
                    start = reader.ReadFixed64();
                    break;
                case 8:
                    end = reader.ReadFixed64();
                    break;
                case 9:
                    ReadAttribute(reader.ReadBytes(), attributes, depth: 0);
                    break;
                case 11:
                    (events ??= []).Add(ReadEvent(reader.ReadBytes()));
                    break;
                case 15:
                    (isError, statusMessage) = ReadStatus(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        OtlpIds.Require(traceId, "traceId");
        OtlpIds.Require(spanId, "spanId");
        return new OtlpSpan
        {
            TraceId = traceId,
            SpanId = spanId,
            ParentSpanId = parentSpanId,
            Name = name,
            Start = start,
            End = end,
            Attributes = new OtlpAttributeSet(attributes),
            Events = (IReadOnlyList<OtlpSpanEvent>?)events ?? [],
            IsError = isError,
            StatusMessage = statusMessage,
            ContentHash = Hash(message),
        };
    }

    /// <summary>A short name of some content.</summary>
    public static string Hash(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    private static OtlpSpanEvent ReadEvent(ReadOnlySpan<byte> message)
    {
        var name = "";
        ulong time = 0;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    time = reader.ReadFixed64();
                    break;
                case 2:
                    name = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OtlpSpanEvent(name, time, ReadAttributes(message, field: 3, depth: 0));
    }

    private static (bool IsError, string Message) ReadStatus(ReadOnlySpan<byte> message)
    {
        const ulong Error = 2;
        var (isError, text) = (false, "");
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    text = reader.ReadString();
                    break;
                case 3:
                    isError = reader.ReadVarint() == Error;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (isError, text);
    }

    private static OtlpAttributeSet ReadAttributes(ReadOnlySpan<byte> message, int field, int depth)
    {
        var attributes = new Dictionary<string, OtlpValue>(StringComparer.Ordinal);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                ReadAttribute(reader.ReadBytes(), attributes, depth);
            }
            else
            {
                reader.Skip();
            }
        }

        return new OtlpAttributeSet(attributes);
    }

    private static void ReadAttribute(ReadOnlySpan<byte> message, Dictionary<string, OtlpValue> attributes, int depth)
    {
        var key = "";
        var value = default(OtlpValue);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.ReadString();
                    break;
                case 2:
                    value = ReadValue(reader.ReadBytes(), depth + 1);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        attributes[key] = value;
    }

    private static OtlpValue ReadValue(ReadOnlySpan<byte> message, int depth)
    {
        if (depth > OtlpValue.MaxDepth)
        {
            throw new OtlpFormatException($"An attribute is nested deeper than {OtlpValue.MaxDepth} levels.");
        }

        var value = default(OtlpValue);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    value = OtlpValue.Of(reader.ReadString());
                    break;
                case 2:
                    value = OtlpValue.Of(reader.ReadVarint() != 0);
                    break;
                case 3:
                    value = OtlpValue.Of((long)reader.ReadVarint());
                    break;
                case 4:
                    value = OtlpValue.Of(BitConverter.UInt64BitsToDouble(reader.ReadFixed64()));
                    break;
                case 5:
                    value = OtlpValue.Of(ReadList(reader.ReadBytes(), depth));
                    break;
                case 6:
                    value = OtlpValue.Of(ReadAttributes(reader.ReadBytes(), field: 1, depth));
                    break;
                case 7:
                    value = OtlpValue.Of(Convert.ToBase64String(reader.ReadBytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    private static List<OtlpValue> ReadList(ReadOnlySpan<byte> message, int depth)
    {
        var items = new List<OtlpValue>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                items.Add(ReadValue(reader.ReadBytes(), depth + 1));
            }
            else
            {
                reader.Skip();
            }
        }

        return items;
    }
}
