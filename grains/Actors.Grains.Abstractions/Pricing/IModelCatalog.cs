namespace Actors.Pricing;

/// <summary>The models that a project sees: its own and the built-in ones. Safe for concurrent callers.</summary>
public interface IModelCatalog
{
    /// <summary>All models, by name, then unit, then start date from the latest; what is not said comes last.</summary>
    Task<IReadOnlyList<ModelDefinition>> ListAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>One model; null when the project has none of this id and no built-in one has it.</summary>
    Task<ModelDefinition?> FindAsync(ProjectId project, string modelId, CancellationToken cancellationToken);

    /// <summary>Adds a model of the project. Observations that are appended from now on are priced with it; older ones keep their cost.</summary>
    Task<AddModelOutcome> AddAsync(ProjectId project, NewModel model, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a model of the project. Observations that are appended from now on are priced without it; older ones keep
    /// their cost.
    /// </summary>
    /// <returns>False when the project has no such model of its own; built-in ones stay.</returns>
    Task<bool> RemoveAsync(ProjectId project, string modelId, CancellationToken cancellationToken);
}

/// <summary>A model to add.</summary>
/// <param name="Name">1 to 500 characters.</param>
/// <param name="MatchPattern">A regular expression of 1 to 2,000 characters.</param>
/// <param name="StartDate">Of two models that match, the one that starts later wins.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="TokenizerId"><c>openai</c>, <c>claude</c> or null.</param>
/// <param name="TokenizerConfig">JSON text of an object, or null.</param>
/// <param name="Tiers">Exactly one without conditions and with priority 0; their ids do not matter.</param>
public sealed record NewModel(
    string Name,
    string MatchPattern,
    DateTimeOffset? StartDate,
    string? Unit,
    string? TokenizerId,
    string? TokenizerConfig,
    IReadOnlyList<TierDefinition> Tiers);

/// <summary>What became of a model to add.</summary>
/// <param name="Model">The model as it was added; null when it was refused.</param>
/// <param name="Refusal">Why it was refused.</param>
public sealed record AddModelOutcome(ModelDefinition? Model, ModelRefusal? Refusal);

/// <summary>Why a model was refused.</summary>
/// <param name="Field">The property of <see cref="NewModel"/> that is wrong; null: the project has too many models.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record ModelRefusal(string? Field, string Message);
