using Actors.Contracts;
using Actors.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Actors.Web.Api.Operations;

/// <summary>Copies of an embedded server, for whoever runs it: <c>/api/admin/actors/backups</c>.</summary>
internal static class BackupEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/actors/backups", TakeAsync);
        routes.MapGet("/actors/backups", ListAsync);
    }

    // It goes on when the caller hangs up: a proxy may be less patient than a large copy needs.
    private static async Task TakeAsync(HttpContext context, IBackups backups, IHostApplicationLifetime lifetime)
    {
        try
        {
            var outcome = await backups.TakeAsync(lifetime.ApplicationStopping);
            await (outcome.Value is { } taken
                ? Respond.JsonAsync(context, StatusCodes.Status201Created, ToBody(taken), ContractsJsonContext.Wire.BackupBody)
                : Respond.RefusalAsync(context, outcome.Refusal!));
        }
        catch (BackupFailedException e)
        {
            await Respond.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message, "BackupFailedError");
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await Respond.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, "The server stops", "BackupFailedError");
        }
    }

    private static async Task ListAsync(HttpContext context, IBackups backups)
    {
        var all = await backups.ListAsync(context.RequestAborted);
        await Respond.JsonAsync(
            context, StatusCodes.Status200OK, new BackupsBody([.. all.Select(ToBody)]), ContractsJsonContext.Wire.BackupsBody);
    }

    private static BackupBody ToBody(BackupRecord backup) =>
        new(backup.Name, backup.Path, backup.TakenAt, backup.Files, backup.SizeBytes);
}
