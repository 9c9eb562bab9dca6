using System.Globalization;

namespace Actors.Testing.Processes;

/// <summary>How a server is started.</summary>
public sealed record SiloStart
{
    /// <summary>Any free port on loopback: the announcement says which.</summary>
    public const string AnyPort = "http://127.0.0.1:0";

    private static readonly string[] Inherited = ["LANGFUSE_", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "ACTORS", "URLS"];

    /// <summary>Where the server keeps everything.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The first project; null: the server makes its own.</summary>
    public ProjectKeys? Keys { get; init; }

    /// <summary>The value of <c>--urls</c>; null: the argument is left out.</summary>
    public string? Urls { get; init; } = AnyPort;

    /// <summary>The port for OpenTelemetry over gRPC: 0, the default, is none, so that servers side by side do not meet; -1 is any.</summary>
    public int? GrpcPort { get; init; } = 0;

    /// <summary>What stands before the command, to run it elsewhere; empty: here.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Further arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Further environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where it runs, and so which <c>appsettings.json</c> it reads; null: beside the server's own files.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The server as it was built; <c>ACTORS_SILO_DLL</c> names another.</summary>
    public static string Assembly =>
        System.Environment.GetEnvironmentVariable("ACTORS_SILO_DLL") is { Length: > 0 } set
            ? set
            : RepositoryRoot.Combine("silo", "bin", Configuration, "net10.0", "Actors.Silo.dll");

    // The server is taken from the same configuration that the tests were built in.
    private static string Configuration =>
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "Debug"
            : "Release";

    /// <summary>Starts the process, without waiting for anything.</summary>
    internal ChildProcess Launch()
    {
        if (!File.Exists(Assembly))
        {
            throw new FileNotFoundException($"The server is not built: run 'dotnet build -c {Configuration} silo' first.", Assembly);
        }

        string[] urls = Urls is null ? [] : ["--urls", Urls];
        string[] command = [.. Launcher, "dotnet", Assembly, .. urls, .. Arguments];
        return ChildProcess.Start(
            command[0], command[1..], WorkingDirectory ?? Path.GetDirectoryName(Assembly)!, Variables());
    }

    // What surrounds the test run must not decide what the server does.
    private Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>();
        foreach (string name in System.Environment.GetEnvironmentVariables().Keys)
        {
            if (Array.Exists(Inherited, p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)))
            {
                variables[name] = null;
            }
        }

        variables["Actors__DataDirectory"] = DataDirectory;
        variables["Actors__Otlp__GrpcPort"] = GrpcPort?.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in (Keys?.ServerVariables ?? new Dictionary<string, string?>()).Concat(Environment))
        {
            variables[name] = value;
        }

        return variables;
    }
}
