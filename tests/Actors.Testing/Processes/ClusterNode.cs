using Actors.Testing.Processes.Network;

namespace Actors.Testing.Processes;

/// <summary>A node of a cluster: one process after the other, with the same data directory.</summary>
/// <param name="name">What it is called, such as <c>silo-1</c>.</param>
/// <param name="start">How it is started.</param>
/// <param name="host">The host that it runs on; null: this one.</param>
public sealed class ClusterNode(string name, SiloStart start, NetworkHost? host) : IAsyncDisposable
{
    private SiloProcess? _process;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>How it is started.</summary>
    public SiloStart Start => start;

    /// <summary>The host that it runs on, which can be cut off.</summary>
    public NetworkHost Host => host ?? throw new InvalidOperationException($"{name} has no host of its own.");

    /// <summary>Whether its process runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Its process, running or ended.</summary>
    public SiloProcess Process => _process ?? throw new InvalidOperationException($"{name} was never started.");

    /// <summary>Speaks its API.</summary>
    public SiloClient Client => Process.Client;

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        _process = await SiloProcess.StartAsync(start, cancellationToken);
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>Asks it to end.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync() => Process.StopAsync();

    /// <summary>Stops it where it is, without a word to anybody.</summary>
    public void Pause() => Process.Send(Signal.Stop);

    /// <summary>Lets it go on after <see cref="Pause"/>.</summary>
    public void Resume() => Process.Send(Signal.Continue);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
