using System.Security.Cryptography;
using Actors.Access;
using Actors.Contracts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Teams;

/// <summary>API keys of projects, with the organization's key (langfuse-api §15).</summary>
internal static class ApiKeyEndpoints
{
    private const string PublicPrefix = "pk-lf-";
    private const string SecretPrefix = "sk-lf-";
    private const int MaxKeyLength = 200;
    private const int MinSecretLength = 16;
    private const int MaxNoteLength = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects/{projectId}/apiKeys", ListOfProjectAsync);
        routes.MapPost("/projects/{projectId}/apiKeys", CreateForProjectAsync);
        routes.MapDelete("/projects/{projectId}/apiKeys/{keyId}", DeleteOfProjectAsync);
        routes.MapGet("/organizations/apiKeys", static (HttpContext context, IApiKeyStore keys) =>
            ListAsync(context, new TeamScope(context.GetOrganization().Id, null), keys));
    }

    /// <summary>Answers with the keys of an organization or a project.</summary>
    public static async Task ListAsync(HttpContext context, TeamScope scope, IApiKeyStore keys)
    {
        var all = await keys.ListAsync(scope, context.RequestAborted);
        ApiKeyBody[] items = [.. all.Select(k => new ApiKeyBody(k.PublicKey, k.CreatedAt, null, null, k.Note, k.PublicKey, k.SecretDisplay))];
        await Respond.JsonAsync(context, 200, new ApiKeysBody(items), ContractsJsonContext.Wire.ApiKeysBody);
    }

    /// <summary>Makes a key out of the request's body and answers with its secret, this once.</summary>
    public static async Task CreateAsync(HttpContext context, TeamScope scope, IApiKeyStore keys)
    {
        if (await ReadAsync(context) is not { } key)
        {
            return;
        }

        if (await keys.CreateAsync(scope, key, context.RequestAborted) is not { } made)
        {
            await Respond.ErrorAsync(context, 409, "The public or the secret key is already in use", "LangfuseConflictError");
            return;
        }

        await Respond.JsonAsync(
            context,
            201,
            new NewApiKeyBody(made.PublicKey, made.CreatedAt, made.PublicKey, key.SecretKey, made.SecretDisplay, made.Note),
            ContractsJsonContext.Wire.NewApiKeyBody);
    }

    /// <summary>Deletes a key and says so.</summary>
    public static async Task DeleteAsync(HttpContext context, TeamScope scope, string keyId, IApiKeyStore keys)
    {
        if (await keys.DeleteAsync(scope, keyId, context.RequestAborted))
        {
            await Respond.JsonAsync(context, 200, new SuccessBody(true), ContractsJsonContext.Wire.SuccessBody);
        }
        else
        {
            await Respond.NotFoundAsync(context, "API key not found");
        }
    }

    private static Task ListOfProjectAsync(HttpContext context, string projectId, IProjectStore projects, IApiKeyStore keys) =>
        ForProjectAsync(context, projectId, projects, scope => ListAsync(context, scope, keys));

    private static Task CreateForProjectAsync(HttpContext context, string projectId, IProjectStore projects, IApiKeyStore keys) =>
        ForProjectAsync(context, projectId, projects, scope => CreateAsync(context, scope, keys));

    private static Task DeleteOfProjectAsync(HttpContext context, string projectId, string keyId, IProjectStore projects, IApiKeyStore keys) =>
        ForProjectAsync(context, projectId, projects, scope => DeleteAsync(context, scope, keyId, keys));

    /// <summary>Runs an operation on a project of the caller's organization; 404 for every other project.</summary>
    public static async Task ForProjectAsync(HttpContext context, string projectId, IProjectStore projects, Func<TeamScope, Task> run)
    {
        var organization = context.GetOrganization().Id;
        if (await projects.FindAsync(organization, projectId, context.RequestAborted) is { } project)
        {
            await run(new TeamScope(organization, project.Id));
        }
        else
        {
            await ManagedProjectEndpoints.NotFoundAsync(context);
        }
    }

    // Null: the body was wrong, which has been answered.
    private static async Task<NewApiKey?> ReadAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, isOptional: true);
        if (body is null)
        {
            return null;
        }

        var reader = new BodyReader(body.RootElement);
        var note = reader.Text("note", max: MaxNoteLength);
        var publicKey = ReadKey(reader, "publicKey", PublicPrefix, PublicPrefix.Length + 1);
        var secretKey = ReadKey(reader, "secretKey", SecretPrefix, MinSecretLength);
        if (reader.Problem is null && publicKey is null != secretKey is null)
        {
            reader.Refuse("custom", publicKey is null ? "publicKey" : "secretKey", "Provide both publicKey and secretKey, or neither");
        }

        return await reader.RefusedAsync(context)
            ? null
            : new NewApiKey(publicKey ?? PublicPrefix + Guid.NewGuid(), secretKey ?? SecretPrefix + new Guid(RandomNumberGenerator.GetBytes(16)), note);
    }

    private static string? ReadKey(BodyReader reader, string name, string prefix, int minLength)
    {
        var key = reader.Text(name, min: minLength, max: MaxKeyLength);
        if (key is null || key.StartsWith(prefix, StringComparison.Ordinal))
        {
            return key;
        }

        reader.Refuse("invalid_format", name, $"Invalid string: must start with \"{prefix}\"");
        return null;
    }
}
