using Actors.LoadGen.Load;

namespace Actors.LoadGen.Hub;

/// <summary>Reads what users add up to over all time, once each and then again and again.</summary>
internal static class PartReads
{
    /// <summary>How many users the canonical workload has.</summary>
    public const int Users = 64;

    private const int Rounds = 10;

    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>The users of the canonical workload.</summary>
    public static IEnumerable<string> UserIds => Enumerable.Range(0, Users).Select(seed => $"user-{seed * 7 % 97}").Distinct();

    /// <summary>The first read of each user, which asks the read model, and those after it, which the user's actor answers.</summary>
    public static async Task<(Latencies First, Latencies Next)> RunAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var (first, next) = (new Latencies(), new Latencies());
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var user in UserIds)
            {
                var started = Time.GetTimestamp();
                using var answer = await http.GetAsync(new Uri($"/api/public/actors/live?user={user}&windows=all", UriKind.Relative), cancellationToken);
                answer.EnsureSuccessStatusCode();
                (round == 0 ? first : next).Add(Time.GetElapsedTime(started));
            }
        }

        return (first, next);
    }
}
