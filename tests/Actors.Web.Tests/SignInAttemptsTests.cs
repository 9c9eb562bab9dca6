using Actors.Web.Admin;
using Actors.Web.Auth;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Web;

public sealed class SignInAttemptsTests
{
    private static readonly UInt128 Home = 7;

    private readonly FakeTimeProvider _time = new();
    private readonly SignInAttempts _attempts;

    public SignInAttemptsTests() => _attempts = new SignInAttempts(Options.Create(new AdminOptions { SignInAttempts = 3 }), _time);

    [Fact]
    public void After_the_last_attempt_a_network_waits_for_the_end_of_its_window()
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
        Assert.True(_attempts.TryTake(8));
    }

    [Fact]
    public void Who_shows_the_key_begins_anew()
    {
        Try(Home, 2);
        _attempts.Forgive(Home);
        Assert.Equal([true, true, true, false], Try(Home, 4));
    }

    [Fact]
    public void A_flood_of_networks_pushes_out_the_oldest_only()
    {
        Try(Home, 4);
        var networks = Enumerable.Range(1, SignInAttempts.MaxNetworks).Select(i => (UInt128)(100 + i)).ToList();
        Assert.All(networks, network =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(_attempts.TryTake(network));
        });
        Assert.True(_attempts.TryTake(Home));
        Assert.Equal([true, true, false], Try(networks[^1], 3));
    }

    private List<bool> Try(UInt128 network, int times) => [.. Enumerable.Range(0, times).Select(_ => _attempts.TryTake(network))];
}
