using System.Buffers.Binary;
using System.Text;

namespace Actors.Web.Otlp;

/// <summary>
/// Reads the protobuf wire format in place. It never reads past the end and never takes memory for a length that the
/// message only claims.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = bytes;
    private int _wireType;

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarintCore();
        (Field, _wireType) = ((int)(tag >> 3), (int)(tag & 7));
        return tag <= uint.MaxValue && Field > 0 ? true : throw Damaged();
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        Expect(Delimited);
        var length = ReadVarintCore();
        if (length > (ulong)_rest.Length)
        {
            throw new OtlpFormatException("The protobuf message is cut off or damaged: a length reaches past its end.");
        }

        var value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return value;
    }

    /// <summary>Text; bytes that are no UTF-8 become replacement characters, so that one bad text costs no span.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    public ulong ReadVarint()
    {
        Expect(Varint);
        return ReadVarintCore();
    }

    public ulong ReadFixed64()
    {
        Expect(Fixed64);
        return BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
    }

    public void Skip()
    {
        switch (_wireType)
        {
            case Varint:
                ReadVarintCore();
                break;
            case Fixed64:
                Take(8);
                break;
            case Delimited:
                ReadBytes();
                break;
            case Fixed32:
                Take(4);
                break;
            default:
                throw Damaged();
        }
    }

    private static OtlpFormatException Damaged() => new("The protobuf message is damaged.");

    private readonly void Expect(int wireType)
    {
        if (_wireType != wireType)
        {
            throw new OtlpFormatException($"The protobuf field {Field} has the wrong wire type.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw Damaged();
        }

        var value = _rest[..count];
        _rest = _rest[count..];
        return value;
    }

    private ulong ReadVarintCore()
    {
        ulong value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw Damaged();
    }
}
