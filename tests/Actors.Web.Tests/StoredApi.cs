using Actors.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

/// <summary>One server with real stores for all tests of a class; they keep apart by the names they choose.</summary>
public sealed class StoredApi : IAsyncLifetime
{
    internal ApiServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ApiServer.StartWithStoresAsync();

    /// <summary>Makes a person a member of the organization of both projects.</summary>
    /// <returns>The person's id.</returns>
    internal async Task<string> AddMemberAsync(string email)
    {
        var users = Server.Services.GetRequiredService<IUserStore>();
        var user = await users.AddAsync(FakeProjects.One.OrganizationId, new NewUser(email, null, null, Role.Member), CancellationToken.None);
        return user!.Id;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
