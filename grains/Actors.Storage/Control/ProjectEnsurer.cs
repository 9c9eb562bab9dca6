using Actors.Access;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Control;

/// <summary>Adds what is missing of an organization, its project and its key; one use, inside the caller's transaction.</summary>
internal sealed class ProjectEnsurer(ControlDbContext context, DateTimeOffset now)
{
    public async Task EnsureAsync(ProjectSetup setup, CancellationToken cancellationToken)
    {
        var project = await context.Projects.FindAsync([setup.ProjectId.Value], cancellationToken);
        if (project is null)
        {
            await EnsureOrganizationAsync(setup, cancellationToken);
            context.Projects.Add(new Project
            {
                Id = setup.ProjectId.Value,
                Name = setup.ProjectName,
                OrganizationId = setup.OrganizationId,
                CreatedAt = now,
            });
        }

        await EnsureKeyAsync(setup, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }

    private async Task EnsureOrganizationAsync(ProjectSetup setup, CancellationToken cancellationToken)
    {
        if (await context.Organizations.FindAsync([setup.OrganizationId], cancellationToken) is null)
        {
            context.Organizations.Add(new Organization { Id = setup.OrganizationId, Name = setup.OrganizationName, CreatedAt = now });
        }
    }

    private async Task EnsureKeyAsync(ProjectSetup setup, CancellationToken cancellationToken)
    {
        var hash = SecretKey.Hash(setup.SecretKey);
        var owner = await context.ApiKeys.Where(k => k.SecretHash == hash).Select(k => k.PublicKey).SingleOrDefaultAsync(cancellationToken);
        if (owner is not null && owner != setup.PublicKey)
        {
            throw new InvalidOperationException($"The secret key already belongs to the public key '{owner}'. Choose another secret key.");
        }

        var key = await context.ApiKeys.FindAsync([setup.PublicKey], cancellationToken);
        if (key is null)
        {
            key = new ApiKey
            {
                PublicKey = setup.PublicKey,
                ProjectId = setup.ProjectId.Value,
                SecretHash = hash,
                SecretDisplay = SecretKey.Display(setup.SecretKey),
                CreatedAt = now,
            };
            context.ApiKeys.Add(key);
        }
        else if (key.ProjectId != setup.ProjectId.Value)
        {
            throw new InvalidOperationException(
                $"The public key '{setup.PublicKey}' already belongs to the project '{key.ProjectId}'. Choose another public key.");
        }

        key.SecretHash = hash;
        key.SecretDisplay = SecretKey.Display(setup.SecretKey);
    }
}
