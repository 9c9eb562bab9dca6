using System.Collections.Concurrent;
using Actors.Pricing;

namespace Actors.Testing;

/// <summary>The models of projects in memory. Safe for concurrent callers.</summary>
public sealed class InMemoryModelStore : IModelStore
{
    private readonly ConcurrentDictionary<ProjectId, ProjectModels> _projects = [];
    private readonly Lock _writing = new();
    private Action<ProjectId?> _changed = _ => { };
    private int _reads;

    /// <summary>How often the models of any project were read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Whether changes are told to those who want to hear of them. Default true.</summary>
    public bool Tells { get; set; } = true;

    /// <inheritdoc/>
    public Task<ProjectModels> ReadAsync(ProjectId project, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return Task.FromResult(Of(project));
    }

    /// <inheritdoc/>
    public Task<bool> AddAsync(ProjectId project, ModelDefinition model, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            var (revision, models) = Of(project);
            if (revision >= ProjectModels.MaxRevision || models.Count(m => m.RemovedIn is null) >= ProjectModels.MaxCount)
            {
                return Task.FromResult(false);
            }

            _projects[project] = new ProjectModels(revision + 1, [.. models, new DatedModel(model, revision + 1, null)]);
            _changed(project);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(ProjectId project, string modelId, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            var (revision, models) = Of(project);
            if (!models.Any(m => m.Model.Id == modelId && m.RemovedIn is null))
            {
                return Task.FromResult(false);
            }

            _projects[project] = new ProjectModels(
                revision + 1, [.. models.Select(m => m.Model.Id == modelId ? m with { RemovedIn = revision + 1 } : m)]);
            _changed(project);
            return Task.FromResult(true);
        }
    }

    /// <summary>Forgets a project, as its deletion does.</summary>
    public void Delete(ProjectId project)
    {
        _projects.TryRemove(project, out _);
        _changed(project);
    }

    /// <inheritdoc/>
    public void Subscribe(Action<ProjectId?> changed) => _changed += project =>
    {
        if (Tells)
        {
            changed(project);
        }
    };

    /// <summary>Tells that changes of any project may have been missed.</summary>
    public void TellMissed() => _changed(null);

    private ProjectModels Of(ProjectId project) => _projects.GetValueOrDefault(project, ProjectModels.None);
}
