using System.Text.RegularExpressions;

namespace Actors.Testing.Processes;

/// <summary>A real server in a process of its own.</summary>
public sealed partial class SiloProcess : IAsyncDisposable
{
    /// <summary>How long a start may take on a busy machine.</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private const string Announced = "Actors is ready at ";

    private readonly ChildProcess _process;

    private SiloProcess(ChildProcess process, SiloStart start, Uri address)
    {
        _process = process;
        Start = start;
        Address = address;
        Client = new SiloClient(address, start.Keys);
    }

    /// <summary>How it was started.</summary>
    public SiloStart Start { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Where it receives OpenTelemetry over gRPC, as it announced; null: nowhere.</summary>
    public Uri? GrpcAddress => GrpcAnnouncement().Match(Output.Text) is { Success: true } found ? new Uri(found.Groups[1].Value) : null;

    /// <summary>Speaks its API with the keys that it was started with.</summary>
    public SiloClient Client { get; }

    /// <summary>What it wrote to its standard output.</summary>
    public OutputLog Output => _process.Output;

    /// <summary>All that it wrote.</summary>
    public string Transcript => _process.Transcript;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a server and waits until it says where it is and that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message holds what it wrote.</exception>
    public static async Task<SiloProcess> StartAsync(SiloStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var process = start.Launch();
        try
        {
            var line = await process.Output.FirstAsync(l => l.Contains(Announced, StringComparison.Ordinal))
                .WaitAsync(StartLimit, cancellationToken);
            if (line is null)
            {
                throw new InvalidOperationException("The server ended before it was ready.");
            }

            var address = new Uri(line[(line.IndexOf(Announced, StringComparison.Ordinal) + Announced.Length)..].Trim());
            var silo = new SiloProcess(process, start, address);
            await silo.Client.WaitUntilReadyAsync(StartLimit, cancellationToken);
            return silo;
        }
        catch (Exception e)
        {
            await process.DisposeAsync();
            throw new InvalidOperationException($"{e.Message}\n{process.Transcript}", e);
        }
    }

    /// <summary>Starts a server that is expected to refuse, and waits for its end.</summary>
    /// <returns>How it ended and what it wrote.</returns>
    public static async Task<SiloExit> RunToExitAsync(SiloStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        await using var process = start.Launch();
        var code = await process.WaitForExitAsync(StartLimit, cancellationToken);
        return new SiloExit(code, process.Output.Lines, process.Errors.Lines);
    }

    /// <summary>Starts a server and gives it nothing but a moment: it is killed <paramref name="after"/> its process began.</summary>
    public static async Task StartAndKillAsync(SiloStart start, TimeSpan after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        await using var process = start.Launch();
        await Task.Delay(after, TimeProvider.System, cancellationToken);
        await process.KillAsync();
    }

    [GeneratedRegex(@"(http://\S+) \(gRPC\)")]
    private static partial Regex GrpcAnnouncement();

    /// <summary>Ends it with SIGKILL.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Sends it a signal.</summary>
    public void Send(Signal signal) => _process.Send(signal);

    /// <summary>Asks it to end.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync() => _process.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }
}

/// <summary>How a server ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">The lines of its standard output.</param>
/// <param name="Errors">The lines of its standard error.</param>
public sealed record SiloExit(int Code, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    /// <summary>All that it wrote, for messages of failed tests.</summary>
    public string Transcript => $"exit code {Code}\n--- standard output\n{string.Join('\n', Output)}\n--- standard error\n{string.Join('\n', Errors)}";
}
