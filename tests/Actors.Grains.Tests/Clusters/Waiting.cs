namespace Actors.Grains.Tests.Clusters;

/// <summary>Waiting for events, never for time.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>The event must happen within the bound.</summary>
    public static Task Bounded(this Task happened) => happened.WaitAsync(Longest);

    /// <inheritdoc cref="Bounded(Task)"/>
    public static Task<T> Bounded<T>(this Task<T> happened) => happened.WaitAsync(Longest);
}
