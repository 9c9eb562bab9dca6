namespace Actors.Prompts;

/// <summary>What a prompt is made of; all versions of a name share it.</summary>
public enum PromptType
{
    /// <summary>One text.</summary>
    Text,

    /// <summary>A list of messages and placeholders for messages.</summary>
    Chat,
}

/// <summary>One version of a prompt.</summary>
public sealed record PromptRecord
{
    /// <summary>The id of this version.</summary>
    public required string Id { get; init; }

    /// <summary>The name, which may hold slashes for folders.</summary>
    public required string Name { get; init; }

    /// <summary>The number of this version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>What it is made of.</summary>
    public required PromptType Type { get; init; }

    /// <summary>JSON: a string (<see cref="PromptType.Text"/>) or a list of messages (<see cref="PromptType.Chat"/>).</summary>
    public required string Content { get; init; }

    /// <summary>JSON: any value, mostly an object with the parameters of a model.</summary>
    public required string Config { get; init; }

    /// <summary>The labels that point at this version, sorted; never null.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The tags of the name, as they were set; never null.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Why this version was made; null: nothing was said.</summary>
    public string? CommitMessage { get; init; }

    /// <summary>Who made it: a user's id, or <c>API</c>.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its content, labels or tags last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Which prompts were put into <see cref="Content"/>; null: none, or they were not asked for.</summary>
    public PromptGraph? Graph { get; init; }
}

/// <summary>Which prompts a prompt embeds, directly and through others.</summary>
/// <param name="Root">The prompt itself.</param>
/// <param name="Dependencies">What each prompt embeds directly, by the embedding prompt's id; prompts that embed nothing are left out.</param>
public sealed record PromptGraph(PromptNode Root, IReadOnlyDictionary<string, IReadOnlyList<PromptNode>> Dependencies);

/// <summary>A prompt in a <see cref="PromptGraph"/>.</summary>
/// <param name="Id">The version's id.</param>
/// <param name="Name">The name.</param>
/// <param name="Version">The number of the version.</param>
public sealed record PromptNode(string Id, string Name, int Version);

/// <summary>A name in a list of prompts, with those of its versions that the list was asked for.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">What it is made of.</param>
/// <param name="Versions">The numbers of the versions, ascending.</param>
/// <param name="Labels">The labels of these versions, sorted.</param>
/// <param name="Tags">The tags of the name.</param>
/// <param name="LastUpdatedAt">The newest change of these versions.</param>
/// <param name="LastConfig">JSON: the config of the highest of these versions.</param>
public sealed record PromptSummary(
    string Name,
    PromptType Type,
    IReadOnlyList<int> Versions,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Tags,
    DateTimeOffset LastUpdatedAt,
    string LastConfig);
