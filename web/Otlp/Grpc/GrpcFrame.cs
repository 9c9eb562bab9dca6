using System.Buffers.Binary;

namespace Actors.Web.Otlp.Grpc;

/// <summary>The prefix of a message: one byte that says whether it is packed, and its length as sent.</summary>
/// <param name="IsPacked">Whether the message is packed as <c>grpc-encoding</c> says.</param>
/// <param name="Length">The bytes that follow.</param>
internal readonly record struct GrpcFrame(bool IsPacked, uint Length)
{
    public const int PrefixLength = 5;

    /// <summary>Reads the prefix; null when it is cut off or none.</summary>
    public static async Task<GrpcFrame?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixLength];
        return await body.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false, cancellationToken) == PrefixLength && prefix[0] <= 1
            ? new GrpcFrame(prefix[0] == 1, BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1)))
            : null;
    }
}
