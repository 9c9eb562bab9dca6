using System.Collections.Frozen;
using Actors.Pricing;
using Actors.Tracing;

namespace Actors.Grains.Pricing;

/// <summary>
/// The models of one version and what they cost. Immutable and thread-safe; what it remembers of names is bounded.
/// </summary>
public sealed class PriceBook
{
    private const int CacheGeneration = 1_024;
    private const int ProjectCacheGeneration = 256;

    private readonly ModelPrice[] _models;
    private readonly PriceBook? _builtIn;
    private readonly MatchCache _cache;
    private readonly FrozenDictionary<string, ModelPrice> _byId;

    internal PriceBook(int version, DateTimeOffset published, IEnumerable<ModelPrice> models)
        : this(version, published, models, builtIn: null)
    {
    }

    private PriceBook(int version, DateTimeOffset published, IEnumerable<ModelPrice> models, PriceBook? builtIn)
    {
        Version = version;
        Published = published;
        _builtIn = builtIn;
        // OrderBy is stable: of models that start together, the one that is listed first wins.
        _models = [.. models.OrderByDescending(model => model.StartDate ?? DateTimeOffset.MinValue)];
        _byId = _models.ToFrozenDictionary(model => model.Id, StringComparer.Ordinal);
        _cache = new(builtIn is null ? CacheGeneration : ProjectCacheGeneration);
        Models = builtIn is null ? _models : [.. _models, .. builtIn.Models];
        Attributes = [.. Models.SelectMany(AttributesOf).Distinct()];
        AttributeKeys = new PricingKeys(Attributes.Select(a => a.Key));
    }

    /// <summary>The version of the built-in book, which log rows stamp.</summary>
    public int Version { get; }

    /// <summary>When the built-in prices were collected.</summary>
    public DateTimeOffset Published { get; }

    /// <summary>In the order in which they are matched: a project's own models first.</summary>
    public IReadOnlyList<ModelPrice> Models { get; }

    /// <summary>
    /// The values of model parameters and metadata that tiers of this book depend on: whoever wants to price an
    /// observation later needs to keep these and nothing else of them.
    /// </summary>
    public IReadOnlyList<(PricingAttributeSource Source, string Key)> Attributes { get; }

    /// <summary>The keys of <see cref="Attributes"/>.</summary>
    public PricingKeys AttributeKeys { get; }

    /// <summary>How many provided names are remembered with what they led to: at most 2,048, 512 for a project.</summary>
    public int RememberedNames => _cache.Count;

    /// <summary>Reads a book in the format of <c>docs/formats/model-prices.md</c>.</summary>
    /// <param name="json">UTF-8 JSON; read to its end, not disposed.</param>
    /// <exception cref="InvalidDataException">The book breaks a rule of the format; the message says where.</exception>
    public static PriceBook Load(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return PriceBookReader.Read(json);
    }

    /// <summary>This book with the models of a project, which are matched before the built-in ones.</summary>
    /// <param name="models">The project's models, instead of those that this book may have already; ids are unique.</param>
    public PriceBook WithProjectModels(IEnumerable<ModelPrice> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        return new(Version, Published, models, _builtIn ?? this);
    }

    /// <summary>
    /// The model that a provided name leads to: project models before built-in ones, then the latest start date, no
    /// start date last; the first whose pattern matches. Null when none does, and for names over 512 characters.
    /// </summary>
    public ModelPrice? Match(string? name)
    {
        if (name is null || name.Length is 0 or > SafeRegex.MaxTextLength)
        {
            return null;
        }
        return _cache.TryGet(name, out var model) ? model : MatchAnew(name);
    }

    /// <summary>The model of an id, or null.</summary>
    public ModelPrice? Find(string id) => _byId.GetValueOrDefault(id) ?? _builtIn?.Find(id);

    /// <summary>Apart from the look-up, which would otherwise pay for the closure.</summary>
    private ModelPrice? MatchAnew(string name)
    {
        var model = Array.Find(_models, candidate => candidate.Matches(name)) ?? _builtIn?.Match(name);
        _cache.Add(name, model);
        return model;
    }

    private static IEnumerable<(PricingAttributeSource Source, string Key)> AttributesOf(ModelPrice model) =>
        model.Tiers
            .SelectMany(tier => tier.Conditions)
            .OfType<AttributeCondition>()
            .Select(condition => (condition.Source, condition.Key));
}
