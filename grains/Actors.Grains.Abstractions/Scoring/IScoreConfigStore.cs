namespace Actors.Scoring;

/// <summary>
/// The score configs of all projects. Ingestion asks for them, so what was found is remembered: a change made through this
/// process is seen at once, one made elsewhere after a few seconds. Safe for concurrent callers.
/// </summary>
public interface IScoreConfigStore
{
    /// <summary>A page of the configs, the newest first.</summary>
    Task<Slice<ScoreConfigRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Configs by id, from memory where they are known; those that do not exist are left out.</summary>
    ValueTask<IReadOnlyDictionary<string, ScoreConfigRecord>> FindAsync(
        ProjectId project, IReadOnlyCollection<string> configIds, CancellationToken cancellationToken);

    /// <summary>Adds a config; the id and the times of <paramref name="config"/> do not count. The caller has checked it.</summary>
    Task<ScoreConfigRecord> AddAsync(ProjectId project, ScoreConfigRecord config, CancellationToken cancellationToken);

    /// <summary>Changes a config. Refusals: not found; invalid, when the result would break a rule of its type.</summary>
    Task<Outcome<ScoreConfigRecord>> ChangeAsync(
        ProjectId project, string configId, ScoreConfigChange change, CancellationToken cancellationToken);
}
