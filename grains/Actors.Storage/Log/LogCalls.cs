using Actors.Tracing;

namespace Actors.Storage.Log;

/// <summary>Refuses what no log can do.</summary>
internal static class LogCalls
{
    public static void Check(LogAppend append)
    {
        ArgumentNullException.ThrowIfNull(append);
        ArgumentOutOfRangeException.ThrowIfLessThan(append.Version, 1);
        if (append.Events.Count == 0)
        {
            throw new ArgumentException("A row has at least one event.", nameof(append));
        }
    }

    public static void Check(LogDeletion deletion)
    {
        ArgumentNullException.ThrowIfNull(deletion);
        ArgumentOutOfRangeException.ThrowIfLessThan(deletion.Version, 2);
    }
}
