using Actors.Access;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Access;

/// <summary>The projects in the control plane.</summary>
internal sealed class ProjectStore : IProjectStore, IDisposable
{
    private readonly ControlDatabase _database;
    private readonly TimeProvider _time;

    // One place: whoever is woken erases all that is due.
    private readonly SemaphoreSlim _due = new(0, 1);

    public ProjectStore(ControlDatabase database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _database.Changes.Subscribe(ControlSubjects.Erasures, _ => Wake(), Wake);
    }

    public async Task<IReadOnlyList<ProjectRecord>> ListAsync(string organizationId, CancellationToken cancellationToken)
    {
        await using var context = _database.CreateDbContext();
        var projects = await context.Projects.AsNoTracking().Where(p => p.OrganizationId == organizationId)
            .OrderBy(p => p.Name).ThenBy(p => p.Id).ToListAsync(cancellationToken);
        return [.. projects.Select(ToRecord)];
    }

    public async Task<ProjectRecord?> FindAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        await using var context = _database.CreateDbContext();
        return await ReadAsync(context, organizationId, id, cancellationToken) is { } project ? ToRecord(project) : null;
    }

    public Task<ProjectRecord?> CreateAsync(string organizationId, ProjectContent content, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            new ControlChange(ControlSubjects.Access),
            async context =>
            {
                if (await IsTakenAsync(context, organizationId, content.Name, "", cancellationToken))
                {
                    return (ProjectRecord?)null;
                }

                var now = _time.GetUtcNow();
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

    public Task<ProjectUpdate> UpdateAsync(
        string organizationId, string id, ProjectContent content, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            new ControlChange(ControlSubjects.Access),
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
                project.UpdatedAt = _time.GetUtcNow();
                return new ProjectUpdate(ToRecord(project), IsNameTaken: false);
            },
            cancellationToken);

    public Task<bool> DeleteAsync(string organizationId, string id, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            new ControlChange(ControlSubjects.All, ProjectId.IsValid(id) ? new ProjectId(id) : null),
            async context =>
            {
                if (await ReadAsync(context, organizationId, id, cancellationToken) is not { } project)
                {
                    return false;
                }

                context.Remove(project);
                context.Add(new ProjectErasure { ProjectId = id, RequestedAt = _time.GetUtcNow() });
                return true;
            },
            cancellationToken);

    // Plain SQL: it is asked at every start, which must not wait for Entity Framework.
    public async Task<IReadOnlyList<ProjectId>> ListErasuresAsync(CancellationToken cancellationToken) =>
        await _database.ReadAsync(
            async connection =>
            {
                await using var command = connection.Command("SELECT project_id FROM project_erasures ORDER BY requested_at, project_id");
                return await command.ReadAllAsync(row => new ProjectId(row.GetString(0)), cancellationToken);
            },
            cancellationToken);

    public Task WaitForErasureAsync(CancellationToken cancellationToken) => _due.WaitAsync(cancellationToken);

    public Task FinishErasureAsync(ProjectId project, CancellationToken cancellationToken) => _database.WriteAsync(
        context => context.Set<ProjectErasure>().Where(e => e.ProjectId == project.Value).ExecuteDeleteAsync(cancellationToken),
        cancellationToken);

    internal static ProjectRecord ToRecord(Project p) => new(
        new ProjectId(p.Id), p.Name, p.Metadata, p.RetentionDays, p.CreatedAt, p.UpdatedAt > p.CreatedAt ? p.UpdatedAt : p.CreatedAt);

    private static Task<Project?> ReadAsync(ControlDbContext context, string organizationId, string id, CancellationToken cancellationToken) =>
        context.Projects.SingleOrDefaultAsync(p => p.Id == id && p.OrganizationId == organizationId, cancellationToken);

    private static Task<bool> IsTakenAsync(
        ControlDbContext context, string organizationId, string name, string exceptId, CancellationToken cancellationToken) =>
        context.Projects.AnyAsync(p => p.OrganizationId == organizationId && p.Name == name && p.Id != exceptId, cancellationToken);

    public void Dispose() => _due.Dispose();

    private void Wake()
    {
        lock (_due)
        {
            if (_due.CurrentCount == 0)
            {
                _due.Release();
            }
        }
    }
}
