using Actors.Prompts;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Prompts;

/// <summary>The changes of prompts, each inside one transaction that nobody else writes in.</summary>
internal sealed class PromptWriter(ControlDbContext database, ProjectId project, DateTimeOffset now)
{
    private const int MaxDependentsShown = 20;

    public async Task<Outcome<PromptRecord>> AddAsync(NewPrompt added, CancellationToken cancellationToken)
    {
        var name = await FindAsync(added.Name, cancellationToken);
        if (name is not null && name.Type != added.Type)
        {
            return Refusal.Invalid($"The versions of '{added.Name}' have another type. Choose another name for this prompt");
        }

        var highest = name is null ? null : await VersionsOf(name).MaxAsync(v => (int?)v.Version, cancellationToken);
        var node = new PromptNode(EntityId.New(), added.Name, 1 + (highest ?? 0));
        if (await CheckContentAsync(node, added, cancellationToken) is { } problem)
        {
            return Refusal.Invalid(problem);
        }

        if (name is null)
        {
            name = new Prompt { Id = EntityId.New(), ProjectId = project.Value, Name = added.Name, Type = added.Type };
            database.Add(name);
        }

        var version = new PromptVersion
        {
            Id = node.Id,
            PromptId = name.Id,
            Version = node.Version,
            Content = added.Content,
            Config = added.Config,
            CommitMessage = added.CommitMessage,
            CreatedBy = added.CreatedBy,
            CreatedAt = now,
            UpdatedAt = now,
        };
        database.Add(version);
        AddDependencies(version.Id, added);
        await SetTagsAsync(name, added.Tags, cancellationToken);
        await MoveLabelsAsync(name, version.Id, added.Labels.Append(PromptRules.Latest), cancellationToken);
        return await ReadAsync(version.Id, cancellationToken);
    }

    public async Task<Outcome<PromptRecord>> SetLabelsAsync(
        PromptKey key, IReadOnlyCollection<string> labels, CancellationToken cancellationToken)
    {
        var name = await FindAsync(key.Name, cancellationToken);
        var id = name is null
            ? null
            : await VersionsOf(name).Where(v => v.Version == key.Version).Select(v => v.Id).FirstOrDefaultAsync(cancellationToken);
        if (id is null)
        {
            return Refusal.NotFound(PromptStore.NotFound(new PromptSelector(key.Name, key.Version)));
        }

        await MoveLabelsAsync(name!, id, labels, cancellationToken);
        return await ReadAsync(id, cancellationToken);
    }

    public async Task<Refusal?> DeleteAsync(string promptName, int? version, string? label, CancellationToken cancellationToken)
    {
        if (await FindAsync(promptName, cancellationToken) is not { } name)
        {
            return Refusal.NotFound("Prompt not found");
        }

        var versions = await VersionsOf(name).Select(v => new { v.Id, v.Version }).ToListAsync(cancellationToken);
        var labelled = label is null ? null : name.Labels.Find(l => l.Label == label)?.VersionId ?? "";
        var doomed = versions
            .Where(v => (version is null || v.Version == version) && (labelled is null || v.Id == labelled))
            .ToDictionary(v => v.Id, v => v.Version);
        if (doomed.Count == 0)
        {
            return Refusal.NotFound("Prompt not found");
        }

        var survivor = versions.Where(v => !doomed.ContainsKey(v.Id)).MaxBy(v => v.Version)?.Id;
        if (await FindDependentsAsync(name, doomed, survivor is not null, cancellationToken) is { } dependents)
        {
            return Refusal.Invalid(dependents);
        }

        if (survivor is null)
        {
            database.Remove(name);
            return null;
        }

        // The label leaves first, or it would go with the version that it points at.
        if (name.Labels.Find(l => l.Label == PromptRules.Latest) is { } latest && doomed.ContainsKey(latest.VersionId))
        {
            await MoveLabelsAsync(name, survivor, [PromptRules.Latest], cancellationToken);
        }

        await VersionsOf(name).Where(v => doomed.Keys.Contains(v.Id)).ExecuteDeleteAsync(cancellationToken);
        return null;
    }

    private Task<Prompt?> FindAsync(string name, CancellationToken cancellationToken) => database.Set<Prompt>()
        .Include(p => p.Labels)
        .FirstOrDefaultAsync(p => p.ProjectId == project.Value && p.Name == name, cancellationToken);

    private IQueryable<PromptVersion> VersionsOf(Prompt name) => database.Set<PromptVersion>().Where(v => v.PromptId == name.Id);

    private async Task<string?> CheckContentAsync(PromptNode node, NewPrompt added, CancellationToken cancellationToken)
    {
        var variables = PromptContent.Texts(added.Type, added.Content).SelectMany(PromptRules.FindVariables).Distinct();
        var ambiguous = variables.Intersect(PromptContent.Placeholders(added.Type, added.Content)).ToList();
        if (ambiguous.Count > 0)
        {
            return $"Variables and placeholders need different names: {string.Join(", ", ambiguous)}";
        }

        var resolution = await new PromptResolver(database, project).ResolveAsync(node, added.Type, added.Content, cancellationToken);
        return resolution.Problem;
    }

    private void AddDependencies(string versionId, NewPrompt added)
    {
        foreach (var child in PromptContent.Texts(added.Type, added.Content).SelectMany(PromptReference.Find).Distinct())
        {
            database.Add(new PromptDependency
            {
                Id = EntityId.New(),
                ProjectId = project.Value,
                ParentId = versionId,
                ChildName = child.Name,
                ChildVersion = child.Version,
                ChildLabel = child.Label,
            });
        }
    }

    private async Task SetTagsAsync(Prompt name, IReadOnlyList<string>? tags, CancellationToken cancellationToken)
    {
        if (tags is null || name.Tags.SequenceEqual(tags))
        {
            return;
        }

        name.Tags = [.. tags.Distinct()];
        await VersionsOf(name).ExecuteUpdateAsync(v => v.SetProperty(p => p.UpdatedAt, now), cancellationToken);
    }

    private async Task MoveLabelsAsync(Prompt name, string versionId, IEnumerable<string> labels, CancellationToken cancellationToken)
    {
        var touched = new HashSet<string>();
        foreach (var label in labels.Distinct())
        {
            var held = name.Labels.Find(l => l.Label == label);
            if (held?.VersionId == versionId)
            {
                continue;
            }

            touched.Add(versionId);
            if (held is null)
            {
                var pointer = new PromptLabel { PromptId = name.Id, Label = label, VersionId = versionId };
                name.Labels.Add(pointer);
                database.Add(pointer);
            }
            else
            {
                touched.Add(held.VersionId);
                held.VersionId = versionId;
            }
        }

        await database.SaveChangesAsync(cancellationToken);
        await VersionsOf(name).Where(v => touched.Contains(v.Id)).ExecuteUpdateAsync(v => v.SetProperty(p => p.UpdatedAt, now), cancellationToken);
    }

    // A label that moves to another version breaks nobody; one that goes away does.
    private async Task<string?> FindDependentsAsync(
        Prompt name, Dictionary<string, int> doomed, bool isLatestKept, CancellationToken cancellationToken)
    {
        var lostLabels = name.Labels
            .Where(l => doomed.ContainsKey(l.VersionId) && !(isLatestKept && l.Label == PromptRules.Latest))
            .Select(l => l.Label)
            .ToHashSet();
        var dependents = await database.Set<PromptDependency>()
            .Where(d => d.ProjectId == project.Value && d.ChildName == name.Name)
            .Where(d => doomed.Values.Contains(d.ChildVersion ?? 0) || lostLabels.Contains(d.ChildLabel ?? ""))
            .OrderBy(d => d.Parent!.Prompt!.Name).ThenBy(d => d.Parent!.Version)
            .ThenByDescending(d => d.ChildVersion ?? 0).ThenBy(d => d.ChildLabel)
            .Select(d => new { d.Parent!.Prompt!.Name, d.Parent.Version, d.ChildVersion, d.ChildLabel })
            .Take(MaxDependentsShown)
            .ToListAsync(cancellationToken);
        return dependents.Count == 0
            ? null
            : "Other prompts embed what would be deleted. Delete them first: " + string.Join(
                "; ",
                dependents.Select(d => $"{d.Name} v{d.Version} embeds {name.Name} {(d.ChildVersion is { } v ? $"v{v}" : $"with label {d.ChildLabel}")}"));
    }

    private Task<PromptRecord> ReadAsync(string versionId, CancellationToken cancellationToken) =>
        database.Set<PromptVersion>().AsNoTracking().Where(v => v.Id == versionId).Select(PromptQueries.Record).SingleAsync(cancellationToken);
}
