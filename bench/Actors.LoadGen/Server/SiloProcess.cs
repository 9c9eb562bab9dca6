using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Actors.LoadGen.Server;

/// <summary>
/// A real server process on a free loopback port, with keys and a data directory of its own. Its output goes to
/// <c>server.log</c> beside the data.
/// </summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    /// <summary>The project that is loaded.</summary>
    public const string Project = "load";

    private const string PublicKey = "pk-lf-load";
    private const string SecretKey = "sk-lf-load";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StreamWriter _output;
    private bool _isStopped;

    private SiloProcess(Process process, StreamWriter output, Uri address)
    {
        _process = process;
        _output = output;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>From the start of the process to its first page.</summary>
    public TimeSpan FirstPage { get; private set; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts <paramref name="assembly"/> and waits for its first page.</summary>
    /// <exception cref="InvalidOperationException">It ended, or showed no page in time.</exception>
    public static Task<SiloProcess> StartAsync(string assembly, string dataDirectory, CancellationToken cancellationToken) =>
        StartAsync(assembly, dataDirectory, new Dictionary<string, string>(), $"/p/{Project}/live", cancellationToken);

    /// <summary>Starts <paramref name="assembly"/> with further settings and waits until <paramref name="firstPage"/> is shown.</summary>
    /// <param name="assembly">The server.</param>
    /// <param name="dataDirectory">Its data.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="firstPage">The path of a page that it shows when it is ready.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended, or showed no page in time.</exception>
    public static async Task<SiloProcess> StartAsync(
        string assembly, string dataDirectory, IReadOnlyDictionary<string, string> settings, string firstPage, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{Loopback.FreePort()}");
        var start = new ProcessStartInfo("dotnet", [assembly, "--urls", address.ToString().TrimEnd('/')])
        {
            WorkingDirectory = Path.GetDirectoryName(assembly),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["Actors__DataDirectory"] = dataDirectory,
                ["LANGFUSE_INIT_PROJECT_ID"] = Project,
                ["LANGFUSE_INIT_PROJECT_PUBLIC_KEY"] = PublicKey,
                ["LANGFUSE_INIT_PROJECT_SECRET_KEY"] = SecretKey,
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var output = new StreamWriter(Path.Combine(dataDirectory, "server.log")) { AutoFlush = true };
        var started = TimeProvider.System.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        var silo = new SiloProcess(process, output, address);
        process.OutputDataReceived += silo.Note;
        process.ErrorDataReceived += silo.Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await silo.WaitForFirstPageAsync(firstPage, started, cancellationToken);
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }

        return silo;
    }

    /// <summary>A client with the project's keys.</summary>
    public HttpClient CreateClient(int connections) => CreateClient([Address], connections);

    /// <summary>A client with the project's keys that spreads its requests over servers.</summary>
    public static HttpClient CreateClient(IReadOnlyList<Uri> addresses, int connections)
    {
        var sockets = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        HttpMessageHandler handler = addresses.Count == 1 ? sockets : new SpreadHandler(addresses, sockets);
        var client = new HttpClient(handler) { BaseAddress = addresses[0], Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{PublicKey}:{SecretKey}")));
        return client;
    }

    /// <summary>The header of a page in a browser, which knows the public key alone.</summary>
    public static AuthenticationHeaderValue BrowserKey { get; } = new("Bearer", PublicKey);

    /// <summary>Reads its figures.</summary>
    public ProcessSample Sample() => ProcessSample.Read(Id);

    /// <summary>Ends it with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Asks it to end, as a supervisor would, and kills it when it does not.</summary>
    public async Task StopAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        if (!_process.HasExited)
        {
            _ = Signal.Send(_process.Id, Signal.Terminate);
            try
            {
                using var timeout = new CancellationTokenSource(StopTimeout, TimeProvider.System);
                await _process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
        await _output.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task WaitForFirstPageAsync(string path, long started, CancellationToken cancellationToken)
    {
        using var client = CreateClient(1);
        while (TimeProvider.System.GetElapsedTime(started) < StartTimeout)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The server ended with code {_process.ExitCode}; see server.log.");
            }

            try
            {
                using var page = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
                if (page.IsSuccessStatusCode)
                {
                    FirstPage = TimeProvider.System.GetElapsedTime(started);
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        throw new InvalidOperationException($"The server showed no page within {StartTimeout.TotalSeconds:0} s; see server.log.");
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text && !_isStopped)
        {
            lock (_output)
            {
                _output.WriteLine(text);
            }
        }
    }
}
