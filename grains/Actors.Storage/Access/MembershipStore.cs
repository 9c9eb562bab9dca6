using Actors.Access;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Access;

/// <summary>The memberships in the control plane.</summary>
internal sealed class MembershipStore(ControlDatabase database) : IMembershipStore
{
    public async Task<IReadOnlyList<MemberRecord>> ListAsync(TeamScope scope, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var members = scope.Project is { } project
            ? context.Set<ProjectMembership>()
                .Where(m => m.ProjectId == project.Value && m.Project!.OrganizationId == scope.OrganizationId)
                .Select(m => new { m.User, m.Role })
            : context.Set<OrganizationMembership>().Where(m => m.OrganizationId == scope.OrganizationId).Select(m => new { m.User, m.Role });
        var rows = await members.AsNoTracking().OrderBy(m => m.User!.EmailKey).ToListAsync(cancellationToken);
        return [.. rows.Select(m => ToRecord(m.User!, m.Role))];
    }

    public async Task<MembershipChange> PutAsync(TeamScope scope, string userId, Role role, CancellationToken cancellationToken)
    {
        return await database.WriteAsync(
            async context =>
            {
                if (await context.Set<User>().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) is not { } user)
                {
                    return new MembershipChange(MembershipOutcome.UnknownUser, null);
                }

                var inOrganization = await FindAsync(context, scope.OrganizationId, userId, cancellationToken);
                if (scope.Project is { } project)
                {
                    if (inOrganization is null)
                    {
                        return new MembershipChange(MembershipOutcome.NotMember, null);
                    }

                    await PutAsync(context, project, userId, role, cancellationToken);
                }
                else if (inOrganization is null)
                {
                    context.Add(new OrganizationMembership { OrganizationId = scope.OrganizationId, UserId = userId, Role = role });
                }
                else if (role != Role.Owner && await IsLastOwnerAsync(context, inOrganization, cancellationToken))
                {
                    return new MembershipChange(MembershipOutcome.LastOwner, ToRecord(user, inOrganization.Role));
                }
                else
                {
                    inOrganization.Role = role;
                }

                return new MembershipChange(MembershipOutcome.Changed, ToRecord(user, role));
            },
            cancellationToken);
    }

    public async Task<MembershipChange> DeleteAsync(TeamScope scope, string userId, CancellationToken cancellationToken)
    {
        return await database.WriteAsync(
            async context =>
            {
                var change = scope.Project is { } project
                    ? await LeaveAsync(context, project, userId, cancellationToken)
                    : await LeaveAsync(context, scope.OrganizationId, userId, cancellationToken);
                return change;
            },
            cancellationToken);
    }

    public async Task<MemberAccess?> FindAccessAsync(string organizationId, string email, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var key = UserStore.KeyOf(email);
        var member = await context.Set<OrganizationMembership>().AsNoTracking().Include(m => m.User)
            .SingleOrDefaultAsync(m => m.OrganizationId == organizationId && m.User!.EmailKey == key, cancellationToken);
        if (member is null)
        {
            return null;
        }

        var own = await context.Set<ProjectMembership>().AsNoTracking()
            .Where(m => m.UserId == member.UserId && m.Project!.OrganizationId == organizationId)
            .ToDictionaryAsync(m => m.ProjectId, m => m.Role, cancellationToken);
        var projects = await context.Projects.AsNoTracking().Where(p => p.OrganizationId == organizationId)
            .OrderBy(p => p.Name).ThenBy(p => p.Id).ToListAsync(cancellationToken);
        return new MemberAccess(
            ToRecord(member.User!, member.Role),
            [.. projects.Select(p => Effective(p, own.GetValueOrDefault(p.Id), member.Role)).Where(p => p.Role != Role.None)]);
    }

    // In a project the role none says nothing, so the organization's stands.
    private static ProjectAccessRecord Effective(Project project, Role own, Role inOrganization) =>
        new(new ProjectId(project.Id), project.Name, own == Role.None ? inOrganization : own, own == Role.None);

    private static async Task PutAsync(
        ControlDbContext context, ProjectId project, string userId, Role role, CancellationToken cancellationToken)
    {
        var membership = await context.Set<ProjectMembership>().SingleOrDefaultAsync(
            m => m.ProjectId == project.Value && m.UserId == userId, cancellationToken);
        if (membership is null)
        {
            context.Add(new ProjectMembership { ProjectId = project.Value, UserId = userId, Role = role });
        }
        else
        {
            membership.Role = role;
        }
    }

    private static async Task<MembershipChange> LeaveAsync(
        ControlDbContext context, ProjectId project, string userId, CancellationToken cancellationToken)
    {
        var membership = await context.Set<ProjectMembership>().Include(m => m.User).SingleOrDefaultAsync(
            m => m.ProjectId == project.Value && m.UserId == userId, cancellationToken);
        if (membership is null)
        {
            return new MembershipChange(MembershipOutcome.NotMember, null);
        }

        context.Remove(membership);
        return new MembershipChange(MembershipOutcome.Changed, ToRecord(membership.User!, membership.Role));
    }

    private static async Task<MembershipChange> LeaveAsync(
        ControlDbContext context, string organizationId, string userId, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, organizationId, userId, cancellationToken) is not { } membership)
        {
            return new MembershipChange(MembershipOutcome.NotMember, null);
        }

        if (await IsLastOwnerAsync(context, membership, cancellationToken))
        {
            return new MembershipChange(MembershipOutcome.LastOwner, ToRecord(membership.User!, membership.Role));
        }

        context.Remove(membership);
        await context.Set<ProjectMembership>()
            .Where(m => m.UserId == userId && m.Project!.OrganizationId == organizationId).ExecuteDeleteAsync(cancellationToken);
        return new MembershipChange(MembershipOutcome.Changed, ToRecord(membership.User!, membership.Role));
    }

    private static Task<OrganizationMembership?> FindAsync(
        ControlDbContext context, string organizationId, string userId, CancellationToken cancellationToken) =>
        context.Set<OrganizationMembership>().Include(m => m.User)
            .SingleOrDefaultAsync(m => m.OrganizationId == organizationId && m.UserId == userId, cancellationToken);

    private static async Task<bool> IsLastOwnerAsync(
        ControlDbContext context, OrganizationMembership membership, CancellationToken cancellationToken) =>
        membership.Role == Role.Owner
        && !await context.Set<OrganizationMembership>().AnyAsync(
            m => m.OrganizationId == membership.OrganizationId && m.UserId != membership.UserId && m.Role == Role.Owner, cancellationToken);

    private static MemberRecord ToRecord(User user, Role role) => new(user.Id, role, user.Email, user.Name ?? "");
}
