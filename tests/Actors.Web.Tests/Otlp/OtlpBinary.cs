using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests;

/// <summary>Writes an export in the JSON form as the binary form of the same message (opentelemetry-proto 1.x, trace.proto).</summary>
internal static class OtlpBinary
{
    public static byte[] Of(JsonObject export) => Each(export, "resourceSpans", 1, resourceSpans =>
    [
        .. Bytes(1, Attributes(resourceSpans["resource"]!, 1)),
        .. Each(resourceSpans, "scopeSpans", 2, scopeSpans =>
        [
            .. Bytes(1, [.. Text(1, scopeSpans["scope"]!["name"]), .. Text(2, scopeSpans["scope"]!["version"])]),
            .. Each(scopeSpans, "spans", 2, Span),
        ]),
    ]);

    private static byte[] Span(JsonNode span) =>
    [
        .. Id(1, span["traceId"]),
        .. Id(2, span["spanId"]),
        .. Id(4, span["parentSpanId"]),
        .. Text(5, span["name"]),
        .. Fixed(7, Number(span["startTimeUnixNano"]!)),
        .. Fixed(8, Number(span["endTimeUnixNano"]!)),
        .. Attributes(span, 9),
        .. Each(span, "events", 11, e => [.. Fixed(1, Number(e["timeUnixNano"]!)), .. Text(2, e["name"]), .. Attributes(e, 3)]),
        .. span["status"] is { } status ? Bytes(15, [.. Text(2, status["message"]), .. Varint(3, Number(status["code"]!))]) : [],
    ];

    private static byte[] Attributes(JsonNode owner, int field, string name = "attributes") =>
        Each(owner, name, field, a => [.. Text(1, a["key"]), .. Bytes(2, Value(a["value"]!.AsObject()))]);

    private static byte[] Value(JsonObject value) => value.FirstOrDefault() switch
    {
        { Key: "stringValue" } v => Text(1, v.Value),
        { Key: "boolValue" } v => Varint(2, v.Value!.GetValue<bool>() ? 1UL : 0),
        { Key: "intValue" } v => Varint(3, (ulong)long.Parse(v.Value!.ToString(), CultureInfo.InvariantCulture)),
        { Key: "doubleValue" } v => Fixed(4, BitConverter.DoubleToUInt64Bits(double.Parse(v.Value!.ToString(), CultureInfo.InvariantCulture))),
        { Key: "arrayValue" } v => Bytes(5, Each(v.Value!, "values", 1, item => Value(item.AsObject()))),
        { Key: "kvlistValue" } v => Bytes(6, Attributes(v.Value!, 1, "values")),
        _ => [],
    };

    private static byte[] Each(JsonNode owner, string name, int field, Func<JsonNode, byte[]> write) =>
        [.. (owner[name]?.AsArray() ?? []).SelectMany(item => Bytes(field, write(item!)))];

    private static ulong Number(JsonNode node) => ulong.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private static byte[] Id(int field, JsonNode? hex) => hex is null ? [] : Bytes(field, Convert.FromHexString(hex.GetValue<string>()));

    private static byte[] Text(int field, JsonNode? text) => Bytes(field, Encoding.UTF8.GetBytes(text!.GetValue<string>()));

    private static byte[] Bytes(int field, byte[] content) => Write(field, 2, writer =>
    {
        writer.Write7BitEncodedInt(content.Length);
        writer.Write(content);
    });

    private static byte[] Varint(int field, ulong value) => Write(field, 0, writer => writer.Write7BitEncodedInt64((long)value));

    private static byte[] Fixed(int field, ulong value) => Write(field, 1, writer => writer.Write(value));

    private static byte[] Write(int field, int wireType, Action<BinaryWriter> content)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt((field << 3) | wireType);
        content(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
