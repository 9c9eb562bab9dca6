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
        var scope = ScopeOf(project, context.Request.Query);
        _ = Enum.TryParse<LiveWindows>(context.Request.Query["windows"], ignoreCase: true, out var wanted);
        var snapshot = await GrainCalls.ReadAsync(() => scope.GrainOf(grains).GetSnapshotAsync(wanted), context);
        var status = await grains.GetGrain<IAnalyticsGrain>(project.Value).ReadAsync(a => a.GetStatusAsync(), context);
        var answer = new LiveAnswer(
            project.Value,
            snapshot.Version,
            snapshot.Position,
            snapshot.At,
            snapshot.TracesSeen,
            snapshot.Running,
            snapshot.Seen,
            [.. snapshot.Windows.Select(ToAnswer)],
            new ReadModelAnswer(status.Watermark, status.Head, status.Lag.TotalMilliseconds));
        return Results.Json(answer, LiveJson.Default.LiveAnswer);
    }

    private static LiveScope ScopeOf(ProjectId project, IQueryCollection query)
    {
        foreach (var kind in new[] { LiveScopeKind.Session, LiveScopeKind.User, LiveScopeKind.Prompt })
        {
            if (query[kind.ToString()].ToString() is { Length: > 0 } value)
            {
                return new LiveScope(project, kind, value);
            }
        }

        _ = LiveFilter.TryParse(query["filter"], out var filter);
        return LiveScope.Of(project, filter);
    }

    private static WindowAnswer ToAnswer(LiveWindow w) => new(
        w.Key.Dimension.ToString(),
        w.Key.Value,
        w.Window == LiveWindows.AllTime ? 0 : (int)w.Window.Length().TotalSeconds,
        w.Window == LiveWindows.AllTime ? null : w.From,
        w.IsWaiting,
        w.Current,
        w.Previous,
        w.Yesterday);
}

internal sealed record LiveAnswer(
    string Project,
    long Version,
    long Position,
    DateTimeOffset At,
    long TracesSeen,
    int Running,
    LiveSeen? Seen,
    IReadOnlyList<WindowAnswer> Windows,
    ReadModelAnswer Analytics);

/// <param name="Dimension">What the series is about.</param>
/// <param name="Value">Of which value.</param>
/// <param name="Seconds">The length of the window; 0: all time.</param>
/// <param name="From">Its first second; null: all time.</param>
/// <param name="IsWaiting">Whether some of its numbers wait to be confirmed.</param>
/// <param name="Current">The window that ends now.</param>
/// <param name="Previous">The one before it.</param>
/// <param name="Yesterday">The same window a day earlier.</param>
internal sealed record WindowAnswer(
    string Dimension, string Value, int Seconds, long? From, bool IsWaiting, LiveStats Current, LiveStats? Previous, LiveStats? Yesterday);

internal sealed record ReadModelAnswer(long Watermark, long Head, double LagMs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveAnswer))]
internal sealed partial class LiveJson : JsonSerializerContext;
