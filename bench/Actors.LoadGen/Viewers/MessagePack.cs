using System.Buffers.Binary;
using System.Text;

namespace Actors.LoadGen.Viewers;

/// <summary>As much of MessagePack as the protocol of Blazor circuits needs (github.com/msgpack/msgpack/blob/master/spec.md).</summary>
internal static class MessagePack
{
    /// <summary>Writes a value: null, a bool, a long, a text, or an array of such.</summary>
    public static void Write(List<byte> to, object? value)
    {
        switch (value)
        {
            case null:
                to.Add(0xc0);
                break;
            case bool flag:
                to.Add(flag ? (byte)0xc3 : (byte)0xc2);
                break;
            case long number:
                to.Add(0xd3);
                Big(to, number, 8);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                to.Add(0xdb);
                Big(to, bytes.Length, 4);
                to.AddRange(bytes);
                break;
            case object?[] items:
                to.Add(0xdc);
                Big(to, items.Length, 2);
                foreach (var item in items)
                {
                    Write(to, item);
                }

                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} is not written.", nameof(value));
        }
    }

    /// <summary>Reads a value from the beginning of some bytes: null, bool, long, double, text, byte[] or an array. Maps are read and dropped.</summary>
    public static object? Read(ref ReadOnlySpan<byte> from)
    {
        var kind = from[0];
        from = from[1..];
        return kind switch
        {
            < 0x80 => (long)kind,
            < 0x90 => Map(ref from, kind & 0x0f),
            < 0xa0 => Items(ref from, kind & 0x0f),
            < 0xc0 => Encoding.UTF8.GetString(Take(ref from, kind & 0x1f)),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 => Take(ref from, (int)Unsigned(ref from, 1)).ToArray(),
            0xc5 => Take(ref from, (int)Unsigned(ref from, 2)).ToArray(),
            0xc6 => Take(ref from, (int)Unsigned(ref from, 4)).ToArray(),
            0xca => (double)BinaryPrimitives.ReadSingleBigEndian(Take(ref from, 4)),
            0xcb => BinaryPrimitives.ReadDoubleBigEndian(Take(ref from, 8)),
            >= 0xcc and <= 0xcf => Unsigned(ref from, 1 << (kind - 0xcc)),
            0xd0 => (long)(sbyte)Take(ref from, 1)[0],
            0xd1 => (long)BinaryPrimitives.ReadInt16BigEndian(Take(ref from, 2)),
            0xd2 => (long)BinaryPrimitives.ReadInt32BigEndian(Take(ref from, 4)),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(ref from, 8)),
            >= 0xd9 and <= 0xdb => Encoding.UTF8.GetString(Take(ref from, (int)Unsigned(ref from, 1 << (kind - 0xd9)))),
            0xdc => Items(ref from, (int)Unsigned(ref from, 2)),
            0xdd => Items(ref from, (int)Unsigned(ref from, 4)),
            0xde => Map(ref from, (int)Unsigned(ref from, 2)),
            0xdf => Map(ref from, (int)Unsigned(ref from, 4)),
            >= 0xe0 => (long)(sbyte)kind,
            _ => throw new FormatException($"0x{kind:x2} is no type that the protocol uses."),
        };
    }

    private static object?[] Items(ref ReadOnlySpan<byte> from, int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Read(ref from);
        }

        return items;
    }

    private static object? Map(ref ReadOnlySpan<byte> from, int count)
    {
        _ = Items(ref from, 2 * count);
        return null;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int length)
    {
        var taken = from[..length];
        from = from[length..];
        return taken;
    }

    private static long Unsigned(ref ReadOnlySpan<byte> from, int length)
    {
        var number = 0L;
        foreach (var part in Take(ref from, length))
        {
            number = (number << 8) | part;
        }

        return number;
    }

    private static void Big(List<byte> to, long number, int length)
    {
        for (var shift = 8 * (length - 1); shift >= 0; shift -= 8)
        {
            to.Add((byte)(number >> shift));
        }
    }
}
