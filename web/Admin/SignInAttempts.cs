using Actors.Web.Auth;
using Microsoft.Extensions.Options;

namespace Actors.Web.Admin;

/// <summary>
/// Counts sign-ins by the network they come from, so that a key cannot be found by trying. An attempt is counted before its key is compared, or
/// many at once would all be free. Safe for concurrent use.
/// </summary>
internal sealed class SignInAttempts(IOptions<AdminOptions> options, TimeProvider time)
{
    /// <summary>How many networks are remembered; the one that began first is forgotten.</summary>
    public const int MaxNetworks = 1_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, (DateTimeOffset Since, int Count)> _byNetwork = [];

    /// <summary>Takes one attempt; false: the network must wait until its window is over.</summary>
    public bool TryTake(UInt128 network)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_byNetwork.TryGetValue(network, out var held) || now - held.Since >= Window)
            {
                MakeRoom(network);
                held = (now, 0);
            }

            _byNetwork[network] = held with { Count = held.Count + 1 };
            return held.Count < options.Value.SignInAttempts;
        }
    }

    /// <summary>Forgets the attempts of a network: it has shown the key.</summary>
    public void Forgive(UInt128 network)
    {
        lock (_lock)
        {
            _byNetwork.Remove(network);
        }
    }

    private void MakeRoom(UInt128 network)
    {
        if (_byNetwork.Count >= MaxNetworks && !_byNetwork.ContainsKey(network))
        {
            _byNetwork.Remove(_byNetwork.MinBy(entry => entry.Value.Since).Key);
        }
    }
}
