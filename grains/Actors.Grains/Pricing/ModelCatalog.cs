using Actors.Pricing;

namespace Actors.Grains.Pricing;

/// <summary>Lists and changes the models of projects; changes are in force in this process when they return.</summary>
internal sealed class ModelCatalog(ProjectPriceBooks books, IModelStore store, TimeProvider time) : IModelCatalog
{
    private static readonly ModelDefinition[] BuiltIn =
        [.. PriceBooks.Current.Models.Select(m => ModelPrices.ToDefinition(m, PriceBooks.Current.Published))];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ModelDefinition>> ListAsync(ProjectId project, CancellationToken cancellationToken) =>
    [
        .. (await ReadOwnAsync(project, cancellationToken)).Concat(BuiltIn)
            .OrderBy(m => m.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(m => m.Unit is null)
            .ThenBy(m => m.Unit, StringComparer.Ordinal)
            .ThenByDescending(m => m.StartDate ?? DateTimeOffset.MinValue)
            .ThenBy(m => m.Id, StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public async Task<ModelDefinition?> FindAsync(ProjectId project, string modelId, CancellationToken cancellationToken) =>
        (await ReadOwnAsync(project, cancellationToken)).FirstOrDefault(m => m.Id == modelId) ?? Array.Find(BuiltIn, m => m.Id == modelId);

    /// <inheritdoc/>
    public async Task<AddModelOutcome> AddAsync(ProjectId project, NewModel model, CancellationToken cancellationToken)
    {
        if (Refuse(model) is { } refusal)
        {
            return new(null, refusal);
        }

        var definition = new ModelDefinition
        {
            Id = NewId(),
            Name = model.Name,
            MatchPattern = model.MatchPattern,
            StartDate = model.StartDate,
            Unit = model.Unit,
            TokenizerId = model.TokenizerId,
            TokenizerConfig = model.TokenizerConfig,
            CreatedAt = time.GetUtcNow(),
            Tiers = [.. model.Tiers.OrderBy(t => t.Priority).Select(t => t with { Id = NewId() })],
        };
        if (!await store.AddAsync(project, definition, cancellationToken))
        {
            return new(null, new(null, $"A project has at most {ProjectModels.MaxCount} models, and can change them {ProjectModels.MaxRevision} times."));
        }

        await books.ReadAsync(project, cancellationToken);
        return new(definition, null);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(ProjectId project, string modelId, CancellationToken cancellationToken)
    {
        var removed = await store.RemoveAsync(project, modelId, cancellationToken);
        await books.ReadAsync(project, cancellationToken);
        return removed;
    }

    private async Task<IEnumerable<ModelDefinition>> ReadOwnAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var models = (await books.ReadAsync(project, cancellationToken)).Models;
        return models.Of(models.Revision);
    }

    private static ModelRefusal? Refuse(NewModel model)
    {
        if (!SafeRegex.TryCreate(model.MatchPattern, ignoreCase: false, out _, out var error))
        {
            return new(nameof(NewModel.MatchPattern), error);
        }

        foreach (var condition in model.Tiers.SelectMany(t => t.Conditions).OfType<UsageConditionDefinition>())
        {
            if (!SafeRegex.TryCreate(condition.KeyPattern, ignoreCase: !condition.CaseSensitive, out _, out error))
            {
                return new(nameof(NewModel.Tiers), error);
            }
        }

        return null;
    }

    private static string NewId() => Guid.CreateVersion7().ToString();
}
