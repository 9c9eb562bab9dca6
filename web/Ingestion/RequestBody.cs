using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Actors.Web.Ingestion;

/// <summary>Why a body could not be read.</summary>
internal enum BodyProblem
{
    None,
    TooLarge,
    Damaged,
    UnknownEncoding,
}

/// <summary>A whole request body, unpacked, in a rented buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>What to say of an encoding that is not known.</summary>
    public const string EncodingMessage = "Content-Encoding must be gzip, deflate, br or zstd";

    private const int FirstBuffer = 16 * 1024;

    // 8 MB, which RFC 8878 asks every reader to have and no writer to exceed.
    private const int MaxZstdWindowLog = 23;

    // What text usually packs to.
    private const int UsualRatio = 10;

    private byte[] _buffer;

    private RequestBody(byte[] buffer) => _buffer = buffer;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Length);

    /// <summary>How many bytes the body will probably have, before it is read: at least 1.</summary>
    public static int Expect(HttpRequest request, int maxBytes)
    {
        var packed = !string.IsNullOrEmpty(request.Headers.ContentEncoding);
        var length = request.ContentLength is { } known ? known * (packed ? UsualRatio : 1) : maxBytes;
        return (int)Math.Clamp(length, 1, maxBytes);
    }

    /// <summary>Reads and unpacks the body, never more than <paramref name="maxBytes"/> on either side of the packing.</summary>
    public static Task<(RequestBody? Body, BodyProblem Problem)> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            return Task.FromResult<(RequestBody?, BodyProblem)>((null, BodyProblem.TooLarge));
        }

        // One byte more than allowed, so that Kestrel lets us see that the body is too long.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes + 1L;
        }

        return ReadAsync(
            request.Body, request.Headers.ContentEncoding, maxBytes, (int?)request.ContentLength, request.HttpContext.RequestAborted);
    }

    /// <summary>Reads and unpacks a stream, never more than <paramref name="maxBytes"/> of what comes out, and disposes it.</summary>
    /// <param name="packed">The stream.</param>
    /// <param name="encoding">How it is packed, as <c>Content-Encoding</c> says it.</param>
    /// <param name="maxBytes">The most bytes.</param>
    /// <param name="length">The bytes of the stream; null: unknown.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<(RequestBody? Body, BodyProblem Problem)> ReadAsync(
        Stream packed, string? encoding, int maxBytes, int? length, CancellationToken cancellationToken)
    {
        if (!TryUnpack(packed, encoding, out var stream))
        {
            return (null, BodyProblem.UnknownEncoding);
        }

        var known = length is { } bytes && ReferenceEquals(stream, packed) ? bytes + 1 : FirstBuffer;
        var body = new RequestBody(ArrayPool<byte>.Shared.Rent(known));
        try
        {
            await using (stream)
            {
                while (true)
                {
                    var read = await stream.ReadAsync(body.Free(), cancellationToken);
                    if (read == 0)
                    {
                        return (body, BodyProblem.None);
                    }

                    body.Length += read;
                    if (body.Length > maxBytes)
                    {
                        body.Dispose();
                        return (null, BodyProblem.TooLarge);
                    }
                }
            }
        }
        catch (BadHttpRequestException e)
        {
            body.Dispose();
            return (null, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? BodyProblem.TooLarge : BodyProblem.Damaged);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException or ZstdException)
        {
            body.Dispose();
            return (null, BodyProblem.Damaged);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private static bool TryUnpack(Stream packed, string? encoding, out Stream stream)
    {
        stream = encoding?.Trim().ToLowerInvariant() switch
        {
            null or "" or "identity" => packed,
            "gzip" or "x-gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "zstd" => Zstd(packed),
            _ => Stream.Null,
        };
        return stream != Stream.Null;
    }

    // A frame names the memory that it wants for its window; a few bytes could ask for gigabytes.
    private static DecompressionStream Zstd(Stream packed)
    {
        var decompressor = new Decompressor();
        decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxZstdWindowLog);
        return new DecompressionStream(packed, decompressor, preserveDecompressor: false, leaveOpen: false);
    }

    private Memory<byte> Free()
    {
        if (Length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(Length);
    }
}
