using Actors.Tracing;

namespace Actors.Analytics.Queries.Findings;

/// <summary>
/// What failures have in common. Messages bear ids of requests and amounts of seconds, which would make each a reason of its
/// own: in a pattern both are <c>#</c>.
/// </summary>
internal static class FailurePattern
{
    /// <summary>The pattern of the message of an observation <c>o</c>; empty: it has none.</summary>
    public static Sql.Fragment Of { get; } = new("regexp_replace(left(coalesce(o.status_message, ''), 200), '[0-9a-fA-F-]{8,}|[0-9]+', '#', 'g')");

    /// <summary>Whether an observation <c>o</c> failed.</summary>
    public static Sql.Fragment Failed { get; } = new($"o.level = {(int)ObservationLevel.Error}");
}
