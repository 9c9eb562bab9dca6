using System.Net;
using System.Net.Sockets;
using Actors.Web.Auth;
using Microsoft.Extensions.Options;

namespace Actors.Web.Admin;

/// <summary>
/// Counts sign-ins by address, so that a key cannot be found by trying. An attempt is counted before its key is compared, or
/// many at once would all be free. Safe for concurrent use.
/// </summary>
internal sealed class SignInAttempts(IOptions<AdminOptions> options, TimeProvider time)
{
    /// <summary>How many addresses are remembered; the one that began first is forgotten.</summary>
    public const int MaxAddresses = 1_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (DateTimeOffset Since, int Count)> _byAddress = [];

    /// <summary>Takes one attempt; false: the address must wait until its window is over.</summary>
    public bool TryTake(IPAddress? address)
    {
        var key = KeyOf(address);
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_byAddress.TryGetValue(key, out var held) || now - held.Since >= Window)
            {
                MakeRoom(key);
                held = (now, 0);
            }

            _byAddress[key] = held with { Count = held.Count + 1 };
            return held.Count < options.Value.SignInAttempts;
        }
    }

    /// <summary>Forgets the attempts of an address: it has shown the key.</summary>
    public void Forgive(IPAddress? address)
    {
        lock (_lock)
        {
            _byAddress.Remove(KeyOf(address));
        }
    }

    private void MakeRoom(IPAddress key)
    {
        if (_byAddress.Count >= MaxAddresses && !_byAddress.ContainsKey(key))
        {
            _byAddress.Remove(_byAddress.MinBy(entry => entry.Value.Since).Key);
        }
    }

    // Whoever has one IPv6 address has the 2^64 of its network.
    private static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null || address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address?.MapToIPv4() ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
