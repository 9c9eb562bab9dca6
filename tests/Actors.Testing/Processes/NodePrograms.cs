namespace Actors.Testing.Processes;

/// <summary>The programs of <c>tests/clients</c>, which use tracing clients that we did not write.</summary>
public static class NodePrograms
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private static readonly SemaphoreSlim Installing = new(1, 1);

    /// <summary>Where they are.</summary>
    public static string Folder { get; } = RepositoryRoot.Combine("tests", "clients");

    /// <summary>Starts <c>node</c> in the folder, pointed at a server.</summary>
    public static Task<ChildProcess> StartAsync(
        Uri address, ProjectKeys keys, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        StartAsync(address, null, keys, arguments, cancellationToken);

    /// <summary>Starts <c>node</c> in the folder, pointed at a server and at its door for gRPC.</summary>
    public static async Task<ChildProcess> StartAsync(
        Uri address, Uri? grpcAddress, ProjectKeys keys, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(keys);
        await InstallAsync(cancellationToken);
        return ChildProcess.Start("node", arguments, Folder, new Dictionary<string, string?>
        {
            ["ACTORS_BASE_URL"] = address.ToString().TrimEnd('/'),
            ["ACTORS_GRPC_URL"] = grpcAddress?.ToString().TrimEnd('/'),
            ["LANGFUSE_PUBLIC_KEY"] = keys.PublicKey,
            ["LANGFUSE_SECRET_KEY"] = keys.SecretKey,
            ["LANGFUSE_BASE_URL"] = null,
            ["LANGFUSE_BASEURL"] = null,
            ["LANGFUSE_HOST"] = null,
        });
    }

    /// <summary>Installs the packages that the lock file names, unless exactly those are there.</summary>
    public static async Task InstallAsync(CancellationToken cancellationToken)
    {
        await Installing.WaitAsync(cancellationToken);
        try
        {
            var wanted = new FileInfo(Path.Combine(Folder, "package-lock.json"));
            var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
            if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc)
            {
                return;
            }

            await using var npm = ChildProcess.Start(
                "npm", ["ci", "--no-audit", "--no-fund"], Folder, new Dictionary<string, string?>());
            if (await npm.WaitForExitAsync(InstallLimit, cancellationToken) != 0)
            {
                throw new InvalidOperationException($"'npm ci' failed in {Folder}.\n{npm.Transcript}");
            }
        }
        finally
        {
            Installing.Release();
        }
    }
}
