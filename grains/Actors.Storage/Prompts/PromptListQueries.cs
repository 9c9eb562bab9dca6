using System.Diagnostics.CodeAnalysis;
using Actors.Prompts;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Prompts;

/// <summary>Lists of prompts: the names, each with those of its versions that fit.</summary>
internal static class PromptListQueries
{
    public static async Task<Slice<PromptSummary>> ReadAsync(
        ControlDbContext database, ProjectId project, PromptListQuery query, CancellationToken cancellationToken)
    {
        var versions = Filter(database.Set<PromptVersion>().AsNoTracking().Where(v => v.Prompt!.ProjectId == project.Value), query);
        var total = await versions.Select(v => v.PromptId).Distinct().CountAsync(cancellationToken);
        var names = await database.Set<Prompt>().AsNoTracking()
            .Where(p => versions.Any(v => v.PromptId == p.Id))
            .OrderBy(p => p.Name)
            .Skip(query.Page.Offset).Take(query.Page.Limit)
            .ToListAsync(cancellationToken);
        var ids = names.Select(p => p.Id).ToList();
        var found = await versions
            .Where(v => ids.Contains(v.PromptId))
            .OrderBy(v => v.Version)
            .Select(v => new { v.Id, v.PromptId, v.Version, v.UpdatedAt, Labels = v.Labels.Select(l => l.Label).ToList() })
            .ToListAsync(cancellationToken);
        var byName = found.ToLookup(v => v.PromptId);
        var highest = byName.Select(g => g.Last().Id).ToList();

        // Configs may be large, and of all versions only the highest one's is shown.
        var configs = await database.Set<PromptVersion>()
            .Where(v => highest.Contains(v.Id))
            .ToDictionaryAsync(v => v.PromptId, v => v.Config, cancellationToken);
        return new Slice<PromptSummary>(
            [
                .. names.Where(p => configs.ContainsKey(p.Id)).Select(p => new PromptSummary(
                    p.Name,
                    p.Type,
                    [.. byName[p.Id].Select(v => v.Version)],
                    [.. byName[p.Id].SelectMany(v => v.Labels).Order(StringComparer.Ordinal)],
                    p.Tags,
                    byName[p.Id].Max(v => v.UpdatedAt),
                    configs[p.Id])),
            ],
            total);
    }

    [SuppressMessage("Performance", "CA1862", Justification = "It becomes SQL, which knows no kinds of comparison.")]
    private static IQueryable<PromptVersion> Filter(IQueryable<PromptVersion> versions, PromptListQuery query)
    {
        if (query.Name is { } name)
        {
            versions = versions.Where(v => v.Prompt!.Name == name);
        }

        if (query.NameContains is { } part)
        {
            var lower = part.ToLowerInvariant();
            versions = versions.Where(v => v.Prompt!.Name.ToLower().Contains(lower));
        }

        if (query.Version is { } number)
        {
            versions = versions.Where(v => v.Version == number);
        }

        if (query.Label is { } label)
        {
            versions = versions.Where(v => v.Labels.Any(l => l.Label == label));
        }

        if (query.Tag is { } tag)
        {
            versions = versions.Where(v => v.Prompt!.Tags.Contains(tag));
        }

        if (query.FromUpdatedAt is { } from)
        {
            versions = versions.Where(v => v.UpdatedAt >= from);
        }

        return query.ToUpdatedAt is { } to ? versions.Where(v => v.UpdatedAt <= to) : versions;
    }
}
