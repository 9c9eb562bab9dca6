using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Actors.Storage;

namespace Actors.Silo.Hosting;

/// <summary>What this process does, and where it meets the others. Read before anything is registered.</summary>
internal sealed record Node
{
    private const string RoleKey = "Actors:Role";
    private const string StorageKey = "Actors:Storage";
    private const string ClusterKey = "Actors:Cluster:";

    /// <summary>What it does.</summary>
    public required Role Role { get; init; }

    /// <summary>The database that it shares with other nodes; null: it is alone, with stores of its own.</summary>
    public string? Database { get; init; }

    /// <summary>The name of the cluster. Nodes of other clusters in the same database are strangers.</summary>
    public string ClusterId { get; init; } = "actors";

    /// <summary>The port for other silos; 0: any free one.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>The port for web nodes; 0: any free one.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>The address under which other nodes reach it; null: the machine's own.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>How long it goes on serving after it has said that it is not ready any more.</summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>Whether actors live here.</summary>
    public bool HasSilo => Role != Role.Web;

    /// <summary>Whether the public API and the pages are here.</summary>
    public bool HasWeb => Role != Role.Silo;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartupException">One of them is wrong, or they do not go together.</exception>
    public static Node Read(IConfiguration configuration)
    {
        var role = ReadRole(configuration[RoleKey]);
        if (!string.Equals(configuration[StorageKey], StorageOptions.PostgreSql, StringComparison.OrdinalIgnoreCase))
        {
            return role == Role.All
                ? new Node { Role = role }
                : throw new StartupException(
                    $"{RoleKey} is '{configuration[RoleKey]}', which needs a database that nodes share: set {StorageKey} to '{StorageOptions.PostgreSql}', or remove {RoleKey}.");
        }

        var node = new Node
        {
            Role = role,
            Database = configuration[PostgresOptions.ConnectionStringSetting] ?? "",
            ClusterId = ReadText(configuration, "ClusterId", "actors"),
            SiloPort = ReadPort(configuration, "SiloPort", 11111),
            GatewayPort = ReadPort(configuration, "GatewayPort", 30000),
            AdvertisedAddress = ReadAddress(configuration[ClusterKey + "AdvertisedAddress"]),
            DrainDelay = ReadDelay(configuration),
        };
        return node.SiloPort != node.GatewayPort || node.SiloPort == 0
            ? node
            : throw new StartupException($"{ClusterKey}SiloPort and {ClusterKey}GatewayPort are both {node.SiloPort}. Give them different ports.");
    }

    private static Role ReadRole(string? text) => text?.ToUpperInvariant() switch
    {
        null or "" or "ALL" => Role.All,
        "SILO" => Role.Silo,
        "WEB" => Role.Web,
        _ => throw new StartupException($"{RoleKey} is '{text}'. Set it to 'all', 'silo' or 'web', or remove it."),
    };

    private static string ReadText(IConfiguration configuration, string key, string @default) =>
        configuration[ClusterKey + key] is { Length: > 0 } text ? text : @default;

    private static int ReadPort(IConfiguration configuration, string key, int @default)
    {
        var text = ReadText(configuration, key, @default.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new StartupException($"{ClusterKey}{key} is '{text}'. Set it to a port from 1 to 65535, to 0 for any that is free, or remove it.");
    }

    private static TimeSpan ReadDelay(IConfiguration configuration)
    {
        var text = ReadText(configuration, "DrainDelay", "00:00:05");
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var delay) && delay >= TimeSpan.Zero && delay <= TimeSpan.FromMinutes(1)
            ? delay
            : throw new StartupException($"{ClusterKey}DrainDelay is '{text}'. Set it to a time from 00:00:00 to 00:01:00, or remove it.");
    }

    private static IPAddress? ReadAddress(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return IPAddress.TryParse(text, out var address)
                ? address
                : Dns.GetHostAddresses(text).OrderBy(a => a.AddressFamily != AddressFamily.InterNetwork).First();
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException or ArgumentException)
        {
            throw new StartupException(
                $"{ClusterKey}AdvertisedAddress is '{text}', which no name server knows. Set it to an address of this machine that other nodes reach, or remove it.");
        }
    }
}

/// <summary>What a process does.</summary>
internal enum Role
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>Actors, without the public API and the pages.</summary>
    Silo,

    /// <summary>The public API and the pages, without actors.</summary>
    Web,
}
