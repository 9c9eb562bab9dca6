namespace Actors.Prompts;

/// <summary>
/// The prompts of all projects. Changes are atomic and follow one another: of two new versions of a name that arrive at
/// once, each gets a number of its own, and a label points at one version at every moment. Safe for concurrent callers.
/// </summary>
public interface IPromptStore
{
    /// <summary>
    /// One version, served from memory: a change made through this process is seen at once, one made elsewhere after a few
    /// seconds. While the database fails, the last version that was seen is answered. Refusals: not found; conflict, when an
    /// embedded prompt cannot be resolved any more.
    /// </summary>
    /// <param name="project">Whose prompt.</param>
    /// <param name="selector">Which version.</param>
    /// <param name="resolve">Whether embedded prompts are put into the content.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<Outcome<PromptRecord>> FindAsync(
        ProjectId project, PromptSelector selector, bool resolve, CancellationToken cancellationToken);

    /// <summary>A page of the names, sorted.</summary>
    Task<Slice<PromptSummary>> ListAsync(ProjectId project, PromptListQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a version: the number after the highest one of its name. Refusals: invalid, when the name has another type or an
    /// embedded prompt cannot be resolved. The answer has the content as it was sent.
    /// </summary>
    Task<Outcome<PromptRecord>> AddAsync(ProjectId project, NewPrompt prompt, CancellationToken cancellationToken);

    /// <summary>Points labels at a version, and so away from others. Idempotent. Refusals: not found.</summary>
    Task<Outcome<PromptRecord>> SetLabelsAsync(
        ProjectId project, PromptKey key, IReadOnlyCollection<string> labels, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes one version by number, one by label, or all of a name when both are null.
    /// <see cref="PromptRules.Latest"/> moves to the highest version that is left.
    /// </summary>
    /// <returns>
    /// Null when it is done. Otherwise: not found, when nothing matches; invalid, when another prompt embeds what would go.
    /// </returns>
    Task<Refusal?> DeleteAsync(ProjectId project, string name, int? version, string? label, CancellationToken cancellationToken);

    /// <summary>
    /// The ids of versions, from memory where they are known; those that do not exist are left out. One that was added is
    /// never left out after that was answered. While the database fails, ids that were seen are answered, and others throw.
    /// </summary>
    ValueTask<IReadOnlyDictionary<PromptKey, string>> FindIdsAsync(
        ProjectId project, IReadOnlyCollection<PromptKey> keys, CancellationToken cancellationToken);

    /// <summary>Whether a version with this id exists.</summary>
    Task<bool> ExistsAsync(ProjectId project, string promptId, CancellationToken cancellationToken);
}
