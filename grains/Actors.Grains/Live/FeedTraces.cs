using Actors.Live;
using Actors.Tracing;

namespace Actors.Grains.Live;

/// <summary>Makes entries of the feed.</summary>
internal static class FeedTraces
{
    /// <summary>The trace was deleted, or belongs to the feed no longer.</summary>
    public static FeedTrace Gone(string traceId, long version, DateTimeOffset at) => new()
    {
        TraceId = traceId,
        Version = version,
        Timestamp = at,
        UpdatedAt = at,
        Environment = "",
        Summary = TraceSummary.Empty,
        IsDeleted = true,
    };
}
