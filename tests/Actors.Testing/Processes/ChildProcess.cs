using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Actors.Testing.Processes;

/// <summary>
/// A process that this test run started, and the only kind it ever ends. It is killed with its children when it is disposed,
/// or when the test run ends without disposing it.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    // What operators are told to give a node that drains.
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<int, ChildProcess> Running = [];

    private readonly Process _process;
    private readonly Task _drained;

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var child in Running.Values)
        {
            child.KillNow();
        }
    };

    private ChildProcess(Process process)
    {
        _process = process;
        Running[process.Id] = this;
        _drained = Task.WhenAll(DrainAsync(process.StandardOutput, Output), DrainAsync(process.StandardError, Errors));
    }

    /// <summary>What it wrote to its standard output.</summary>
    public OutputLog Output { get; } = new();

    /// <summary>What it wrote to its standard error.</summary>
    public OutputLog Errors { get; } = new();

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>How it ended; only after it has.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program. A null value in <paramref name="environment"/> takes the variable away.</summary>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        return new ChildProcess(process);
    }

    /// <summary>Writes a line to its standard input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until it has ended and everything it wrote has been read.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(limit, cancellationToken);
            await _drained.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Process {Id} did not end within {limit}.\n{Transcript}");
        }

        Running.TryRemove(Id, out _);
        return _process.ExitCode;
    }

    /// <summary>Ends it with SIGKILL: it gets no chance to write, flush or close anything.</summary>
    public async Task KillAsync()
    {
        KillNow();
        await WaitForExitAsync(ExitLimit, CancellationToken.None);
    }

    /// <summary>Asks it to end, as an operator would.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            KillNow();
        }
        else
        {
            Send(Signal.Terminate);
        }

        return await WaitForExitAsync(ExitLimit, CancellationToken.None);
    }

    /// <summary>Sends it a signal, when it still runs.</summary>
    public void Send(Signal signal)
    {
        if (!_process.HasExited)
        {
            _ = kill(Id, (int)signal);
        }
    }

    /// <summary>All that it wrote, for messages of failed tests.</summary>
    public string Transcript => $"--- standard output\n{Output.Text}\n--- standard error\n{Errors.Text}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void KillNow()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It was faster.
        }
    }

    private static async Task DrainAsync(StreamReader reader, OutputLog log)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            log.Add(line);
        }

        log.End();
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
