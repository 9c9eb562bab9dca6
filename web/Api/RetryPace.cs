namespace Actors.Web.Api;

/// <summary>
/// The pauses between tries of a call to a grain whose silo may be gone: longer each time, and over when the other silos should
/// long have noticed.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="first">The pause before the second try; null: 100 ms.</param>
internal sealed class RetryPace(TimeProvider time, TimeSpan? first = null)
{
    /// <summary>How long a call is tried again. A silo's death is known after eight seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly long _since = time.GetTimestamp();
    private TimeSpan _next = first ?? TimeSpan.FromMilliseconds(100);

    /// <summary>Whether another try is worth its while.</summary>
    public bool IsWorthIt => IsWorthItWithin(Patience);

    /// <summary>Whether another try is worth its while, when that is so for this long.</summary>
    public bool IsWorthItWithin(TimeSpan patience) => time.GetElapsedTime(_since) + _next < patience;

    /// <summary>Waits before the next try.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_next, time, cancellationToken);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
    }
}
