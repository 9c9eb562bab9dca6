namespace Actors.Analytics.Queries;

/// <summary>How many rows there are over all pages.</summary>
internal static class PageTotal
{
    /// <summary>A page that is not full is the last one and says it itself; else all that match are counted.</summary>
    /// <param name="found">The rows of the page.</param>
    /// <param name="limit">How many it could have.</param>
    /// <param name="offset">How many rows are before it.</param>
    /// <param name="count">Counts all.</param>
    public static long Of(int found, int limit, long offset, Func<long> count) =>
        found < limit && (found > 0 || offset == 0) ? offset + found : count();
}
