using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests;

internal sealed partial record SpanSample
{
    /// <summary>The export that holds this span alone, in the binary form.</summary>
    public byte[] ToProtobuf()
    {
        byte[] span =
        [
            .. Bytes(1, Convert.FromHexString(TraceId)),
            .. Bytes(2, Convert.FromHexString(SpanId)),
            .. Parent is null ? [] : Bytes(4, Convert.FromHexString(Parent)),
            .. Text(5, Name),
            .. Fixed(7, 1767607200000000000),
            .. Fixed(8, 1767607202500000000),
            .. List(9, Attributes),
            .. Events.SelectMany(e => Bytes(11, [.. Fixed(1, 1767607201000000000), .. Text(2, e.Name), .. List(3, e.Attributes)])),
        ];
        var scope = Bytes(1, [.. Text(1, Scope), .. Text(2, ScopeVersion)]);
        return Bytes(1, [.. Bytes(1, List(1, Resource)), .. Bytes(2, [.. scope, .. Bytes(2, span)])]);
    }

    private static byte[] List(int field, string attributes) =>
        [.. JsonNode.Parse(attributes)!.AsObject().SelectMany(a => Bytes(field, [.. Text(1, a.Key), .. Bytes(2, BinaryValue(a.Value!))]))];

    private static byte[] BinaryValue(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => Text(1, value.GetValue<string>()),
        JsonValueKind.True => Varint(2, 1),
        JsonValueKind.False => Varint(2, 0),
        JsonValueKind.Number when value.AsValue().TryGetValue<long>(out var integer) => Varint(3, (ulong)integer),
        JsonValueKind.Number => Fixed(4, BitConverter.DoubleToUInt64Bits(value.GetValue<double>())),
        JsonValueKind.Array => Bytes(5, [.. value.AsArray().SelectMany(i => Bytes(1, BinaryValue(i!)))]),
        _ => Bytes(6, List(1, value.ToJsonString())),
    };

    private static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

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
