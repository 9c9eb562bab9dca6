using Actors.Live;

namespace Actors.Queries;

/// <summary>Asks what came up for the first time.</summary>
[GenerateSerializer, Immutable, Alias("actors.ChangesQuery")]
public sealed record ChangesQuery
{
    /// <summary>The most changes that are told.</summary>
    public const int MaxChanges = 50;

    /// <summary>Inclusive.</summary>
    [Id(0)]
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(1)]
    public required DateTimeOffset To { get; init; }

    /// <summary>How long before <see cref="From"/> nothing of it may have occurred, so that it is new; at most 31 days.</summary>
    [Id(2)]
    public TimeSpan LookBack { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What is looked for.</summary>
    [Id(3)]
    public required ChangeKinds Kinds { get; init; }

    /// <summary>What is looked at; what is new in a part may be old elsewhere.</summary>
    [Id(4)]
    public LiveFilter Filter { get; init; } = LiveFilter.Everything;
}

/// <summary>What can come up for the first time.</summary>
[Flags]
public enum ChangeKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A failure: the name of an observation of level ERROR and the pattern of its status message.</summary>
    Error = 1,

    /// <summary>A model that is called.</summary>
    Model = 2,

    /// <summary>A version of a prompt, as <c>name@3</c>.</summary>
    PromptVersion = 4,

    /// <summary>The release that a trace says.</summary>
    Release = 8,
}

/// <summary>The answer to a <see cref="ChangesQuery"/>.</summary>
/// <param name="Watermark">The position of the log that it includes.</param>
/// <param name="Items">The newest first, at most <see cref="ChangesQuery.MaxChanges"/>.</param>
[GenerateSerializer, Immutable, Alias("actors.Changes")]
public sealed record Changes([property: Id(0)] long Watermark, [property: Id(1)] IReadOnlyList<Change> Items);

/// <summary>Something that came up for the first time.</summary>
[GenerateSerializer, Immutable, Alias("actors.Change")]
public sealed record Change
{
    /// <summary>What it is; one of them.</summary>
    [Id(0)]
    public required ChangeKinds Kind { get; init; }

    /// <summary>When it first counted.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The model, the version of the prompt, the release, or the pattern of the failure's message: numbers and ids in it are <c>#</c>.</summary>
    [Id(2)]
    public required string Value { get; init; }

    /// <summary>Of a failure the name of what failed; null: it has none, or it is no failure.</summary>
    [Id(3)]
    public string? Name { get; init; }

    /// <summary>Of a failure the message of the first time; null: it had none, or it is no failure.</summary>
    [Id(4)]
    public string? Message { get; init; }

    /// <summary>How often it occurred since.</summary>
    [Id(5)]
    public required long Count { get; init; }

    /// <summary>The trace of the first time.</summary>
    [Id(6)]
    public required string TraceId { get; init; }

    /// <summary>The observation of the first time; null: the trace itself says it.</summary>
    [Id(7)]
    public string? ObservationId { get; init; }
}
