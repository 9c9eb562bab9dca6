using System.Data.Common;
using Actors.Prompts;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Prompts;

/// <summary>The ids of versions by their names and numbers, for reads of observations. Unknown ones are remembered as well.</summary>
internal sealed partial class PromptIds(ControlDatabase database, TimeProvider time, ILogger logger)
{
    private const int MaxNamesPerQuery = 500;

    private readonly BoundedCache<(ProjectId, PromptKey), string?> _known = new(20_000, PromptStore.Lifetime, time);

    public void Clear() => _known.Clear();

    public ValueTask<IReadOnlyDictionary<PromptKey, string>> FindAsync(
        ProjectId project, IReadOnlyCollection<PromptKey> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<PromptKey, string>();
        List<PromptKey>? unknown = null;
        foreach (var key in keys)
        {
            if (!_known.TryGet((project, key), out var id))
            {
                (unknown ??= []).Add(key);
            }
            else if (id is not null)
            {
                found[key] = id;
            }
        }

        return unknown is null ? new(found) : new(ReadAsync(project, unknown, found, cancellationToken));
    }

    private async Task<IReadOnlyDictionary<PromptKey, string>> ReadAsync(
        ProjectId project, List<PromptKey> unknown, Dictionary<PromptKey, string> found, CancellationToken cancellationToken)
    {
        try
        {
            var generation = _known.Generation;
            await using var context = database.CreateDbContext();
            var asked = unknown.ToHashSet();
            foreach (var names in asked.Select(k => k.Name).Distinct().Chunk(MaxNamesPerQuery))
            {
                var versions = await context.Set<PromptVersion>()
                    .Where(v => v.Prompt!.ProjectId == project.Value && names.Contains(v.Prompt.Name))
                    .Select(v => new { v.Prompt!.Name, v.Version, v.Id })
                    .ToListAsync(cancellationToken);
                foreach (var version in versions)
                {
                    var key = new PromptKey(version.Name, version.Version);
                    if (asked.Contains(key))
                    {
                        found[key] = version.Id;
                    }
                }
            }

            foreach (var key in asked)
            {
                _known.Set((project, key), found.GetValueOrDefault(key), generation);
            }
        }
        catch (DbException e)
        {
            // An observation is worth more than the id of its prompt.
            LogUnknown(logger, e);
        }

        return found;
    }

    [LoggerMessage(2032, LogLevel.Warning, "The ids of prompts cannot be read: observations are answered without them.")]
    private static partial void LogUnknown(ILogger logger, Exception exception);
}
