using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Live;
using Actors.Queries;
using Actors.Web.Auth;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary>
/// The live numbers as JSON: <c>GET /api/internal/live</c> once, <c>/api/internal/live/stream</c> as server-sent events.
/// Internal: for checks and benchmarks of ours, without a promise of its shape.
/// </summary>
internal static class LiveEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var live = routes.MapGroup("/api/internal/live").AddEndpointFilter<ProjectFilter>();
        live.MapGet("", GetAsync);
        live.MapGet("/stream", StreamAsync);
    }

    private static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var project = context.GetProject();
        var snapshot = await grains.GetGrain<IMetricsGrain>(project.Value).GetSnapshotAsync(LiveWindows.None);
        var status = await grains.GetGrain<IAnalyticsGrain>(project.Value).GetStatusAsync();
        var answer = new LiveAnswer(
            project.Value,
            snapshot.Version,
            snapshot.Position,
            snapshot.At,
            snapshot.TracesSeen,
            [.. snapshot.Windows.Select(w => new WindowAnswer(w.Key.Dimension.ToString(), w.Key.Value, (int)w.Window.Length().TotalSeconds, w.Current))],
            new ReadModelAnswer(status.Watermark, status.Head, status.Lag.TotalMilliseconds));
        return Results.Json(answer, LiveJson.Default.LiveAnswer);
    }

    private static async Task StreamAsync(HttpContext context, LiveFeed feed)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";

        // One flag, not a queue: a slow reader gets the newest state.
        using var changed = new SemaphoreSlim(1, 1);
        using var subscription = feed.Subscribe(LiveScope.Of(context.GetProject()), () => Signal(changed));
        long sent = -1;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await changed.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (context.RequestAborted.IsCancellationRequested || subscription.State is not { } state || state.Version == sent)
            {
                continue;
            }

            sent = state.Version;
            var total = state.Window(LiveWindows.FiveMinutes)?.Current;
            var tick = new TickAnswer(state.Version, state.At, state.TracesSeen, total, [.. state.Feed.Select(t => t.TraceId)]);
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(tick, LiveJson.Default.TickAnswer)}\n\n");
            await context.Response.Body.FlushAsync();
        }
    }

    private static void Signal(SemaphoreSlim changed)
    {
        try
        {
            if (changed.CurrentCount == 0)
            {
                changed.Release();
            }
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else has signalled already, or the reader is gone.
        }
    }
}

internal sealed record LiveAnswer(
    string Project,
    long Version,
    long Position,
    DateTimeOffset At,
    long TracesSeen,
    IReadOnlyList<WindowAnswer> Windows,
    ReadModelAnswer Analytics);

internal sealed record WindowAnswer(string Dimension, string Value, int Seconds, LiveStats Current);

internal sealed record ReadModelAnswer(long Watermark, long Head, double LagMs);

internal sealed record TickAnswer(long Version, DateTimeOffset At, long Traces, LiveStats? Total, IReadOnlyList<string> Feed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSerializable(typeof(TickAnswer))]
internal sealed partial class LiveJson : JsonSerializerContext;
