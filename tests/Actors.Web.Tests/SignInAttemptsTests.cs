using System.Net;
using Actors.Web.Admin;
using Actors.Web.Auth;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Web;

public sealed class SignInAttemptsTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.7");

    private readonly FakeTimeProvider _time = new();
    private readonly SignInAttempts _attempts;

    public SignInAttemptsTests() => _attempts = new SignInAttempts(Options.Create(new AdminOptions { SignInAttempts = 3 }), _time);

    [Fact]
    public void After_the_last_attempt_an_address_waits_for_the_end_of_its_window()
    {
        Assert.Equal([true, true, true, false, false], Try(Home, 5));
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.False(_attempts.TryTake(Home));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_attempts.TryTake(Home));
    }

    [Fact]
    public void Others_do_not_wait_for_it()
    {
        Try(Home, 4);
        Assert.True(_attempts.TryTake(IPAddress.Parse("192.0.2.8")));
        Assert.True(_attempts.TryTake(null));
    }

    [Fact]
    public void Who_shows_the_key_begins_anew()
    {
        Try(Home, 2);
        _attempts.Forgive(Home);
        Assert.Equal([true, true, true, false], Try(Home, 4));
    }

    [Fact]
    public void All_addresses_of_a_network_are_one_and_an_address_has_one_spelling()
    {
        Try(IPAddress.Parse("2001:db8:1:2::1"), 3);
        Assert.False(_attempts.TryTake(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.True(_attempts.TryTake(IPAddress.Parse("2001:db8:1:3::1")));

        Try(Home, 3);
        Assert.False(_attempts.TryTake(Home.MapToIPv6()));
    }

    [Fact]
    public void A_flood_of_addresses_pushes_out_the_oldest_only()
    {
        Try(Home, 4);
        var addresses = Enumerable.Range(1, SignInAttempts.MaxAddresses).Select(i => new IPAddress([10, 0, (byte)(i >> 8), (byte)i])).ToList();
        Assert.All(addresses, address =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(_attempts.TryTake(address));
        });
        Assert.True(_attempts.TryTake(Home));
        Assert.Equal([true, true, false], Try(addresses[^1], 3));
    }

    private List<bool> Try(IPAddress address, int times) => [.. Enumerable.Range(0, times).Select(_ => _attempts.TryTake(address))];
}
