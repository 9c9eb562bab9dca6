using Actors.Feedback;
using Actors.Web.Api;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Feedback;

/// <summary>
/// Where requests with a public key alone come in. Everybody who sees a page has its key, so the project's
/// <see cref="FeedbackPolicy"/> says from where and how often; whoever shows the secret key is not asked. A browser's preflight
/// shows no key, so it is always answered with yes and the request itself is refused: with words that the page can read, where a
/// refused preflight would leave it with none.
/// </summary>
internal sealed class FeedbackDoor(
    IFeedbackPolicyStore policies, FeedbackLimits limits, ClientAddress addresses, RateLimit rateLimit, WebInstruments instruments)
{
    private const int MaxShownOrigin = 200;
    private const string OriginError = "OriginNotAllowedError";

    /// <summary>Answers a request that may not come in, before its body is read. It counts as one score.</summary>
    /// <returns>Whether it was refused.</returns>
    public async ValueTask<bool> RefusedAsync(HttpContext context, ProjectAccess access)
    {
        if (access.PublicKey is not { } key)
        {
            return false;
        }

        var policy = await policies.GetAsync(access.Project.Id, context.RequestAborted);
        if (policy.AllowedOrigins.Count > 0 && await RefusedByOriginAsync(context, policy))
        {
            return true;
        }

        return await RefusedByLimitAsync(context, access, key, policy, 1);
    }

    /// <summary>Answers a request whose body turned out to hold more scores than may come; one of them is counted already.</summary>
    /// <returns>Whether it was refused.</returns>
    public async ValueTask<bool> RefusedAsync(HttpContext context, ProjectAccess access, int scores)
    {
        if (access.PublicKey is not { } key || scores <= 1)
        {
            return false;
        }

        var policy = await policies.GetAsync(access.Project.Id, context.RequestAborted);
        var most = Math.Min(policy.ScoresPerMinutePerKey, policy.ScoresPerMinutePerAddress);
        if (scores <= most)
        {
            return await RefusedByLimitAsync(context, access, key, policy, scores - 1);
        }

        instruments.FeedbackRefused(FeedbackRefusal.TooManyAtOnce);
        await Respond.ErrorAsync(
            context,
            StatusCodes.Status413PayloadTooLarge,
            $"With the public key alone a request takes at most {most} scores, and this one has {scores}",
            "PayloadTooLargeError");
        return true;
    }

    private async Task<bool> RefusedByOriginAsync(HttpContext context, FeedbackPolicy policy)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && policy.AllowedOrigins.Any(o => o.Allows(origin)))
        {
            return false;
        }

        instruments.FeedbackRefused(origin.Length == 0 ? FeedbackRefusal.NoOrigin : FeedbackRefusal.Origin);
        await Respond.ErrorAsync(
            context,
            StatusCodes.Status403Forbidden,
            origin.Length == 0
                ? "The project takes scores with its public key alone only from pages of its allowed origins, and the request has no Origin header. Use the secret key, on a server"
                : $"The project does not take scores from pages of '{(origin.Length > MaxShownOrigin ? origin[..MaxShownOrigin] : origin)}'. Add it to the allowed origins of the project",
            OriginError);
        return true;
    }

    private async Task<bool> RefusedByLimitAsync(HttpContext context, ProjectAccess access, string key, FeedbackPolicy policy, int scores)
    {
        if (limits.Take(access.Project.Id, key, addresses.Find(context), policy, scores) is not { } reached)
        {
            return false;
        }

        instruments.FeedbackRefused(reached.Refusal);
        var whose = reached.Refusal == FeedbackRefusal.KeyRate ? "with this public key" : "from your address";
        await rateLimit.RefuseAsync(
            context, $"At most {reached.PerMinute} scores a minute are taken {whose}. Try again later.", reached.PerMinute, reached.Wait);
        return true;
    }
}
