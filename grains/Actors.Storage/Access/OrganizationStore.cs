using Actors.Access;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Access;

/// <summary>The organizations in the control plane.</summary>
internal sealed class OrganizationStore(ControlDatabase database, TimeProvider time) : IOrganizationStore
{
    public async Task<IReadOnlyList<OrganizationRecord>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var organizations = await context.Organizations.AsNoTracking().Include(o => o.Projects)
            .OrderBy(o => o.Name).ThenBy(o => o.Id).ToListAsync(cancellationToken);
        return [.. organizations.Select(ToRecord)];
    }

    public async Task<OrganizationRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await ReadAsync(context, id, cancellationToken) is { } organization ? ToRecord(organization) : null;
    }

    public Task<OrganizationRecord> CreateAsync(string name, string? metadata, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context =>
            {
                var now = time.GetUtcNow();
                var organization = new Organization
                {
                    Id = EntityId.New(), Name = name, Metadata = metadata ?? "{}", CreatedAt = now, UpdatedAt = now,
                };
                context.Add(organization);
                return Task.FromResult(ToRecord(organization));
            },
            cancellationToken);

    public Task<OrganizationRecord?> UpdateAsync(string id, string name, string? metadata, CancellationToken cancellationToken) =>
        database.WriteAsync(
            new ControlChange(ControlSubjects.Access),
            async context =>
            {
                if (await ReadAsync(context, id, cancellationToken) is not { } organization)
                {
                    return null;
                }

                organization.Name = name;
                organization.Metadata = metadata ?? organization.Metadata;
                organization.UpdatedAt = time.GetUtcNow();
                return (OrganizationRecord?)ToRecord(organization);
            },
            cancellationToken);

    public Task<OrganizationDeletion> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            new ControlChange(ControlSubjects.Access),
            async context =>
            {
                if (await ReadAsync(context, id, cancellationToken) is not { } organization)
                {
                    return OrganizationDeletion.Unknown;
                }

                if (organization.Projects.Count > 0)
                {
                    return OrganizationDeletion.HasProjects;
                }

                context.Remove(organization);
                return OrganizationDeletion.Deleted;
            },
            cancellationToken);

    private static Task<Organization?> ReadAsync(ControlDbContext context, string id, CancellationToken cancellationToken) =>
        context.Organizations.Include(o => o.Projects).SingleOrDefaultAsync(o => o.Id == id, cancellationToken);

    private static OrganizationRecord ToRecord(Organization o) => new(
        o.Id,
        o.Name,
        o.Metadata,
        o.CreatedAt,
        o.UpdatedAt > o.CreatedAt ? o.UpdatedAt : o.CreatedAt,
        [.. o.Projects.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id, StringComparer.Ordinal).Select(ProjectStore.ToRecord)]);
}
