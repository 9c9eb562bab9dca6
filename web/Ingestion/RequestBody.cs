using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

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
    public const string EncodingMessage = "Content-Encoding must be gzip, deflate or br";

    private const int FirstBuffer = 16 * 1024;

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
    public static async Task<(RequestBody? Body, BodyProblem Problem)> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            return (null, BodyProblem.TooLarge);
        }

        // One byte more than allowed, so that Kestrel lets us see that the body is too long.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes + 1L;
        }

        if (!TryUnpack(request, out var stream))
        {
            return (null, BodyProblem.UnknownEncoding);
        }

        var known = request.ContentLength is { } length && ReferenceEquals(stream, request.Body) ? (int)length + 1 : FirstBuffer;
        var body = new RequestBody(ArrayPool<byte>.Shared.Rent(known));
        try
        {
            await using (stream)
            {
                while (true)
                {
                    var read = await stream.ReadAsync(body.Free(), request.HttpContext.RequestAborted);
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
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
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

    private static bool TryUnpack(HttpRequest request, out Stream stream)
    {
        string? encoding = request.Headers.ContentEncoding;
        stream = encoding?.Trim().ToLowerInvariant() switch
        {
            null or "" or "identity" => request.Body,
            "gzip" or "x-gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
            "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
            _ => Stream.Null,
        };
        return stream != Stream.Null;
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
