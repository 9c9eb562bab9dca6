using Actors.Access;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Access;

/// <summary>The API keys in the control plane.</summary>
internal sealed class ApiKeyStore(ControlDatabase database, TimeProvider time) : IApiKeyStore
{
    public async Task<IReadOnlyList<ApiKeyRecord>> ListAsync(TeamScope scope, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var keys = await Of(context, scope).AsNoTracking().OrderBy(k => k.CreatedAt).ThenBy(k => k.PublicKey).ToListAsync(cancellationToken);
        return [.. keys.Select(ToRecord)];
    }

    public Task<ApiKeyRecord?> CreateAsync(TeamScope scope, NewApiKey key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            new ControlChange(ControlSubjects.Access, scope.Project),
            async context =>
            {
                var hash = SecretKey.Hash(key.SecretKey);
                if (await context.ApiKeys.AnyAsync(k => k.PublicKey == key.PublicKey || k.SecretHash == hash, cancellationToken))
                {
                    return (ApiKeyRecord?)null;
                }

                var stored = new ApiKey
                {
                    PublicKey = key.PublicKey,
                    ProjectId = scope.Project?.Value,
                    OrganizationId = scope.Project is null ? scope.OrganizationId : null,
                    SecretHash = hash,
                    SecretDisplay = SecretKey.Display(key.SecretKey),
                    Note = key.Note,
                    CreatedAt = time.GetUtcNow(),
                };
                context.Add(stored);
                return ToRecord(stored);
            },
            cancellationToken);

    public async Task<bool> DeleteAsync(TeamScope scope, string id, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            new ControlChange(ControlSubjects.Access, scope.Project),
            context => Of(context, scope).Where(k => k.PublicKey == id).ExecuteDeleteAsync(cancellationToken),
            cancellationToken) > 0;

    private static IQueryable<ApiKey> Of(ControlDbContext context, TeamScope scope)
    {
        var organization = scope.OrganizationId;
        return scope.Project is { } project
            ? context.ApiKeys.Where(k => k.ProjectId == project.Value && k.Project!.OrganizationId == organization)
            : context.ApiKeys.Where(k => k.OrganizationId == organization);
    }

    private static ApiKeyRecord ToRecord(ApiKey key) => new(key.PublicKey, key.SecretDisplay, key.Note, key.CreatedAt);
}
