using Actors.Access;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Access;

/// <summary>The projects in the control plane.</summary>
internal sealed class ProjectStore(
    ControlDatabase database, ProjectDirectory directory, TimeProvider time) : IProjectStore
{
    public async Task<IReadOnlyList<ProjectRecord>> ListAsync(string organizationId, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var projects = await context.Projects.AsNoTracking().Where(p => p.OrganizationId == organizationId)
            .OrderBy(p => p.Name).ThenBy(p => p.Id).ToListAsync(cancellationToken);
        return [.. projects.Select(ToRecord)];
    }

    public async Task<ProjectRecord?> FindAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await ReadAsync(context, organizationId, id, cancellationToken) is { } project ? ToRecord(project) : null;
    }

    public async Task<ProjectRecord?> CreateAsync(string organizationId, ProjectContent content, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(
            async context =>
            {
                if (await IsTakenAsync(context, organizationId, content.Name, "", cancellationToken))
                {
                    return null;
                }

                var now = time.GetUtcNow();
                var project = new Project
                {
                    Id = EntityId.New(),
                    OrganizationId = organizationId,
                    Name = content.Name,
                    Metadata = content.Metadata ?? "{}",
                    RetentionDays = content.RetentionDays is 0 ? null : content.RetentionDays,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                context.Add(project);
                return ToRecord(project);
            },
            cancellationToken);
        directory.Forget();
        return outcome;
    }

    public async Task<ProjectUpdate> UpdateAsync(
        string organizationId, string id, ProjectContent content, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(
            async context =>
            {
                if (await ReadAsync(context, organizationId, id, cancellationToken) is not { } project)
                {
                    return default;
                }

                if (await IsTakenAsync(context, organizationId, content.Name, id, cancellationToken))
                {
                    return new ProjectUpdate(null, IsNameTaken: true);
                }

                project.Name = content.Name;
                project.Metadata = content.Metadata ?? project.Metadata;
                project.RetentionDays = content.RetentionDays is null ? project.RetentionDays
                    : content.RetentionDays is 0 ? null : content.RetentionDays;
                project.UpdatedAt = time.GetUtcNow();
                return new ProjectUpdate(ToRecord(project), IsNameTaken: false);
            },
            cancellationToken);
        directory.Forget();
        return outcome;
    }

    public async Task<bool> DeleteAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(
            async context =>
            {
                if (await ReadAsync(context, organizationId, id, cancellationToken) is not { } project)
                {
                    return false;
                }

                context.Remove(project);
                context.Add(new ProjectErasure { ProjectId = id, RequestedAt = time.GetUtcNow() });
                return true;
            },
            cancellationToken);
        directory.Forget();
        return outcome;
    }

    public async Task<IReadOnlyList<ProjectId>> ListErasuresAsync(CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var ids = await context.Set<ProjectErasure>().AsNoTracking()
            .OrderBy(e => e.RequestedAt).Select(e => e.ProjectId).ToListAsync(cancellationToken);
        return [.. ids.Select(id => new ProjectId(id))];
    }

    public Task FinishErasureAsync(ProjectId project, CancellationToken cancellationToken) => database.WriteAsync(
        context => context.Set<ProjectErasure>().Where(e => e.ProjectId == project.Value).ExecuteDeleteAsync(cancellationToken),
        cancellationToken);

    internal static ProjectRecord ToRecord(Project p) => new(
        new ProjectId(p.Id), p.Name, p.Metadata, p.RetentionDays, p.CreatedAt, p.UpdatedAt > p.CreatedAt ? p.UpdatedAt : p.CreatedAt);

    private static Task<Project?> ReadAsync(ControlDbContext context, string organizationId, string id, CancellationToken cancellationToken) =>
        context.Projects.SingleOrDefaultAsync(p => p.Id == id && p.OrganizationId == organizationId, cancellationToken);

    private static Task<bool> IsTakenAsync(
        ControlDbContext context, string organizationId, string name, string exceptId, CancellationToken cancellationToken) =>
        context.Projects.AnyAsync(p => p.OrganizationId == organizationId && p.Name == name && p.Id != exceptId, cancellationToken);
}
