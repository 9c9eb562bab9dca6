using Actors.Testing.Processes.Network;

namespace Actors.Crash;

/// <summary>A process of a cluster on a host of its own, which dies and comes back.</summary>
internal sealed class StormNode(NetworkHost host, SiloStart start) : IAsyncDisposable
{
    private SiloProcess? _process;

    public NetworkHost Host => host;

    /// <summary>Where it listens, whether it runs or not.</summary>
    public Uri Address => new(start.Urls!);

    public async Task StartAsync(CancellationToken cancellationToken) => _process = await SiloProcess.StartAsync(start, cancellationToken);

    public async Task KillAsync()
    {
        await _process!.KillAsync();
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Asks it to end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        var code = await _process!.StopAsync();
        await _process.DisposeAsync();
        _process = null;
        return code;
    }

    /// <summary>Stops it in the middle of whatever it does; it does not know of the time until <see cref="Thaw"/>.</summary>
    public void Freeze() => _process!.Send(Signal.Stop);

    public void Thaw() => _process!.Send(Signal.Continue);

    /// <summary>Whether it has ended by itself, as a silo does that finds itself declared dead.</summary>
    public bool HasEnded => _process is { HasExited: true };

    public string Transcript => _process?.Transcript ?? "";

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
