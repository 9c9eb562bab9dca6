namespace Actors.Contracts;

/// <summary>A version of a prompt.</summary>
public sealed record PromptBody
{
    /// <summary>The version's id.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its content, labels or tags last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>Who made it: a user's id, or <c>API</c>.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>A string (<c>text</c>) or a list of messages and placeholders (<c>chat</c>).</summary>
    public required RawJson Prompt { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The number of the version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary><c>text</c> or <c>chat</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it is labelled <c>production</c>; null except in the contract's first version.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Any value, mostly an object.</summary>
    public required RawJson Config { get; init; }

    /// <summary>The tags of its name.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The labels that point at it.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Why it was made.</summary>
    public string? CommitMessage { get; init; }

    /// <summary>Which prompts were put into it; null: none.</summary>
    public PromptGraphBody? ResolutionGraph { get; init; }
}

/// <summary>Which prompts a prompt embeds.</summary>
/// <param name="Root">The prompt itself.</param>
/// <param name="Dependencies">What each prompt embeds, by the id of the embedding one.</param>
public sealed record PromptGraphBody(PromptNodeBody Root, IReadOnlyDictionary<string, IReadOnlyList<PromptNodeBody>> Dependencies);

/// <summary>A prompt in a graph.</summary>
/// <param name="Id">The version's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">The number of the version.</param>
public sealed record PromptNodeBody(string Id, string Name, int Version);

/// <summary>A name in the list of prompts.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type"><c>text</c> or <c>chat</c>.</param>
/// <param name="Versions">The numbers of its versions, ascending.</param>
/// <param name="Labels">The labels of these versions.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="LastUpdatedAt">The newest change.</param>
/// <param name="LastConfig">The config of the highest version.</param>
public sealed record PromptMetaBody(
    string Name,
    string Type,
    IReadOnlyList<int> Versions,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Tags,
    DateTimeOffset LastUpdatedAt,
    RawJson LastConfig);

/// <summary>A page of prompts.</summary>
/// <param name="Data">The names of this page.</param>
/// <param name="Meta">Which page this is.</param>
/// <param name="Pagination">The same again: early clients read it here.</param>
public sealed record PromptPageBody(IReadOnlyList<PromptMetaBody> Data, PageMeta Meta, PageMeta Pagination);
