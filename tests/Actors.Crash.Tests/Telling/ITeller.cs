namespace Actors.Crash;

/// <summary>How a writer speaks to the product.</summary>
internal interface ITeller : IDisposable
{
    /// <summary>Sends a request until it has an answer that settles it.</summary>
    /// <returns>The answer; null: there is none and there will be none.</returns>
    Task<Answer?> AskAsync(Func<SiloClient, Task<Answer>> send);
}

/// <summary>Speaks to one server, until that is gone.</summary>
internal sealed class OneServer(SiloClient client) : ITeller
{
    public async Task<Answer?> AskAsync(Func<SiloClient, Task<Answer>> send)
    {
        try
        {
            return await send(client);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    public void Dispose() => client.Dispose();
}
