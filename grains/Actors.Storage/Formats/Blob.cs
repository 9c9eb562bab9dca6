using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Actors.Storage.Formats;

/// <summary>
/// The outer layer of a stored blob: one byte says how the rest is packed. 0: as it is. 1: four bytes of length (little
/// endian), then Brotli.
/// </summary>
internal static class Blob
{
    /// <summary>The largest unpacked blob, so that a hostile length cannot exhaust the memory.</summary>
    public const int MaxLength = 256 << 20;

    private const byte Raw = 0;
    private const byte Brotli = 1;
    private const int BrotliHeader = 5;
    private const int Window = 18;

    // The encoder's set-up costs more than the bytes that it would save below this.
    private const int MinLengthToCompress = 256;

    /// <summary>Packs <paramref name="content"/>; compressed only when that is smaller.</summary>
    /// <param name="content">At most <see cref="MaxLength"/> bytes.</param>
    /// <param name="quality">Brotli's quality, 0 to 11.</param>
    public static byte[] Pack(ReadOnlySpan<byte> content, int quality)
    {
        if (content.Length >= MinLengthToCompress)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(content.Length);
            try
            {
                // One eighth must be saved, else reading it back is not worth the work.
                var room = buffer.AsSpan(BrotliHeader, content.Length - (content.Length / 8) - BrotliHeader);
                if (BrotliEncoder.TryCompress(content, room, out var written, quality, Window))
                {
                    buffer[0] = Brotli;
                    BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(1), content.Length);
                    return buffer.AsSpan(0, BrotliHeader + written).ToArray();
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        var raw = new byte[content.Length + 1];
        raw[0] = Raw;
        content.CopyTo(raw.AsSpan(1));
        return raw;
    }

    /// <summary>Unpacks what <see cref="Pack"/> made.</summary>
    /// <exception cref="EventLogFormatException">The bytes are damaged.</exception>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> blob)
    {
        if (blob.IsEmpty)
        {
            throw new EventLogFormatException("The blob is empty.");
        }

        var span = blob.Span;
        return span[0] switch
        {
            Raw => blob[1..],
            Brotli => Decompress(span),
            var flag => throw new EventLogFormatException($"The blob is packed in an unknown way ({flag})."),
        };
    }

    private static byte[] Decompress(ReadOnlySpan<byte> blob)
    {
        var length = blob.Length > BrotliHeader ? BinaryPrimitives.ReadInt32LittleEndian(blob[1..]) : -1;
        if (length is < 0 or > MaxLength)
        {
            throw new EventLogFormatException($"The blob says an impossible length ({length}).");
        }

        var content = GC.AllocateUninitializedArray<byte>(length);
        return BrotliDecoder.TryDecompress(blob[BrotliHeader..], content, out var written) && written == length
            ? content
            : throw new EventLogFormatException($"The blob does not unpack to the {length} bytes that it says.");
    }
}
