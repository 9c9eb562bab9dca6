using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Contracts;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api;

/// <summary>Writes answers.</summary>
internal static class Respond
{
    public const string RetryAfterSeconds = "2";

    public static async Task JsonAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, body, type, context.RequestAborted);
    }

    public static Task ErrorAsync(HttpContext context, int status, string message, string? error) => CodedErrors.AreSpokenBy(context)
        ? CodedErrors.AnswerAsync(context, status, message)
        : JsonAsync(context, status, new ErrorBody(message, error), ContractsJsonContext.Wire.ErrorBody);

    /// <summary>Answers 400 and says what is wrong where; <paramref name="code"/> is for the routes whose errors have codes.</summary>
    public static Task IssuesAsync(HttpContext context, InvalidRequestBody problem, string code) => CodedErrors.AreSpokenBy(context)
        ? CodedErrors.AnswerAsync(context, problem, code)
        : JsonAsync(context, 400, problem, ContractsJsonContext.Wire.InvalidRequestBody);

    /// <summary>Says that it will pass, and when to come back.</summary>
    public static Task UnavailableAsync(HttpContext context, string message)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, message, "ServiceUnavailable");
    }

    public static Task NotFoundAsync(HttpContext context, string message) =>
        ErrorAsync(context, StatusCodes.Status404NotFound, message, "LangfuseNotFoundError");

    /// <summary>Answers why a store did not do what it was asked.</summary>
    public static Task RefusalAsync(HttpContext context, Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.NotFound => NotFoundAsync(context, refusal.Message),
        RefusalKind.Conflict => ErrorAsync(context, StatusCodes.Status409Conflict, refusal.Message, "LangfuseConflictError"),
        _ => InvalidAsync(context, refusal.Message),
    };

    /// <summary>Answers what was done, or why it was not.</summary>
    public static Task DoneAsync(HttpContext context, Refusal? refusal, string done) => refusal is null
        ? JsonAsync(context, 200, new MessageBody(done), ContractsJsonContext.Wire.MessageBody)
        : RefusalAsync(context, refusal);

    public static Task InvalidAsync(HttpContext context, string message) =>
        ErrorAsync(context, StatusCodes.Status400BadRequest, message, "InvalidRequestError");

    public static PageBody<T> Page<T>(Slice<T> slice, PageRequest page) => Page(slice.Items, page.Page, page.Limit, slice.TotalItems);

    public static PageBody<T> Page<T>(IReadOnlyList<T> items, int page, int limit, long totalItems) =>
        new(items, new PageMeta(page, limit, totalItems, (totalItems + limit - 1) / limit));
}
