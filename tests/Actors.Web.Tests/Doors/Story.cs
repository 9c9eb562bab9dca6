using Actors.Testing;
using Actors.Tracing;

namespace Actors.Web.Tests.Doors;

/// <summary>What happened in one trace, in the words of no client. The first step is its root, which begins before all others.</summary>
internal sealed record Story
{
    public required string TraceId { get; init; }

    public string? Name { get; init; }

    public string? UserId { get; init; }

    public string? SessionId { get; init; }

    public string? Release { get; init; }

    public string? Version { get; init; }

    public string? Environment { get; init; }

    public bool? Public { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>JSON text by key; no step has the same keys, because a trace takes over the metadata of its root.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>JSON text; null: that of the root stands in.</summary>
    public string? Input { get; init; }

    /// <summary>JSON text; null: that of the root stands in.</summary>
    public string? Output { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Decides how it is told: in how many messages, which spelling, what order.</summary>
    public int Telling { get; init; }

    public Step Root => Steps[0];

    /// <summary>Whether the routes for single events have a word for each step.</summary>
    public bool FitsLegacyRoutes => Steps.All(s => s.Type is ObservationType.Span or ObservationType.Generation or ObservationType.Event);

    /// <summary>Stories that say a little less.</summary>
    public IEnumerable<Story> Shorter()
    {
        if (Steps.Count > 1)
        {
            yield return this with { Steps = [.. Steps.SkipLast(1)] };
        }

        foreach (var (index, step) in Steps.Index())
        {
            foreach (var shorter in step.Shorter())
            {
                yield return this with { Steps = [.. Steps.Take(index), shorter, .. Steps.Skip(index + 1)] };
            }
        }

        if (Tags.Count + Metadata.Count > 0)
        {
            yield return this with { Tags = [], Metadata = new Dictionary<string, string>() };
        }

        if ((Input ?? Output ?? UserId ?? SessionId ?? Release) is not null)
        {
            yield return this with { Input = null, Output = null, UserId = null, SessionId = null, Release = null };
        }
    }

    public override string ToString() => RecordText.Of(new { TraceId, Name, UserId, SessionId, Release, Version, Environment, Public, Tags, Metadata, Input, Output, Steps, Telling });
}

/// <summary>One observation of a <see cref="Story"/>.</summary>
internal sealed record Step
{
    /// <summary>Sixteen hexadecimal digits, like the id of a span.</summary>
    public required string Id { get; init; }

    /// <summary>Perhaps a step that nobody ever tells of; null: the root.</summary>
    public string? Parent { get; init; }

    public required ObservationType Type { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Perhaps before the start; null for events alone.</summary>
    public DateTimeOffset? End { get; init; }

    public DateTimeOffset? FirstToken { get; init; }

    public ObservationLevel? Level { get; init; }

    public string? StatusMessage { get; init; }

    /// <summary>That of the trace when the step tells of it too: a span has one version for both.</summary>
    public string? Version { get; init; }

    public string? Environment { get; init; }

    public string? Model { get; init; }

    /// <summary>JSON text of strings and numbers by key.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, long> Usage { get; init; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, decimal> Cost { get; init; } = new Dictionary<string, decimal>();

    public string? PromptName { get; init; }

    public int PromptVersion { get; init; }

    /// <summary>JSON text by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>JSON text.</summary>
    public string? Input { get; init; }

    /// <summary>JSON text.</summary>
    public string? Output { get; init; }

    /// <summary>Whether its span says something about the trace too, as SDKs do that pass the user and the session on.</summary>
    public bool TellsOfTrace { get; init; }

    public bool CallsModel => Type is not (ObservationType.Span or ObservationType.Event);

    public IEnumerable<Step> Shorter()
    {
        if (Parameters.Count + Usage.Count + Cost.Count > 0)
        {
            yield return this with
            {
                Parameters = new Dictionary<string, string>(), Usage = new Dictionary<string, long>(), Cost = new Dictionary<string, decimal>(),
            };
        }

        if (Metadata.Count > 0)
        {
            yield return this with { Metadata = new Dictionary<string, string>() };
        }

        if ((Input ?? Output ?? StatusMessage ?? PromptName ?? Model) is not null)
        {
            yield return this with { Input = null, Output = null, StatusMessage = null, PromptName = null, Model = null };
        }
    }
}
