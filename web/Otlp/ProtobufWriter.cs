using System.Text;

namespace Actors.Web.Otlp;

/// <summary>Writes the protobuf wire format; enough for small answers.</summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0;
    private const int DelimitedType = 2;

    private readonly List<byte> _bytes = [];

    public ProtobufWriter Varint(int field, ulong value)
    {
        Write((ulong)((field << 3) | VarintType));
        Write(value);
        return this;
    }

    public ProtobufWriter Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    public byte[] ToArray() => [.. _bytes];

    private ProtobufWriter Bytes(int field, byte[] bytes)
    {
        Write((ulong)((field << 3) | DelimitedType));
        Write((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    private void Write(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.Add((byte)value);
    }
}
