using Actors.Access;
using Actors.Contracts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Hubs;

/// <summary>
/// Finds what a caller may see of the live side: all of the project with its secret key, the part that a token says with a token.
/// The public key is in every browser and opens nothing here.
/// </summary>
internal sealed class LiveAuthenticator(ProjectAuthenticator keys, LiveTokens tokens, IProjectDirectory projects)
{
    private const string QueryName = "access_token";
    private const string Scheme = "Bearer ";

    /// <summary>What the caller may see; else the status and the body to answer.</summary>
    public async ValueTask<(LiveAccess? Access, int Status, ErrorBody? Problem)> AuthenticateAsync(HttpContext context)
    {
        if (FindToken(context.Request) is { } token)
        {
            return tokens.Read(token) is { } opened && await projects.FindAsync(opened.Project, context.RequestAborted) is not null
                ? (opened, 0, null)
                : Refuse(401, "The live token is not one of this server, or has expired. Mint one with the secret key: POST /api/public/actors/live/tokens");
        }

        var outcome = await keys.AuthenticateAsync(context);
        if (outcome.Organization is not null)
        {
            return (null, 403, ProjectFilter.OrganizationKey);
        }

        return outcome.Access switch
        {
            null => Refuse(401, outcome.Problem!),
            { Key: KeyKind.Public } => Refuse(
                403, "The public key sends scores and reads nothing. Mint a live token with the secret key: POST /api/public/actors/live/tokens"),
            var access => (new LiveAccess(access.Project.Id), 0, null),
        };
    }

    /// <summary>Whether a caller who was let in would be let in again.</summary>
    public async ValueTask<bool> IsStillWelcomeAsync(HttpContext context, LiveAccess access) =>
        (await AuthenticateAsync(context)).Access?.Project == access.Project;

    // Browsers set no header on sockets and event streams; there, and only there, a token travels in the URL. A key never does.
    private static string? FindToken(HttpRequest request)
    {
        if (request.Query[QueryName] is [{ Length: > 0 } query])
        {
            return query;
        }

        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && header[Scheme.Length..].Trim() is var bearer && bearer.StartsWith(LiveTokens.Prefix, StringComparison.Ordinal)
            ? bearer
            : null;
    }

    private static (LiveAccess? Access, int Status, ErrorBody? Problem) Refuse(int status, string message) =>
        (null, status, new ErrorBody(message));
}
