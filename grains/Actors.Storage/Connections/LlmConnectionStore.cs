using System.Text.Json;
using Actors.Connections;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Connections;

/// <summary>The connections to model providers in the control plane.</summary>
internal sealed class LlmConnectionStore(ControlDatabase database, ISecretProtector protector, TimeProvider time) : ILlmConnectionStore
{
    private const int ShownCharacters = 4;

    public async Task<Slice<LlmConnectionRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var connections = context.Set<LlmConnection>().AsNoTracking().Where(c => c.ProjectId == project.Value);
        var items = await connections
            .OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id)
            .Skip(page.Offset).Take(page.Limit)
            .ToListAsync(cancellationToken);
        return new Slice<LlmConnectionRecord>([.. items.Select(c => c.ToRecord())], await connections.CountAsync(cancellationToken));
    }

    public Task<LlmConnectionPut> PutAsync(ProjectId project, LlmConnectionSettings settings, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var now = time.GetUtcNow();
                var connection = await FindAsync(context, project, settings.Provider, cancellationToken);
                var isNew = connection is null;
                if (connection is null)
                {
                    connection = new LlmConnection
                    {
                        Id = EntityId.New(),
                        ProjectId = project.Value,
                        Provider = settings.Provider,
                        CreatedAt = now,
                    };
                    context.Add(connection);
                }

                Set(connection, settings);
                connection.UpdatedAt = now;
                return new LlmConnectionPut(connection.ToRecord(), isNew);
            },
            cancellationToken);

    public Task<Refusal?> DeleteAsync(ProjectId project, string connectionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context => await context.Set<LlmConnection>()
                .Where(c => c.Id == connectionId && c.ProjectId == project.Value)
                .ExecuteDeleteAsync(cancellationToken) == 0 ? Refusal.NotFound("LLM connection not found") : null,
            cancellationToken);

    public async Task<Outcome<LlmSecrets>> FindSecretsAsync(ProjectId project, string provider, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        if (await FindAsync(context, project, provider, cancellationToken) is not { } connection)
        {
            return Refusal.NotFound("LLM connection not found");
        }

        var purpose = Purpose(connection);
        var key = protector.Unprotect(purpose, connection.SecretKey);
        var headers = connection.ExtraHeaders is null ? "{}" : protector.Unprotect(purpose, connection.ExtraHeaders);
        return key is null || headers is null
            ? Refusal.Conflict($"The secrets of '{provider}' cannot be read: the keys that encrypted them are lost. Store the connection again")
            : new LlmSecrets(key, JsonSerializer.Deserialize<Dictionary<string, string>>(headers)!);
    }

    private static Task<LlmConnection?> FindAsync(
        ControlDbContext context, ProjectId project, string provider, CancellationToken cancellationToken) =>
        context.Set<LlmConnection>().FirstOrDefaultAsync(c => c.ProjectId == project.Value && c.Provider == provider, cancellationToken);

    private void Set(LlmConnection connection, LlmConnectionSettings settings)
    {
        var purpose = Purpose(connection);
        var secret = settings.SecretKey;
        connection.Adapter = settings.Adapter;
        connection.SecretKey = protector.Protect(purpose, secret);

        // Of a very short key nothing is shown: four characters would be half of it.
        connection.DisplaySecretKey = "..." + (secret.Length > 2 * ShownCharacters ? secret[^ShownCharacters..] : "");
        connection.BaseUrl = settings.BaseUrl;
        connection.CustomModels = [.. settings.CustomModels];
        connection.WithDefaultModels = settings.WithDefaultModels;
        connection.ExtraHeaderKeys = [.. settings.ExtraHeaders.Keys.Order(StringComparer.Ordinal)];
        connection.ExtraHeaders = settings.ExtraHeaders.Count == 0
            ? null
            : protector.Protect(purpose, JsonSerializer.Serialize(settings.ExtraHeaders));
        connection.Config = settings.Config;
    }

    // A row that is copied to another project cannot be read there.
    private static string Purpose(LlmConnection connection) => $"llm-connection/{connection.ProjectId}/{connection.Id}";
}
