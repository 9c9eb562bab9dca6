using Actors.Prompts;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Prompts;

/// <summary>The prompts in the control plane, with the versions that are fetched in memory.</summary>
internal sealed class PromptStore : IPromptStore
{
    // In characters: a few tens of megabytes, whatever the prompts are.
    private const long MaxCachedCharacters = 16_000_000;

    private readonly ControlDatabase _database;
    private readonly TimeProvider _time;
    private readonly PromptCache<(PromptSelector, bool Resolve), Outcome<PromptRecord>> _cache;
    private readonly PromptIds _ids;

    public PromptStore(ControlDatabase database, TimeProvider time, ILogger<PromptStore> logger)
    {
        (_database, _time) = (database, time);
        _cache = new(MaxCachedCharacters, Lifetime, Weigh, _database.Changes, time, logger);
        _ids = new(database, time, logger);
        _database.Changes.Subscribe(ControlSubjects.Prompts, _cache.Invalidate, () => _cache.Invalidate(null));
    }

    /// <summary>How long what was read is trusted, whatever is heard.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The message about a version that does not exist.</summary>
    public static string NotFound(PromptSelector selector) => selector.Version is { } version
        ? $"Prompt not found: '{selector.Name}' with version {version}"
        : $"Prompt not found: '{selector.Name}' with label '{selector.Label ?? PromptRules.Production}'";

    public async ValueTask<Outcome<PromptRecord>> FindAsync(
        ProjectId project, PromptSelector selector, bool resolve, CancellationToken cancellationToken) =>
        await _cache.GetAsync(project, (selector, resolve), () => ReadAsync(project, selector, resolve), cancellationToken)
            ?? Refusal.NotFound(NotFound(selector));

    public async Task<Slice<PromptSummary>> ListAsync(ProjectId project, PromptListQuery query, CancellationToken cancellationToken)
    {
        await using var context = _database.CreateDbContext();
        return await PromptListQueries.ReadAsync(context, project, query, cancellationToken);
    }

    public Task<Outcome<PromptRecord>> AddAsync(ProjectId project, NewPrompt prompt, CancellationToken cancellationToken) =>
        ChangeAsync(project, ControlSubjects.Prompts, writer => writer.AddAsync(prompt, cancellationToken), cancellationToken);

    public Task<Outcome<PromptRecord>> SetLabelsAsync(
        ProjectId project, PromptKey key, IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        ChangeAsync(project, ControlSubjects.Prompts, writer => writer.SetLabelsAsync(key, labels, cancellationToken), cancellationToken);

    public Task<Refusal?> DeleteAsync(
        ProjectId project, string name, int? version, string? label, CancellationToken cancellationToken) =>
        ChangeAsync(
            project,
            ControlSubjects.Prompts | ControlSubjects.PromptIds,
            writer => writer.DeleteAsync(name, version, label, cancellationToken),
            cancellationToken);

    public ValueTask<IReadOnlyDictionary<PromptKey, string>> FindIdsAsync(
        ProjectId project, IReadOnlyCollection<PromptKey> keys, CancellationToken cancellationToken) =>
        _ids.FindAsync(project, keys, cancellationToken);

    public async Task<bool> ExistsAsync(ProjectId project, string promptId, CancellationToken cancellationToken)
    {
        await using var context = _database.CreateDbContext();
        return await context.Set<PromptVersion>().AnyAsync(v => v.Id == promptId && v.Prompt!.ProjectId == project.Value, cancellationToken);
    }

    private static long Weigh(Outcome<PromptRecord> outcome) => 500 + (outcome.Value is { } p ? p.Content.Length + p.Config.Length : 0);

    private Task<T> ChangeAsync<T>(
        ProjectId project, ControlSubjects told, Func<PromptWriter, Task<T>> change, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            new ControlChange(told, project),
            context => change(new PromptWriter(context, project, _time.GetUtcNow())),
            cancellationToken);

    private async Task<Outcome<PromptRecord>?> ReadAsync(ProjectId project, PromptSelector selector, bool resolve)
    {
        await using var context = _database.CreateDbContext();
        var prompt = await context.FindVersion(project, selector).Select(PromptQueries.Record).FirstOrDefaultAsync();
        if (prompt is null || !resolve)
        {
            return prompt is null ? null : (Outcome<PromptRecord>)prompt;
        }

        var (content, graph, problem) = await new PromptResolver(context, project)
            .ResolveAsync(new PromptNode(prompt.Id, prompt.Name, prompt.Version), prompt.Type, prompt.Content, CancellationToken.None);
        return problem is null ? prompt with { Content = content, Graph = graph } : Refusal.Conflict(problem);
    }
}
