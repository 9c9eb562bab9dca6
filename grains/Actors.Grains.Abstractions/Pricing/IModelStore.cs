namespace Actors.Pricing;

/// <summary>
/// Every model that the projects ever had. Rows of the event log are priced by the models of their time, so nothing is ever
/// deleted or changed: each addition and each removal begins a new revision of the project's models. Safe for concurrent
/// callers; writes of one project happen one after the other.
/// </summary>
public interface IModelStore
{
    /// <summary>All models of a project, those of earlier revisions included.</summary>
    Task<ProjectModels> ReadAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>Begins a revision with one model more.</summary>
    /// <returns>False when the project already has <see cref="ProjectModels.MaxCount"/> models or has come to its last revision.</returns>
    Task<bool> AddAsync(ProjectId project, ModelDefinition model, CancellationToken cancellationToken);

    /// <summary>Begins a revision without a model.</summary>
    /// <returns>False when the project has no such model now.</returns>
    Task<bool> RemoveAsync(ProjectId project, string modelId, CancellationToken cancellationToken);

    /// <summary>
    /// Calls back, for as long as the process lives, soon after the models of a project were changed in whatever process, or went
    /// with the project; null: any project's may have been.
    /// </summary>
    void Subscribe(Action<ProjectId?> changed);
}

/// <summary>The models of a project through all its revisions.</summary>
/// <param name="Revision">The newest revision; 0: the project never had a model.</param>
/// <param name="Models">By the revision that added them.</param>
public sealed record ProjectModels(int Revision, IReadOnlyList<DatedModel> Models)
{
    /// <summary>How many models a project can have at one time.</summary>
    public const int MaxCount = 1_000;

    /// <summary>How often a project's models can be changed.</summary>
    public const int MaxRevision = 10_000;

    /// <summary>A project that never had a model.</summary>
    public static ProjectModels None { get; } = new(0, []);

    /// <summary>The models of one revision, the newest first.</summary>
    public IEnumerable<ModelDefinition> Of(int revision) =>
        Models.Where(m => m.AddedIn <= revision && !(m.RemovedIn <= revision)).Reverse().Select(m => m.Model);
}

/// <summary>A model and the revisions in which it is in force.</summary>
/// <param name="Model">The model.</param>
/// <param name="AddedIn">The first revision with it.</param>
/// <param name="RemovedIn">The first revision without it; null: it is in force.</param>
public sealed record DatedModel(ModelDefinition Model, int AddedIn, int? RemovedIn);
