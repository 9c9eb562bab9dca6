namespace Actors.Access;

/// <summary>The people of organizations. Safe for concurrent callers.</summary>
public interface IUserStore
{
    /// <summary>The members of an organization by e-mail address.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="email">Only this address, any case; null: all.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="count">The most to return.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<Slice<UserRecord>> ListAsync(string organizationId, string? email, int offset, int count, CancellationToken cancellationToken);

    /// <summary>A member of an organization; null when unknown or no member.</summary>
    Task<UserRecord?> FindAsync(string organizationId, string userId, CancellationToken cancellationToken);

    /// <summary>Makes a person known and a member; null when a member has this address already.</summary>
    Task<UserRecord?> AddAsync(string organizationId, NewUser user, CancellationToken cancellationToken);

    /// <summary>Changes the name and, unless null, the role of a member; null when unknown or no member.</summary>
    Task<UserRecord?> UpdateAsync(string organizationId, string userId, string? name, Role? role, CancellationToken cancellationToken);
}

/// <summary>A person to add.</summary>
/// <param name="Email">The address, unique in any case.</param>
/// <param name="Name">The name; null: nobody said.</param>
/// <param name="PasswordHash">The hash of a first password; null: none. A known person keeps the password.</param>
/// <param name="Role">The role in the organization.</param>
public sealed record NewUser(string Email, string? Name, string? PasswordHash, Role Role);

/// <summary>A person.</summary>
/// <param name="Id">The id.</param>
/// <param name="Email">The address, as it was given first.</param>
/// <param name="Name">The name; null: nobody said.</param>
/// <param name="Role">The role in the organization that was asked for.</param>
/// <param name="CreatedAt">When the person became known.</param>
/// <param name="UpdatedAt">When the record was changed last.</param>
public sealed record UserRecord(string Id, string Email, string? Name, Role Role, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
