using System.Globalization;

namespace Actors.Testing.Processes.Network;

/// <summary>
/// A network of this machine's own: a bridge, and hosts that are network namespaces with an address on it. Processes in
/// different hosts reach each other only by the bridge, so that they can be cut off like machines. Needs root and iproute2.
/// </summary>
public sealed class HostNetwork : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly List<NetworkHost> _hosts = [];
    private readonly string _subnet;

    private HostNetwork() =>
        _subnet = string.Create(CultureInfo.InvariantCulture, $"10.{64 + (Environment.ProcessId % 64)}.{Environment.ProcessId / 64 % 256}");

    /// <summary>Whether this process may make one.</summary>
    public static bool IsPossible => Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/ip");

    /// <summary>The address of this process on the network.</summary>
    public string Address => _subnet + ".1";

    /// <summary>The addresses of the network, as <c>address/bits</c>.</summary>
    public string Range => _subnet + ".0/24";

    private static string Bridge => string.Create(CultureInfo.InvariantCulture, $"acb{Environment.ProcessId}");

    /// <summary>Makes an empty network; one per process at a time.</summary>
    public static async Task<HostNetwork> CreateAsync(CancellationToken cancellationToken)
    {
        var network = new HostNetwork();
        await IpAsync($"link add {Bridge} type bridge", cancellationToken);
        await IpAsync($"addr add {network.Address}/24 dev {Bridge}", cancellationToken);
        await IpAsync($"link set {Bridge} up", cancellationToken);
        return network;
    }

    /// <summary>Adds a host.</summary>
    public async Task<NetworkHost> AddHostAsync(CancellationToken cancellationToken)
    {
        var number = _hosts.Count;
        var host = new NetworkHost(
            string.Create(CultureInfo.InvariantCulture, $"actors-{Environment.ProcessId}-{number}"),
            string.Create(CultureInfo.InvariantCulture, $"acv{Environment.ProcessId}x{number}"),
            string.Create(CultureInfo.InvariantCulture, $"{_subnet}.{11 + number}"));
        _hosts.Add(host);
        await IpAsync($"netns add {host.Namespace}", cancellationToken);
        await IpAsync($"link add {host.Link} type veth peer name eth0 netns {host.Namespace}", cancellationToken);
        await IpAsync($"link set {host.Link} master {Bridge} up", cancellationToken);
        await IpAsync($"-n {host.Namespace} addr add {host.Address}/24 dev eth0", cancellationToken);
        await IpAsync($"-n {host.Namespace} link set eth0 up", cancellationToken);
        await IpAsync($"-n {host.Namespace} link set lo up", cancellationToken);
        return host;
    }

    /// <summary>Pulls the cable of a host: what is under way is lost without a word, in both directions.</summary>
    public static Task CutAsync(NetworkHost host, CancellationToken cancellationToken) =>
        IpAsync($"link set {host.Link} down", cancellationToken);

    /// <summary>Plugs it in again.</summary>
    public static Task HealAsync(NetworkHost host, CancellationToken cancellationToken) =>
        IpAsync($"link set {host.Link} up", cancellationToken);

    /// <summary>Loses everything between two hosts, while both reach all others.</summary>
    public static async Task PartAsync(NetworkHost one, NetworkHost other, CancellationToken cancellationToken)
    {
        await IpAsync($"-n {one.Namespace} route replace blackhole {other.Address}/32", cancellationToken);
        await IpAsync($"-n {other.Namespace} route replace blackhole {one.Address}/32", cancellationToken);
    }

    /// <summary>Lets two hosts reach each other again.</summary>
    public static async Task JoinAsync(NetworkHost one, NetworkHost other, CancellationToken cancellationToken)
    {
        await IpAsync($"-n {one.Namespace} route del blackhole {other.Address}/32", cancellationToken);
        await IpAsync($"-n {other.Namespace} route del blackhole {one.Address}/32", cancellationToken);
    }

    /// <summary>Removes hosts and bridge; processes in the hosts must have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await IpAsync($"netns del {host.Namespace}", CancellationToken.None);
        }

        await IpAsync($"link del {Bridge}", CancellationToken.None);
    }

    private static async Task IpAsync(string arguments, CancellationToken cancellationToken)
    {
        await using var ip = ChildProcess.Start("/usr/sbin/ip", arguments.Split(' '), "/", new Dictionary<string, string?>());
        if (await ip.WaitForExitAsync(Limit, cancellationToken) is var code and not 0)
        {
            throw new InvalidOperationException($"ip {arguments} ended with {code}.\n{ip.Transcript}");
        }
    }
}

/// <summary>A host of a <see cref="HostNetwork"/>.</summary>
/// <param name="Namespace">The name of its network namespace.</param>
/// <param name="Link">The name of its cable at the bridge.</param>
/// <param name="Address">Its address.</param>
public sealed record NetworkHost(string Namespace, string Link, string Address)
{
    /// <summary>What must stand before a command so that it runs on this host.</summary>
    public IReadOnlyList<string> Launcher => ["/usr/sbin/ip", "netns", "exec", Namespace];
}
