using System.Globalization;
using Actors.Contracts;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Web.Api;

/// <summary>Answers callers who send faster than is stored (langfuse-api §0.3).</summary>
internal sealed class RateLimit(IOptions<IngestionOptions> options, TimeProvider time)
{
    /// <summary>What to say.</summary>
    public const string Message = "Too much is under way for this project. Try again later.";

    public Task RefuseAsync(HttpContext context)
    {
        var seconds = (int)Math.Ceiling(options.Value.RetryAfter.TotalSeconds);
        var limit = options.Value.MaxBytesUnderWayPerProject;
        var resetAt = time.GetUtcNow().AddSeconds(seconds);
        var headers = context.Response.Headers;
        headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = "0";
        headers["X-RateLimit-Reset"] = WireTime.ToText(resetAt);
        return Respond.JsonAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            new RateLimitBody(Message, "rate_limited", new(seconds, limit, 0, resetAt)),
            ContractsJsonContext.Wire.RateLimitBody);
    }
}
