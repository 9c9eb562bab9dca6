using System.Diagnostics;

namespace Actors.Testing.Processes;

/// <summary>
/// Asks again until the answer is right, for a bounded time. Only for what another process promises to show within a time
/// and has no event for.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until <paramref name="accept"/> is content; <paramref name="explain"/> words the last answer that was not.</summary>
    /// <returns>The accepted answer.</returns>
    /// <exception cref="TimeoutException">It never was; the message holds the last answer.</exception>
    public static async Task<T> GetAsync<T>(
        string what,
        TimeSpan within,
        Func<Task<T>> read,
        Func<T, bool> accept,
        CancellationToken cancellationToken,
        Func<T, string>? explain = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(accept);
        var watch = Stopwatch.StartNew();
        using var pulse = new PeriodicTimer(Interval, TimeProvider.System);
        for (var reads = 1; ; reads++)
        {
            var answer = await read();
            if (accept(answer))
            {
                return answer;
            }

            if (watch.Elapsed >= within)
            {
                throw new TimeoutException($"{what}: not as expected after {watch.Elapsed} and {reads} reads; the last was {explain?.Invoke(answer) ?? $"{answer}"}.");
            }

            await pulse.WaitForNextTickAsync(cancellationToken);
        }
    }
}
