using Actors.Contracts;
using Actors.Prompts;

namespace Actors.Web.Api.Prompts;

/// <summary>Prompts in the shapes of the contract (langfuse-api §11).</summary>
internal static class PromptMapper
{
    public static PromptBody ToWire(this PromptRecord prompt, ProjectId project) => new()
    {
        Id = prompt.Id,
        CreatedAt = prompt.CreatedAt,
        UpdatedAt = prompt.UpdatedAt,
        ProjectId = project.Value,
        CreatedBy = prompt.CreatedBy,
        Prompt = new RawJson(prompt.Content),
        Name = prompt.Name,
        Version = prompt.Version,
        Type = prompt.Type.ToWire(),
        Config = new RawJson(prompt.Config),
        Tags = prompt.Tags,
        Labels = prompt.Labels,
        CommitMessage = prompt.CommitMessage,
        ResolutionGraph = prompt.Graph is { } graph
            ? new PromptGraphBody(
                graph.Root.ToWire(),
                graph.Dependencies.ToDictionary(d => d.Key, d => (IReadOnlyList<PromptNodeBody>)[.. d.Value.Select(n => n.ToWire())]))
            : null,
    };

    /// <summary>As the contract's first version answers it.</summary>
    public static PromptBody ToLegacyWire(this PromptRecord prompt, ProjectId project) =>
        prompt.ToWire(project) with { IsActive = prompt.Labels.Contains(PromptRules.Production) };

    public static PromptMetaBody ToWire(this PromptSummary summary) => new(
        summary.Name,
        summary.Type.ToWire(),
        summary.Versions,
        summary.Labels,
        summary.Tags,
        summary.LastUpdatedAt,
        new RawJson(summary.LastConfig));

    private static PromptNodeBody ToWire(this PromptNode node) => new(node.Id, node.Name, node.Version);

    private static string ToWire(this PromptType type) => type == PromptType.Text ? "text" : "chat";
}
