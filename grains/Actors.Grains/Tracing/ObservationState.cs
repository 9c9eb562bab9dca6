using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>One observation as folded so far (langfuse-semantics §1: which field follows which rule).</summary>
internal sealed class ObservationState(string id)
{
    private DateTimeOffset? _startTime;
    private DateTimeOffset _firstTimestamp = DateTimeOffset.MaxValue;
    private ObservationType? _createdType;
    private ObservationType? _updatedType;

    public string Id { get; } = id;

    public EventOrder? Newest { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset UpdatedAt { get; private set; } = DateTimeOffset.MinValue;

    public string? Name { get; private set; }

    public DateTimeOffset StartTime => _startTime ?? _firstTimestamp;

    public DateTimeOffset? EndTime { get; private set; }

    public DateTimeOffset? CompletionStartTime { get; private set; }

    public string? ParentObservationId { get; private set; }

    public ObservationLevel Level { get; private set; } = ObservationLevel.Default;

    public string? StatusMessage { get; private set; }

    public string? Version { get; private set; }

    public string? Environment { get; private set; }

    public string? Model { get; private set; }

    public IReadOnlyList<UsageEntry> Usage { get; private set; } = [];

    public string? UsageUnit { get; private set; }

    /// <summary>The tokens of the input; null: none was counted. It follows the text, which a fold may not have.</summary>
    public IReadOnlyList<TokenCount>? InputTokens { get; private set; }

    /// <summary>The tokens of the output, as those of the input.</summary>
    public IReadOnlyList<TokenCount>? OutputTokens { get; private set; }

    public IReadOnlyList<CostEntry> ProvidedCost { get; private set; } = [];

    public IReadOnlyList<PricingAttribute> PricingAttributes { get; private set; } = [];

    public string? PromptName { get; private set; }

    public int? PromptVersion { get; private set; }

    /// <summary>The price book in force when model, usage or cost were last said.</summary>
    public int PriceBook { get; private set; }

    public string? ModelParameters { get; private set; }

    public string? Metadata { get; private set; }

    public string? Input { get; private set; }

    public string? Output { get; private set; }

    public ExperimentLink? Experiment { get; private set; }

    public bool IsAppRoot { get; private set; }

    /// <summary>The finished record; null after a change until it is asked for again.</summary>
    public ObservationRecord? Record { get; set; }

    public int TextLength =>
        (Metadata?.Length ?? 0) + (Input?.Length ?? 0) + (Output?.Length ?? 0) + (ModelParameters?.Length ?? 0)
        + (Experiment?.TextLength ?? 0);

    /// <summary>
    /// The type of the newest create. An update may make it more special (a generation-update of a span), but never
    /// turns it back into a plain span: older clients end every kind of observation with a span-update.
    /// </summary>
    public ObservationType Type =>
        _updatedType is { } special and not ObservationType.Span ? special : _createdType ?? ObservationType.Span;

    public void Apply(ObservationEvent e, int priceBook, LogText text)
    {
        Newest = EventOrder.Of(e);
        Record = null;
        if (e.Timestamp < _firstTimestamp)
        {
            _firstTimestamp = e.Timestamp;
        }

        if (e.Type is { } type)
        {
            if (e.IsCreate)
            {
                _createdType = type;
            }
            else
            {
                _updatedType = type;
            }
        }

        _startTime ??= e.StartTime;
        Environment ??= e.Environment;
        Name = TraceState.Overwrite(Name, e.Name, e.Cleared, ClearedFields.Name);
        Model = TraceState.Overwrite(Model, e.Model, e.Cleared, ClearedFields.Model);
        Level = e.Level ?? ((e.Cleared & ClearedFields.Level) == 0 ? Level : ObservationLevel.Default);
        EndTime = e.EndTime ?? EndTime;
        CompletionStartTime = e.CompletionStartTime ?? CompletionStartTime;
        ParentObservationId = e.ParentObservationId ?? ParentObservationId;
        StatusMessage = e.StatusMessage ?? StatusMessage;
        Version = e.Version ?? Version;
        PromptName = e.PromptName ?? PromptName;
        PromptVersion = e.PromptVersion ?? PromptVersion;
        IsAppRoot = e.IsAppRoot ?? IsAppRoot;
        ApplyExperiment(text == LogText.With ? e.Experiment : e.Experiment?.WithoutText());
        InputTokens = e.InputTokens ?? InputTokens;
        OutputTokens = e.OutputTokens ?? OutputTokens;
        ApplyPricing(e, priceBook);
        if (text == LogText.With)
        {
            ModelParameters = e.ModelParameters ?? ModelParameters;
            Metadata = JsonMerge.Merge(Metadata, e.Metadata);
            Input = TraceState.OverwriteText(Input, e.Input);
            Output = TraceState.OverwriteText(Output, e.Output);
        }
    }

    /// <summary>Notes when a row that names the observation was received.</summary>
    public void Touch(DateTimeOffset receivedAt)
    {
        Record = null;
        CreatedAt = receivedAt < CreatedAt ? receivedAt : CreatedAt;
        UpdatedAt = receivedAt > UpdatedAt ? receivedAt : UpdatedAt;
    }

    private void ApplyExperiment(ExperimentLink? said)
    {
        if (said is not null)
        {
            Experiment = Experiment?.Merge(said) ?? said;
        }
    }

    private void ApplyPricing(ObservationEvent e, int priceBook)
    {
        if (e.Usage.Count > 0)
        {
            Usage = e.Usage;
            UsageUnit = e.UsageUnit;
        }

        if (e.Cost.Count > 0)
        {
            ProvidedCost = e.Cost;
        }

        if (e.PricingAttributes.Count > 0)
        {
            // An event says only what it knows: parameters with the create, metadata perhaps with an update.
            PricingAttributes = [.. PricingAttributes.ExceptBy(e.PricingAttributes.Select(KeyOf), KeyOf), .. e.PricingAttributes];
        }

        if (e.Usage.Count > 0 || e.Cost.Count > 0 || e.PricingAttributes.Count > 0 || e.Model is not null)
        {
            PriceBook = priceBook;
        }
    }

    private static (PricingAttributeSource Source, string Key) KeyOf(PricingAttribute attribute) => (attribute.Source, attribute.Key);
}
