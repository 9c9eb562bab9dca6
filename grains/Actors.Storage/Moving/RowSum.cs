using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Storage.Moving;

/// <summary>
/// How many rows there are, and the sum of their hashes: equal for the same rows in whatever order they are read. A row is
/// hashed with the length of each of its parts, so that no part can pass for another.
/// </summary>
internal sealed class RowSum : IDisposable
{
    private readonly IncrementalHash _row = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ulong[] _sum = new ulong[4];

    /// <summary>How many rows.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a part of the row that is being read; null is not the same as empty.</summary>
    public RowSum With(byte[]? part)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, part?.Length ?? -1);
        _row.AppendData(length);
        _row.AppendData(part ?? []);
        return this;
    }

    /// <summary>Adds a part of the row that is being read.</summary>
    public RowSum With(string part) => With(Encoding.UTF8.GetBytes(part));

    /// <summary>Adds a part of the row that is being read.</summary>
    public RowSum With(long part)
    {
        Span<byte> value = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(value, part);
        _row.AppendData(value);
        return this;
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        Span<byte> hash = stackalloc byte[32];
        _row.GetHashAndReset(hash);
        ulong carry = 0;
        for (var i = 0; i < _sum.Length; i++)
        {
            var sum = (UInt128)_sum[i] + BinaryPrimitives.ReadUInt64LittleEndian(hash[(8 * i)..]) + carry;
            (_sum[i], carry) = ((ulong)sum, (ulong)(sum >> 64));
        }

        Count++;
    }

    /// <summary>Whether the other one is the sum of the same rows.</summary>
    public bool IsOfSameRows(RowSum other) => Count == other.Count && _sum.AsSpan().SequenceEqual(other._sum);

    /// <inheritdoc/>
    public void Dispose() => _row.Dispose();
}
