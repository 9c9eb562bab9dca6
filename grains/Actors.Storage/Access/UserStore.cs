using Actors.Access;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Access;

/// <summary>The people in the control plane.</summary>
internal sealed class UserStore(ControlDatabase database, TimeProvider time) : IUserStore
{
    public async Task<Slice<UserRecord>> ListAsync(
        string organizationId, string? email, int offset, int count, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var members = context.Set<OrganizationMembership>().AsNoTracking().Include(m => m.User).Where(m => m.OrganizationId == organizationId);
        if (email is not null)
        {
            var key = KeyOf(email);
            members = members.Where(m => m.User!.EmailKey == key);
        }

        var page = await members.OrderBy(m => m.User!.EmailKey).Skip(offset).Take(count).ToListAsync(cancellationToken);
        return new Slice<UserRecord>([.. page.Select(ToRecord)], await members.CountAsync(cancellationToken));
    }

    public async Task<UserRecord?> FindAsync(string organizationId, string userId, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await ReadAsync(context, organizationId, userId, cancellationToken) is { } member ? ToRecord(member) : null;
    }

    public async Task<UserRecord?> AddAsync(string organizationId, NewUser user, CancellationToken cancellationToken)
    {
        return await database.WriteAsync(
            async context =>
            {
                var key = KeyOf(user.Email);
                var now = time.GetUtcNow();
                var person = await context.Set<User>().SingleOrDefaultAsync(u => u.EmailKey == key, cancellationToken);
                if (person is null)
                {
                    person = new User
                    {
                        Id = EntityId.New(),
                        Email = user.Email,
                        EmailKey = key,
                        Name = user.Name,
                        PasswordHash = user.PasswordHash,
                        CreatedAt = now,
                        UpdatedAt = now,
                    };
                    context.Add(person);
                }
                else if (await ReadAsync(context, organizationId, person.Id, cancellationToken) is not null)
                {
                    return null;
                }

                var membership = new OrganizationMembership { OrganizationId = organizationId, UserId = person.Id, User = person, Role = user.Role };
                context.Add(membership);
                return ToRecord(membership);
            },
            cancellationToken);
    }

    public async Task<UserRecord?> UpdateAsync(
        string organizationId, string userId, string? name, Role? role, CancellationToken cancellationToken)
    {
        return await database.WriteAsync(
            async context =>
            {
                if (await ReadAsync(context, organizationId, userId, cancellationToken) is not { } member)
                {
                    return null;
                }

                member.User!.Name = name;
                member.User.UpdatedAt = time.GetUtcNow();
                member.Role = role ?? member.Role;
                return ToRecord(member);
            },
            cancellationToken);
    }

    /// <summary>How addresses are compared.</summary>
    public static string KeyOf(string email) => email.Trim().ToLowerInvariant();

    private static Task<OrganizationMembership?> ReadAsync(
        ControlDbContext context, string organizationId, string userId, CancellationToken cancellationToken) =>
        context.Set<OrganizationMembership>().Include(m => m.User)
            .SingleOrDefaultAsync(m => m.OrganizationId == organizationId && m.UserId == userId, cancellationToken);

    private static UserRecord ToRecord(OrganizationMembership m) =>
        new(m.UserId, m.User!.Email, m.User.Name, m.Role, m.User.CreatedAt, m.User.UpdatedAt);
}
