using Actors.Contracts;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Api;

/// <summary>The answers of routes that store one thing.</summary>
internal static class SingleEventAnswers
{
    /// <summary>Says the id of what was stored, or that it was not.</summary>
    public static Task AnswerAsync(HttpContext context, AppendResult result, string id) => result switch
    {
        AppendResult.Stored => Respond.JsonAsync(context, 200, new IdBody(id), ContractsJsonContext.Wire.IdBody),
        AppendResult.Overloaded => context.RequestServices.GetRequiredService<Admission>().RefuseAsync(context, RefusalReason.LogQueue),
        AppendResult.Unavailable => Respond.UnavailableAsync(context, "The event could not be stored; send it again."),
        _ => Respond.ErrorAsync(context, 500, "Internal Server Error", "InternalServerError"),
    };

    /// <summary>Says what is wrong with a body.</summary>
    public static Task RefuseAsync(HttpContext context, IReadOnlyList<RequestIssue> issues) => Respond.JsonAsync(
        context, 400, new InvalidRequestBody("Invalid request data", issues), ContractsJsonContext.Wire.InvalidRequestBody);
}
