using Actors.Prompts;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Prompts;

/// <summary>
/// The ids of versions by their names and numbers, for reads of observations. What exists is remembered, because it stays
/// until somebody deletes it; what does not exist is asked for each time, because anybody may make it at any moment.
/// </summary>
internal sealed partial class PromptIds
{
    private const int MaxNamesPerQuery = 500;

    private readonly ControlDatabase _database;
    private readonly ILogger _logger;
    private readonly BoundedCache<(ProjectId, PromptKey), string> _known;

    public PromptIds(ControlDatabase database, TimeProvider time, ILogger logger)
    {
        (_database, _logger) = (database, logger);
        _known = new(20_000, PromptStore.Lifetime, database.Changes, time);
        database.Changes.Subscribe(ControlSubjects.PromptIds, _ => _known.Clear(), _known.Doubt);
    }

    public ValueTask<IReadOnlyDictionary<PromptKey, string>> FindAsync(
        ProjectId project, IReadOnlyCollection<PromptKey> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<PromptKey, string>();
        HashSet<PromptKey>? unknown = null;
        foreach (var key in keys)
        {
            if (_known.TryGet((project, key), out var id))
            {
                found[key] = id;
            }
            else
            {
                (unknown ??= []).Add(key);
            }
        }

        return unknown is null ? new(found) : new(FindUnknownAsync(project, unknown, found, cancellationToken));
    }

    private async Task<IReadOnlyDictionary<PromptKey, string>> FindUnknownAsync(
        ProjectId project, HashSet<PromptKey> unknown, Dictionary<PromptKey, string> found, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(project, unknown, found, cancellationToken);
        }
        catch (Exception e) when (ControlOutage.IsBehind(e) && FindLast(project, unknown, found))
        {
            LogFailing(_logger, e);
        }

        return found;
    }

    private async Task ReadAsync(
        ProjectId project, HashSet<PromptKey> unknown, Dictionary<PromptKey, string> found, CancellationToken cancellationToken)
    {
        var generation = _known.Generation;
        await using var context = _database.CreateDbContext();
        foreach (var names in unknown.Select(k => k.Name).Distinct().Chunk(MaxNamesPerQuery))
        {
            var versions = await context.Set<PromptVersion>()
                .Where(v => v.Prompt!.ProjectId == project.Value && names.Contains(v.Prompt.Name))
                .Select(v => new { v.Prompt!.Name, v.Version, v.Id })
                .ToListAsync(cancellationToken);
            foreach (var version in versions)
            {
                var key = new PromptKey(version.Name, version.Version);
                if (unknown.Contains(key))
                {
                    found[key] = version.Id;
                    _known.Set((project, key), version.Id, generation);
                }
            }
        }
    }

    // An id that was seen is as good as it was. One that was not must not be told as missing: then the read has failed.
    private bool FindLast(ProjectId project, HashSet<PromptKey> unknown, Dictionary<PromptKey, string> found)
    {
        foreach (var key in unknown)
        {
            if (!_known.TryGetLast((project, key), out var id))
            {
                return false;
            }

            found[key] = id;
        }

        return true;
    }

    [LoggerMessage(2032, LogLevel.Warning, "The ids of prompts cannot be read: the last known ones are answered until they can be.")]
    private static partial void LogFailing(ILogger logger, Exception exception);
}
