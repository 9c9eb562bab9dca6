namespace Actors.Prompts;

/// <summary>Which version of a prompt: by number, by label, or the one labelled <see cref="PromptRules.Production"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The number; null: by label.</param>
/// <param name="Label">The label; null with a null version: <see cref="PromptRules.Production"/>.</param>
public readonly record struct PromptSelector(string Name, int? Version = null, string? Label = null);

/// <summary>A version of a prompt, as traces name it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The number.</param>
public readonly record struct PromptKey(string Name, int Version);

/// <summary>A version to add. Names, labels and lengths follow <see cref="PromptRules"/>; the caller has checked them.</summary>
public sealed record NewPrompt
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is made of.</summary>
    public required PromptType Type { get; init; }

    /// <summary>JSON as in <see cref="PromptRecord.Content"/>.</summary>
    public required string Content { get; init; }

    /// <summary>JSON: any value.</summary>
    public string Config { get; init; } = "{}";

    /// <summary>The labels that move to this version; <see cref="PromptRules.Latest"/> does so in any case.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The tags that the name has from now on; null: it keeps those it has.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Why this version is made.</summary>
    public string? CommitMessage { get; init; }

    /// <summary>Who makes it: a user's id, or <c>API</c>.</summary>
    public string CreatedBy { get; init; } = "API";
}

/// <summary>A question for a list of prompts: names of which at least one version fits everything that is not null.</summary>
public sealed record PromptListQuery
{
    /// <summary>Which page.</summary>
    public required PageRequest Page { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>A part of the name, in any case.</summary>
    public string? NameContains { get; init; }

    /// <summary>The number of a version.</summary>
    public int? Version { get; init; }

    /// <summary>A label of a version.</summary>
    public string? Label { get; init; }

    /// <summary>A tag of the name.</summary>
    public string? Tag { get; init; }

    /// <summary>Versions that changed at or after this time.</summary>
    public DateTimeOffset? FromUpdatedAt { get; init; }

    /// <summary>Versions that changed at or before this time.</summary>
    public DateTimeOffset? ToUpdatedAt { get; init; }
}
