using Actors.Live;

namespace Actors.Web.Hubs;

/// <summary>What a subscription asks for. Equal questions share one source.</summary>
/// <param name="Project">Whose.</param>
internal abstract record LiveQuestion(ProjectId Project);

/// <summary>Asks for numbers and feeds.</summary>
internal sealed record NumbersQuestion(ProjectId Project, LiveFilter Filter) : LiveQuestion(Project)
{
    /// <summary>The windows that are told.</summary>
    public LiveWindows Windows { get; init; } = LiveWindows.Minute;

    /// <summary>The series that are told; always the total.</summary>
    public DimensionSet By { get; init; } = DimensionSet.Of(LiveDimension.Total);

    /// <summary>Whether the windows before and those of yesterday are told.</summary>
    public bool Compare { get; init; }

    /// <summary>Whether it is told how numeric scores are distributed.</summary>
    public bool Distributions { get; init; }

    /// <summary>Whether seconds are told.</summary>
    public bool Points { get; init; }

    /// <summary>How many of the latest traces are told.</summary>
    public int Feed { get; init; }

    /// <summary>Whether scores are told.</summary>
    public bool Scores { get; init; }

    /// <summary>Messages per second at most.</summary>
    public int Rate { get; init; } = 2;

    /// <summary>Who counts it: a session, a user and a prompt have actors of their own.</summary>
    public LiveScope Scope => Filter.Conditions is [{ Values: [var only] } single] && KindOf(single.Dimension) is { } kind
        ? new LiveScope(Project, kind, only)
        : LiveScope.Of(Project, Filter);

    private static LiveScopeKind? KindOf(LiveDimension dimension) => dimension switch
    {
        LiveDimension.Session => LiveScopeKind.Session,
        LiveDimension.User => LiveScopeKind.User,
        LiveDimension.Prompt => LiveScopeKind.Prompt,
        _ => null,
    };
}

/// <summary>Asks for one trace.</summary>
internal sealed record TraceQuestion(ProjectId Project, string TraceId) : LiveQuestion(Project);

/// <summary>Asks for the values that stand out.</summary>
internal sealed record TopQuestion(ProjectId Project, LiveFilter Filter, LiveDimension By) : LiveQuestion(Project)
{
    public LiveTopOrder Order { get; init; }

    public LiveWindows Window { get; init; } = LiveWindows.Hour;

    public int Limit { get; init; } = 10;
}
