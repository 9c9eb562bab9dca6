using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Access;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Auth;

/// <summary>Finds the project or organization of a request by its <c>Authorization</c> header (langfuse-api §0.2).</summary>
internal sealed class ProjectAuthenticator(IProjectDirectory projects, AdminKey admin)
{
    private const string InvalidCredentials = "Invalid credentials. Confirm that you've configured the correct host.";

    // Longer than every key we make; a longer header is a mistake that need not be hashed.
    private const int MaxHeaderLength = 1000;

    /// <summary>Who calls; else why not.</summary>
    public async ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context)
    {
        string? header = context.Request.Headers.Authorization;
        if (string.IsNullOrEmpty(header))
        {
            return AuthenticationOutcome.Refused("No authorization header");
        }

        var cancelled = context.RequestAborted;
        if (TryReadBasic(header, out var secretKey))
        {
            if (await projects.FindBySecretKeyAsync(secretKey, cancelled) is { } owner)
            {
                return AuthenticationOutcome.Accepted(new ProjectAccess(owner, KeyKind.Secret));
            }

            return await projects.FindOrganizationBySecretKeyAsync(secretKey, cancelled) is { } organization
                ? AuthenticationOutcome.OfOrganization(organization)
                : AuthenticationOutcome.Refused(InvalidCredentials);
        }

        if (admin.IsOnBehalfOfProject(context.Request, out var projectId))
        {
            return ProjectId.IsValid(projectId) && await projects.FindAsync(new ProjectId(projectId), cancelled) is { } project
                ? AuthenticationOutcome.Accepted(new ProjectAccess(project, KeyKind.Secret))
                : AuthenticationOutcome.Refused("No project has the id of the header x-langfuse-project-id");
        }

        if (TryReadBearer(header, out var publicKey))
        {
            return await projects.FindByPublicKeyAsync(publicKey, cancelled) is { } named
                ? AuthenticationOutcome.Accepted(new ProjectAccess(named, KeyKind.Public, publicKey))
                : AuthenticationOutcome.Refused(InvalidCredentials);
        }

        return AuthenticationOutcome.Refused("Invalid authorization header");
    }

    private static bool TryReadBearer(string header, [NotNullWhen(true)] out string? publicKey)
    {
        publicKey = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
        return publicKey is { Length: > 0 and <= MaxHeaderLength };
    }

    private static bool TryReadBasic(string header, [NotNullWhen(true)] out string? secretKey)
    {
        secretKey = null;
        if (header.Length > MaxHeaderLength || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Span<byte> decoded = stackalloc byte[MaxHeaderLength];
        if (!Convert.TryFromBase64Chars(header.AsSpan("Basic ".Length).Trim(), decoded, out var length))
        {
            return false;
        }

        // The secret alone decides. The public key in front of it is for people who read logs.
        var colon = decoded[..length].IndexOf((byte)':');
        if (colon < 0 || colon == length - 1)
        {
            return false;
        }

        secretKey = Encoding.UTF8.GetString(decoded[(colon + 1)..length]);
        return true;
    }
}

/// <summary>What became of an authentication: exactly one of the three is set.</summary>
internal readonly record struct AuthenticationOutcome(ProjectAccess? Access, OrganizationInfo? Organization, string? Problem)
{
    public static AuthenticationOutcome Accepted(ProjectAccess access) => new(access, null, null);

    public static AuthenticationOutcome OfOrganization(OrganizationInfo organization) => new(null, organization, null);

    public static AuthenticationOutcome Refused(string problem) => new(null, null, problem);
}
