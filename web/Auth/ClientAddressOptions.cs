using System.Net;
using Microsoft.Extensions.Options;

namespace Actors.Web.Auth;

/// <summary>Whom the server believes about the address of a client, section <c>Actors</c>.</summary>
public sealed class ClientAddressOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Actors";

    private const int MaxNetworks = 100;

    /// <summary>
    /// The addresses of proxies in front of the server whose <c>X-Forwarded-For</c> is believed, as a comma list of addresses and
    /// networks, such as <c>127.0.0.1, 10.0.0.0/8</c>. At most 100. Default null: nobody's, and a client's address is that of its
    /// connection.
    /// </summary>
    public string? TrustedProxies { get; set; }

    /// <summary>The networks that <see cref="TrustedProxies"/> names; null: it is wrong.</summary>
    internal IReadOnlyList<IPNetwork>? ReadNetworks()
    {
        var networks = new List<IPNetwork>();
        foreach (var text in (TrustedProxies ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return null;
            }
        }

        return networks.Count <= MaxNetworks ? networks : null;
    }
}

/// <summary>Checks <see cref="ClientAddressOptions"/> at start.</summary>
internal sealed class ClientAddressOptionsValidator : IValidateOptions<ClientAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, ClientAddressOptions options) => options.ReadNetworks() is not null
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"{ClientAddressOptions.Section}:TrustedProxies is '{options.TrustedProxies}'. Set it to at most 100 addresses and networks like 127.0.0.1, 10.0.0.0/8 or remove it.");
}
