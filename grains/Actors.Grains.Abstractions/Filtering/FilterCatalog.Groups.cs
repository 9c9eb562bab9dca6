using Actors.Queries;
using static Actors.Filtering.FilterColumnType;

namespace Actors.Filtering;

// Sessions and users are compared by what their traces add up to.
public sealed partial class FilterCatalog
{
    /// <summary>Sessions.</summary>
    public static FilterCatalog Sessions { get; } = new(
        "sessions",
        ["id"],
        [],
        [
            new("id", Text, "The session's id"),
            new("userId", List, "The users of its traces") { Aliases = ["user"] },
            .. Group(),
            .. Scored("scores", "scores_avg", "score_categories", "score_booleans", "A score of it or of its traces by name"),
            new(Search, FilterColumnType.Search, "Words of its id"),
        ]);

    /// <summary>Users.</summary>
    public static FilterCatalog Users { get; } = new(
        "users",
        ["id"],
        [],
        [
            new("id", Text, "The user's id"),
            new("sessions", Number, "Sessions of the user"),
            .. Group(),
            .. Scored("scores", "scores_avg", "score_categories", "score_booleans", "A score of the traces by name"),
            new(Search, FilterColumnType.Search, "Words of the id"),
        ]);

    /// <summary>The catalogue of a kind of groups.</summary>
    public static FilterCatalog Of(TraceGroupKind kind) => kind == TraceGroupKind.Session ? Sessions : Users;

    private static FilterColumn[] Group() =>
    [
        new("environment", List, "The environments of the traces") { Aliases = ["env"] },
        new("tags", List, "The tags of the traces"),
        new("release", List, "The deployments of the traces"),
        new("version", List, "The versions of the component"),
        new("level", Choice, "The highest level of any observation") { Choices = Levels },
        new("firstSeen", Time, "When the first trace began") { Aliases = ["first"] },
        new("lastSeen", Time, "When the last trace began") { Aliases = ["last"] },
        new("duration", Number, "From the start of the first trace to the start of the last") { Unit = FilterUnit.Seconds },
        new("traces", Number, "Traces"),
        new("failedTraces", Number, "Traces with an error") { Aliases = ["failed"] },
        new("observations", Number, "Observations"),
        new("errorCount", Number, "Observations of level ERROR") { Aliases = ["errors"] },
        new("warningCount", Number, "Observations of level WARNING"),
        .. Usage(),
    ];
}
