using System.Linq.Expressions;
using Actors.Prompts;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Prompts;

/// <summary>The questions that several parts of the prompt store ask.</summary>
internal static class PromptQueries
{
    /// <summary>All that a record holds, read in one query.</summary>
    public static Expression<Func<PromptVersion, PromptRecord>> Record { get; } = v => new PromptRecord
    {
        Id = v.Id,
        Name = v.Prompt!.Name,
        Version = v.Version,
        Type = v.Prompt.Type,
        Content = v.Content,
        Config = v.Config,
        Labels = v.Labels.OrderBy(l => l.Label).Select(l => l.Label).ToList(),
        Tags = v.Prompt.Tags,
        CommitMessage = v.CommitMessage,
        CreatedBy = v.CreatedBy,
        CreatedAt = v.CreatedAt,
        UpdatedAt = v.UpdatedAt,
    };

    /// <summary>The one version that a selector names, if it exists.</summary>
    public static IQueryable<PromptVersion> FindVersion(this ControlDbContext database, ProjectId project, PromptSelector selector)
    {
        var versions = database.Set<PromptVersion>().AsNoTracking()
            .Where(v => v.Prompt!.ProjectId == project.Value && v.Prompt.Name == selector.Name);
        var label = selector.Label ?? PromptRules.Production;
        return selector.Version is { } version
            ? versions.Where(v => v.Version == version)
            : versions.Where(v => v.Labels.Any(l => l.Label == label));
    }
}
