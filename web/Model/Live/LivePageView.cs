using System.Collections.Immutable;
using Actors.Live;
using Actors.Queries;

namespace Actors.Web.Model.Live;

/// <summary>What the live page shows beside its charts, at one moment.</summary>
public sealed record LivePageView
{
    /// <summary>What the address says.</summary>
    public required LiveAddress Address { get; init; }

    /// <summary>The lists behind it; null while the project is looked up.</summary>
    public LiveLinks? Links { get; init; }

    /// <summary>The figures; empty before the first numbers.</summary>
    public IReadOnlyList<TileModel> Tiles { get; init; } = [];

    /// <summary>The latest traces, newest first.</summary>
    public ImmutableArray<FeedTrace> Feed { get; init; } = [];

    /// <summary>The traces that run.</summary>
    public IReadOnlyList<RunningLine> Running { get; init; } = [];

    /// <summary>How many run in all.</summary>
    public int RunningCount { get; init; }

    /// <summary>Why observations failed; null: not read yet.</summary>
    public Failures? Failures { get; init; }

    /// <summary>Whether a reason is new.</summary>
    public Func<Failure, bool> IsNew { get; init; } = _ => false;

    /// <summary>What changed lately, newest first.</summary>
    public IReadOnlyList<LiveMark> Marks { get; init; } = [];

    /// <summary>Whether it has been looked what changed: before, nothing is not known to have.</summary>
    public bool KnowsChanges { get; init; }

    /// <summary>Whether it has been looked what runs.</summary>
    public bool KnowsRunning { get; init; }

    /// <summary>The scores to choose from.</summary>
    public IReadOnlyList<string> Scores { get; init; } = [];

    /// <summary>The score that is shown; null: there is none.</summary>
    public string? Score { get; init; }

    /// <summary>Whether the score has quantiles.</summary>
    public bool HasSpread { get; init; }

    /// <summary>Values of the chart of requests.</summary>
    public int Values { get; init; }

    /// <summary>Where what runs ends.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Some of the figures wait to be confirmed by the read model.</summary>
    public bool IsSettling { get; init; }

    /// <summary>Of the figures and the feed.</summary>
    public Freshness Pushed { get; init; }

    /// <summary>Of the charts over time.</summary>
    public Freshness Charts { get; init; }

    /// <summary>Of the scores.</summary>
    public Freshness Quality { get; init; }

    /// <summary>Of the heat map.</summary>
    public Freshness Heat { get; init; }

    /// <summary>Of the reasons.</summary>
    public Freshness Reasons { get; init; }
}
