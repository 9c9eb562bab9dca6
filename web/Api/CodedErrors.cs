using Actors.Contracts;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api;

/// <summary>The errors of the routes that the contract calls unstable: each has a code (langfuse-api §0.3).</summary>
internal static class CodedErrors
{
    /// <summary>What their paths begin with, below that of the public API.</summary>
    public const string Prefix = "/unstable";

    private static readonly PathString Whole = new("/api/public" + Prefix);

    /// <summary>Whether a request is for one of them.</summary>
    public static bool AreSpokenBy(HttpContext context) => context.Request.Path.StartsWithSegments(Whole, StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers an error.</summary>
    public static Task AnswerAsync(HttpContext context, int status, string message) =>
        Respond.JsonAsync(context, status, new CodedErrorBody(message, Code(status)), ContractsJsonContext.Wire.CodedErrorBody);

    /// <summary>Answers what is wrong with a request.</summary>
    public static Task AnswerAsync(HttpContext context, InvalidRequestBody problem, string code) => Respond.JsonAsync(
        context,
        StatusCodes.Status400BadRequest,
        new CodedErrorBody(problem.Message, code, new CodedErrorDetails(problem.Error)),
        ContractsJsonContext.Wire.CodedErrorBody);

    private static string Code(int status) => status switch
    {
        400 => "invalid_request",
        401 => "authentication_failed",
        403 => "access_denied",
        404 => "resource_not_found",
        405 => "method_not_allowed",
        409 => "conflict",
        413 or 415 or 422 => "unprocessable_content",
        429 => "rate_limited",
        _ => "internal_error",
    };
}
