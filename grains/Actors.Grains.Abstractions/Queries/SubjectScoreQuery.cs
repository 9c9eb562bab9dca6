namespace Actors.Queries;

/// <summary>The newest scores of each of some subjects.</summary>
[GenerateSerializer, Immutable, Alias("actors.SubjectScoreQuery")]
public sealed record SubjectScoreQuery
{
    /// <summary>The most subjects of one kind.</summary>
    public const int MaxSubjects = 100;

    /// <summary>1 to 1,000, of each run, each trace and each observation.</summary>
    [Id(0)]
    public required int LimitPerSubject { get; init; }

    /// <summary>Dataset runs.</summary>
    [Id(1)]
    public IReadOnlyList<string> DatasetRunIds { get; init; } = [];

    /// <summary>Traces, without their observations.</summary>
    [Id(2)]
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>Observations of <see cref="TraceIds"/>.</summary>
    [Id(3)]
    public IReadOnlyList<string> ObservationIds { get; init; } = [];
}
