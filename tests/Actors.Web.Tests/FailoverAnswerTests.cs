using System.Net;
using Actors.Queries;
using Actors.Web.Api;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Web.Tests;

/// <summary>What callers hear while actors move from one silo to another and read models are built.</summary>
public sealed class FailoverAnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_that_lacks_rows_says_how_far_it_goes()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Analytics.Head = 34;

        using var partial = await ListAsync(server);
        Assert.Equal(HttpStatusCode.OK, partial.StatusCode);
        Assert.Equal("partial; watermark=1; head=34", Assert.Single(partial.Headers.GetValues("Actors-Read-Model")));

        server.Grains.Analytics.Head = 1;
        using var whole = await ListAsync(server);
        Assert.False(whole.Headers.Contains("Actors-Read-Model"));
    }

    [Fact]
    public async Task What_the_read_model_does_not_know_yet_is_asked_for_again()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Analytics.Failure = new ReadModelBehindException("position 1 of 34");

        using var answer = await ListAsync(server);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Pauses_grow_to_a_second_and_end_after_15()
    {
        var time = new FakeTimeProvider();
        var pace = new RetryPace(time);
        var pauses = new List<double>();
        while (pace.IsWorthIt)
        {
            var started = time.GetTimestamp();
            var wait = pace.WaitAsync(Cancel);
            while (!wait.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
            }

            await wait;
            pauses.Add(time.GetElapsedTime(started).TotalSeconds);
        }

        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1, 1], pauses.Take(6));
        Assert.InRange(pauses.Sum(), 13, 15);
    }

    private static Task<HttpResponseMessage> ListAsync(ApiServer server) =>
        server.Client.GetAsync(new Uri("/api/public/traces", UriKind.Relative), Cancel);
}
