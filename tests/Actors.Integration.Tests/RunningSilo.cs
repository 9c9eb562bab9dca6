namespace Actors.Integration;

/// <summary>One server for all tests that do not stop it. Ids are new in every test, so they do not meet.</summary>
public sealed class RunningSilo : IAsyncLifetime
{
    private readonly ScratchDirectory _data = new();

    public SiloProcess Silo { get; private set; } = null!;

    public ProjectKeys Keys { get; } = ProjectKeys.New();

    public SiloClient Client => Silo.Client;

    /// <summary>A second project, for what is sent twice and compared.</summary>
    public ProjectKeys MirrorKeys { get; private set; } = null!;

    /// <summary>Speaks the API for the second project.</summary>
    public SiloClient Mirror { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Silo = await SiloProcess.StartAsync(
            new SiloStart { DataDirectory = _data.Path, Keys = Keys, GrpcPort = -1, Environment = Administrator.Variables }, CancellationToken.None);
        using var administrator = await Administrator.EnterAsync(Silo.Address, CancellationToken.None);
        MirrorKeys = await administrator.AddProjectAsync("Mirror", CancellationToken.None);
        Mirror = new SiloClient(Silo.Address, MirrorKeys);
    }

    public async ValueTask DisposeAsync()
    {
        Mirror?.Dispose();
        if (Silo is not null)
        {
            await Silo.DisposeAsync();
        }

        _data.Dispose();
    }
}
