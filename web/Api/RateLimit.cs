using System.Globalization;
using Actors.Contracts;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api;

/// <summary>Answers callers who send faster than is stored or allowed (langfuse-api §0.3).</summary>
internal sealed class RateLimit(TimeProvider time)
{
    /// <summary>Says which limit was reached, and when to come back.</summary>
    public Task RefuseAsync(HttpContext context, string message, long limit, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        var resetAt = time.GetUtcNow().AddSeconds(seconds);
        var headers = context.Response.Headers;
        headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = "0";
        headers["X-RateLimit-Reset"] = WireTime.ToText(resetAt);
        return Respond.JsonAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            new RateLimitBody(message, "rate_limited", new(seconds, limit, 0, resetAt)),
            ContractsJsonContext.Wire.RateLimitBody);
    }
}
