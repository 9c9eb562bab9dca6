using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Otlp.Grpc;

/// <summary>Writes answers of unary gRPC calls (the gRPC protocol over HTTP/2).</summary>
internal static class GrpcAnswer
{
    public const string ContentType = "application/grpc";

    private const string Status = "grpc-status";
    private const string Message = "grpc-message";
    private const string Details = "grpc-status-details-bin";

    /// <summary>Answers one message.</summary>
    public static async Task MessageAsync(HttpContext context, byte[] message)
    {
        var frame = new byte[GrpcFrame.PrefixLength + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, GrpcFrame.PrefixLength);
        context.Response.ContentType = ContentType;
        await context.Response.Body.WriteAsync(frame, context.RequestAborted);
        context.Response.AppendTrailer(Status, Number(GrpcStatus.Ok));
    }

    /// <summary>Refuses the call; without a message the status travels in the header.</summary>
    /// <param name="context">The call.</param>
    /// <param name="status">Why, for programs.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="retryAfter">When to try again; null: the status alone decides.</param>
    public static Task RefuseAsync(HttpContext context, GrpcStatus status, string message, TimeSpan? retryAfter = null)
    {
        context.Response.ContentType = ContentType;
        var headers = context.Response.Headers;
        headers[Status] = Number(status);
        headers[Message] = Percent(message);
        if (retryAfter is { } after)
        {
            headers[Details] = Convert.ToBase64String(OtlpAnswers.RetryStatus((int)status, message, after)).TrimEnd('=');
        }

        return context.Response.CompleteAsync();
    }

    private static string Number(GrpcStatus status) => ((int)status).ToString(CultureInfo.InvariantCulture);

    // Bytes beyond printable ASCII travel percent-encoded.
    private static string Percent(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return text.ToString();
    }
}
