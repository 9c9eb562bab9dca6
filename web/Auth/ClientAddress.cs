using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Actors.Web.Auth;

/// <summary>
/// Finds the address of who sent a request. Only limits ask for it: what a client may do never depends on an address that a header
/// names.
/// </summary>
internal sealed class ClientAddress(IOptions<ClientAddressOptions> options)
{
    // A chain of proxies is short; a long header is somebody's joke.
    private const int MaxHops = 16;

    private readonly IReadOnlyList<IPNetwork> _trusted = options.Value.ReadNetworks() ?? [];

    /// <summary>The network of the sender; see <see cref="NetworkOf"/>.</summary>
    public UInt128 Find(HttpContext context) =>
        NetworkOf(Find(context.Connection.RemoteIpAddress ?? IPAddress.None, context.Request.Headers["X-Forwarded-For"], _trusted));

    /// <summary>
    /// The sender behind trusted proxies: each adds whom it heard to the end of the header, so it is read from the end, as long as
    /// the one who said so is trusted.
    /// </summary>
    public static IPAddress Find(IPAddress peer, StringValues forwardedFor, IReadOnlyList<IPNetwork> trusted)
    {
        var sender = Plain(peer);
        if (trusted.Count == 0 || forwardedFor.Count == 0)
        {
            return sender;
        }

        var said = string.Join(',', forwardedFor.ToArray()).Split(',', StringSplitOptions.TrimEntries);
        for (var i = said.Length - 1; i >= Math.Max(0, said.Length - MaxHops); i--)
        {
            // Some proxies add the port, which also the parser of end points knows to be optional.
            if (!trusted.Any(n => n.Contains(sender)) || !IPEndPoint.TryParse(said[i], out var heard))
            {
                break;
            }

            sender = Plain(heard.Address);
        }

        return sender;
    }

    /// <summary>
    /// What counts as one sender: an address of IPv4, and the first 64 bits of one of IPv6, of which a subscriber has the rest to
    /// choose from.
    /// </summary>
    public static UInt128 NetworkOf(IPAddress address)
    {
        var plain = Plain(address);
        var bits = BinaryPrimitives.ReadUInt128BigEndian(plain.MapToIPv6().GetAddressBytes());
        return plain.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? bits & ~(UInt128)ulong.MaxValue : bits;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
