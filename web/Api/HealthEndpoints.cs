using Actors.Access;
using Actors.Contracts;
using Actors.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Actors.Web.Api;

/// <summary><c>GET /health</c> and <c>GET /ready</c> (langfuse-api §20), without keys.</summary>
internal static class HealthEndpoints
{
    /// <summary>The version of the contract that clients may expect of us.</summary>
    public const string ContractVersion = "4.16.0";

    private const string HealthPath = "/health";
    private const string ReadyPath = "/ready";

    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(3);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(HealthPath, HealthAsync);
        routes.MapGet(ReadyPath, ReadyAsync);
    }

    /// <summary>Whether a path asks how the server does, from whatever machine.</summary>
    public static bool IsAsked(PathString path) => path == HealthPath || path == ReadyPath;

    private static async Task HealthAsync(HttpContext context, IProjectDirectory projects, IGrainFactory grains, TimeProvider time)
    {
        var fault = await FindFaultAsync(context, projects, grains, time);
        await Respond.JsonAsync(
            context,
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            new HealthBody(fault ?? "OK", ContractVersion),
            ContractsJsonContext.Wire.HealthBody);
    }

    private static async Task<string?> FindFaultAsync(HttpContext context, IProjectDirectory projects, IGrainFactory grains, TimeProvider time)
    {
        try
        {
            if (IsAsked(context, "failIfDatabaseUnavailable"))
            {
                await projects.ListAsync(context.RequestAborted);
            }

            var isRecent = !IsAsked(context, "failIfNoRecentEvents")
                || await grains.GetGrain<IEventLogGrain>(0).GetNewestReceiptAsync() is { } newest && time.GetUtcNow() - newest <= Recent;
            return isRecent ? null : "No events within the last 3 minutes";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return "Database not available";
        }
    }

    private static bool IsAsked(HttpContext context, string parameter) =>
        string.Equals(context.Request.Query[parameter], "true", StringComparison.OrdinalIgnoreCase);

    private static Task ReadyAsync(HttpContext context, IHostApplicationLifetime lifetime)
    {
        var ready = lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
        return Respond.JsonAsync(
            context, ready ? 200 : 500, new HealthBody(ready ? "OK" : "Not ready", ContractVersion), ContractsJsonContext.Wire.HealthBody);
    }
}
