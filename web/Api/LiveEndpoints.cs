using System.Text.Json.Serialization;
using Actors.Live;
using Actors.Queries;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary>
/// The live numbers and what the read model holds as JSON: <c>GET /api/internal/live</c>. Internal: for checks and benchmarks of
/// ours, without a promise of its shape.
/// </summary>
internal static class LiveEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var live = routes.MapGroup("/api/internal/live").AddEndpointFilter<ProjectFilter>();
        live.MapGet("", GetAsync);
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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveAnswer))]
internal sealed partial class LiveJson : JsonSerializerContext;
