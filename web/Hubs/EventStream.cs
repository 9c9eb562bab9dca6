using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Hubs;

/// <summary>
/// Writes frames as server-sent events (HTML Living Standard, section 9.2): one event per message, its id the version. A reader that
/// comes back with a <c>Last-Event-ID</c> begins with a snapshot like everybody else, so nothing has to be kept for it.
/// </summary>
internal static class EventStream
{
    private static readonly byte[] Beginning = "retry: 2000\n\n"u8.ToArray();
    private static readonly byte[] Alive = ":\n\n"u8.ToArray();

    /// <returns>Why there was no event; null: there were some.</returns>
    public static async Task<LiveEnd?> WriteAsync(HttpContext context, IAsyncEnumerable<LiveFrame> frames, TimeSpan keepAlive, TimeProvider time)
    {
        var response = context.Response;
        var gone = context.RequestAborted;
        response.OnStarting(static r => SetHeaders((HttpResponse)r), response);
        await using var events = frames.GetAsyncEnumerator(gone);
        while (true)
        {
            var next = events.MoveNextAsync().AsTask();
            while (!next.IsCompleted && !await CompletesAsync(next, keepAlive, time))
            {
                await SendAsync(response, Alive, gone);
            }

            if (!await next)
            {
                return null;
            }

            if (!response.HasStarted)
            {
                if (events.Current.End is { } end)
                {
                    return end;
                }

                response.BodyWriter.Write(Beginning);
            }

            Write(response.BodyWriter, events.Current);
            await response.BodyWriter.FlushAsync(gone);
        }
    }

    private static Task SetHeaders(HttpResponse response)
    {
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";

            // Proxies that collect answers before they pass them on would hold events back.
            response.Headers["X-Accel-Buffering"] = "no";
        }

        return Task.CompletedTask;
    }

    private static async Task<bool> CompletesAsync(Task<bool> next, TimeSpan atMost, TimeProvider time)
    {
        await ((Task)next).WaitAsync(atMost, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return next.IsCompleted;
    }

    private static void Write(IBufferWriter<byte> writer, LiveFrame frame)
    {
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {frame.Version}\ndata: "), writer);
        writer.Write(frame.Json.Span);
        writer.Write("\n\n"u8);
    }

    private static async Task SendAsync(HttpResponse response, byte[] bytes, CancellationToken gone) =>
        await response.BodyWriter.WriteAsync(bytes, gone);
}
