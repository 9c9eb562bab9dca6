namespace Actors.Integration;

/// <summary>One server for all tests that do not stop it. Ids are new in every test, so they do not meet.</summary>
public sealed class RunningSilo : IAsyncLifetime
{
    private readonly ScratchDirectory _data = new();

    public SiloProcess Silo { get; private set; } = null!;

    public ProjectKeys Keys { get; } = ProjectKeys.New();

    public SiloClient Client => Silo.Client;

    public async ValueTask InitializeAsync() =>
        Silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _data.Path, Keys = Keys }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (Silo is not null)
        {
            await Silo.DisposeAsync();
        }

        _data.Dispose();
    }
}
