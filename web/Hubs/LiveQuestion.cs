using Actors.Live;

namespace Actors.Web.Hubs;

/// <summary>What a subscription asks for. Equal questions share one source.</summary>
/// <param name="Project">Whose.</param>
internal abstract record LiveQuestion(ProjectId Project);

/// <summary>Asks for numbers and feeds.</summary>
internal sealed record NumbersQuestion(ProjectId Project, LiveFilter Filter) : LiveQuestion(Project)
{
    /// <summary>The windows that are told.</summary>
    public WindowSet Windows { get; init; } = WindowSet.Of(LiveWindowNames.Minute);

    /// <summary>The series that are told; always the total.</summary>
    public DimensionSet By { get; init; } = DimensionSet.Of(LiveDimension.Total);

    /// <summary>Whether the windows before are told.</summary>
    public bool Compare { get; init; }

    /// <summary>Whether seconds are told.</summary>
    public bool Points { get; init; }

    /// <summary>How many of the latest traces are told.</summary>
    public int Feed { get; init; }

    /// <summary>Messages per second at most.</summary>
    public int Rate { get; init; } = 2;
}

/// <summary>Asks for one trace.</summary>
internal sealed record TraceQuestion(ProjectId Project, string TraceId) : LiveQuestion(Project);

/// <summary>Asks for the values that stand out.</summary>
internal sealed record TopQuestion(ProjectId Project, LiveFilter Filter, LiveDimension By) : LiveQuestion(Project)
{
    public LiveTopOrder Order { get; init; }

    public TimeSpan Window { get; init; } = LiveWindowNames.Hour;

    public int Limit { get; init; } = 10;
}
