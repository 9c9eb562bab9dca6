using Actors.Scoring;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Scoring;

/// <summary>The score configs in the control plane, with those that scores ask for in memory.</summary>
internal sealed class ScoreConfigStore : IScoreConfigStore
{
    private const int MaxIdsPerQuery = 500;

    private readonly ControlDatabase _database;
    private readonly TimeProvider _time;

    // Unknown ids are remembered too: a client that sends a wrong one does so with every score.
    private readonly BoundedCache<(ProjectId, string), ScoreConfigRecord?> _known;

    public ScoreConfigStore(ControlDatabase database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _known = new(10_000, TimeSpan.FromSeconds(10), _database.Changes, time);
        _database.Changes.Subscribe(ControlSubjects.ScoreConfigs, _ => _known.Clear(), _known.Doubt);
    }

    public async Task<Slice<ScoreConfigRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = _database.CreateDbContext();
        var configs = context.Set<ScoreConfig>().AsNoTracking().Where(c => c.ProjectId == project.Value);
        var items = await configs
            .OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id)
            .Skip(page.Offset).Take(page.Limit)
            .ToListAsync(cancellationToken);
        return new Slice<ScoreConfigRecord>([.. items.Select(c => c.ToRecord())], await configs.CountAsync(cancellationToken));
    }

    public ValueTask<IReadOnlyDictionary<string, ScoreConfigRecord>> FindAsync(
        ProjectId project, IReadOnlyCollection<string> configIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ScoreConfigRecord>();
        HashSet<string>? unknown = null;
        foreach (var id in configIds)
        {
            if (!_known.TryGet((project, id), out var config))
            {
                (unknown ??= []).Add(id);
            }
            else if (config is not null)
            {
                found[id] = config;
            }
        }

        return unknown is null ? new(found) : new(ReadAsync(project, unknown, found, cancellationToken));
    }

    public async Task<ScoreConfigRecord> AddAsync(ProjectId project, ScoreConfigRecord config, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var added = new ScoreConfig { Id = EntityId.New(), ProjectId = project.Value, Name = config.Name, CreatedAt = now, UpdatedAt = now };
        added.Set(config);
        await _database.WriteAsync(
            new ControlChange(ControlSubjects.ScoreConfigs, project), context => Task.FromResult(context.Add(added)), cancellationToken);
        return added.ToRecord();
    }

    public Task<Outcome<ScoreConfigRecord>> ChangeAsync(
        ProjectId project, string configId, ScoreConfigChange change, CancellationToken cancellationToken) =>
        _database.WriteAsync<Outcome<ScoreConfigRecord>>(
            new ControlChange(ControlSubjects.ScoreConfigs, project),
            async context =>
            {
                var stored = await context.Set<ScoreConfig>()
                    .FirstOrDefaultAsync(c => c.Id == configId && c.ProjectId == project.Value, cancellationToken);
                if (stored is null)
                {
                    return Refusal.NotFound("Score config not found within authorized project");
                }

                var before = stored.ToRecord();
                var after = before with
                {
                    Name = change.Name ?? before.Name,
                    Description = change.Description ?? before.Description,
                    IsArchived = change.IsArchived ?? before.IsArchived,
                    Categories = change.Categories ?? before.Categories,
                    MinValue = change.MinValue ?? before.MinValue,
                    MaxValue = change.MaxValue ?? before.MaxValue,
                };
                if (ScoreConfigRules.Check(after) is { } problem)
                {
                    return Refusal.Invalid(problem.Message);
                }

                stored.Set(after);
                stored.UpdatedAt = _time.GetUtcNow();
                return stored.ToRecord();
            },
            cancellationToken);

    private async Task<IReadOnlyDictionary<string, ScoreConfigRecord>> ReadAsync(
        ProjectId project, HashSet<string> unknown, Dictionary<string, ScoreConfigRecord> found, CancellationToken cancellationToken)
    {
        var generation = _known.Generation;
        await using var context = _database.CreateDbContext();
        foreach (var ids in unknown.Chunk(MaxIdsPerQuery))
        {
            var configs = context.Set<ScoreConfig>().AsNoTracking().Where(c => c.ProjectId == project.Value && ids.Contains(c.Id));
            foreach (var config in await configs.ToListAsync(cancellationToken))
            {
                found[config.Id] = config.ToRecord();
            }
        }

        foreach (var id in unknown)
        {
            _known.Set((project, id), found.GetValueOrDefault(id), generation);
        }

        return found;
    }
}
