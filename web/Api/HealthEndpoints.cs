using Actors.Access;
using Actors.Contracts;
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

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", HealthAsync);
        routes.MapGet("/ready", ReadyAsync);
    }

    private static async Task HealthAsync(HttpContext context, IProjectDirectory projects)
    {
        var status = StatusCodes.Status200OK;
        if (string.Equals(context.Request.Query["failIfDatabaseUnavailable"], "true", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                await projects.ListAsync(context.RequestAborted);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                status = StatusCodes.Status503ServiceUnavailable;
            }
        }

        await Respond.JsonAsync(
            context,
            status,
            new HealthBody(status == StatusCodes.Status200OK ? "OK" : "Database not available", ContractVersion),
            ContractsJsonContext.Wire.HealthBody);
    }

    private static Task ReadyAsync(HttpContext context, IHostApplicationLifetime lifetime)
    {
        var ready = lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
        return Respond.JsonAsync(
            context, ready ? 200 : 500, new HealthBody(ready ? "OK" : "Not ready", ContractVersion), ContractsJsonContext.Wire.HealthBody);
    }
}
