using System.Net;
using Actors.Web.Auth;
using Microsoft.Extensions.Primitives;

namespace Actors.Web.Tests.Feedback;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("", "10.0.0.1", "203.0.113.9", "10.0.0.1")] // nobody is trusted
    [InlineData("10.0.0.0/8", "192.0.2.1", "203.0.113.9", "192.0.2.1")] // a stranger says so
    [InlineData("10.0.0.0/8", "10.0.0.1", null, "10.0.0.1")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("10.0.0.0/8", "10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9")] // what the client itself has written stands before
    [InlineData("10.0.0.0/8", "10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9")] // two proxies
    [InlineData("10.0.0.0/8", "10.0.0.1", "203.0.113.9, unknown, 10.0.0.2", "10.0.0.2")]
    [InlineData("10.0.0.0/8, 2001:db8::1", "2001:db8::1", "[2001:db8:1::7]:443", "2001:db8:1::7")]
    [InlineData("::1", "::1", "2001:db8:1::7", "2001:db8:1::7")]
    public void Only_trusted_proxies_are_believed(string trusted, string peer, string? forwardedFor, string expected)
    {
        var networks = new ClientAddressOptions { TrustedProxies = trusted }.ReadNetworks()!;
        Assert.Equal(expected, ClientAddress.Find(IPAddress.Parse(peer), new StringValues(forwardedFor), networks).ToString());
    }

    [Fact]
    public void A_header_that_came_in_parts_is_one_list()
    {
        var networks = new ClientAddressOptions { TrustedProxies = "10.0.0.0/8" }.ReadNetworks()!;
        Assert.Equal("203.0.113.9", ClientAddress.Find(IPAddress.Parse("10.0.0.1"), new StringValues(["198.51.100.7, 203.0.113.9", "10.0.0.2"]), networks).ToString());
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9", true)]
    [InlineData("203.0.113.9", "::ffff:203.0.113.9", true)]
    [InlineData("203.0.113.9", "203.0.113.10", false)]
    [InlineData("2001:db8:1:2::7", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::7", "2001:db8:1:3::7", false)]
    public void One_sender_is_an_address_or_a_network_of_ipv6(string one, string other, bool expected) =>
        Assert.Equal(expected, ClientAddress.NetworkOf(IPAddress.Parse(one)) == ClientAddress.NetworkOf(IPAddress.Parse(other)));

    [Theory]
    [InlineData(null, true)]
    [InlineData("127.0.0.1, 10.0.0.0/8 ,::1,fd00::/8", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("proxy.example", false)]
    public void The_setting_names_addresses_and_networks(string? setting, bool expected)
    {
        var result = new ClientAddressOptionsValidator().Validate(null, new ClientAddressOptions { TrustedProxies = setting });
        Assert.Equal(expected, result.Succeeded);
        Assert.Equal(!expected, result.FailureMessage?.StartsWith($"Actors:TrustedProxies is '{setting}'.", StringComparison.Ordinal) ?? false);
    }
}
