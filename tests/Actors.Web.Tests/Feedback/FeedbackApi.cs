using System.Net;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests.Feedback;

/// <summary>One server behind a trusted proxy, whose clock the tests move, for all tests of a class.</summary>
public sealed class FeedbackApi : IAsyncLifetime
{
    /// <summary>Where the policy is read and set.</summary>
    public const string Policy = "/api/public/actors/feedback";

    public SteppedClock Clock { get; } = new();

    internal ApiServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ApiServer.StartWithStoresAsync(
        services => services.AddSingleton<TimeProvider>(Clock), ("Actors:TrustedProxies", "127.0.0.0/8"));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal async Task SetAsync(string policy)
    {
        var (status, body) = await Server.SendAsync(HttpMethod.Put, Policy, policy);
        Assert.True(status == HttpStatusCode.OK, body);
    }

    /// <summary>Forgets what tests before have set and sent: after a minute every bucket is full.</summary>
    internal async Task ForgetAsync()
    {
        await SetAsync("{}");
        Clock.Advance(TimeSpan.FromMinutes(1));
    }
}
