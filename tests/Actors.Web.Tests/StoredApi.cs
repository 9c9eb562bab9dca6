namespace Actors.Web.Tests;

/// <summary>One server with real stores for all tests of a class; they keep apart by the names they choose.</summary>
public sealed class StoredApi : IAsyncLifetime
{
    internal ApiServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ApiServer.StartWithStoresAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
