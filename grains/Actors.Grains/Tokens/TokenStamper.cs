using Actors.Grains.Pricing;
using Actors.Grains.Tracing;
using Actors.Tracing;

namespace Actors.Grains.Tokens;

/// <summary>
/// Counts the tokens of texts before they are stored, so that the fold, which may have no text, can tell the usage of calls
/// whose callers said none (langfuse-semantics §6.3). What can be foreseen not to be needed is not counted.
/// </summary>
internal static class TokenStamper
{
    // Where the model is not known yet, the fold picks.
    private static readonly Vocabulary[] OfModelsToCome = [Vocabulary.O200k, Vocabulary.Cl100k];

    /// <summary>The events with their counts; the same list when nothing is to be counted. Counts away from the caller's scheduler.</summary>
    /// <param name="events">What is to be appended.</param>
    /// <param name="known">What is known of the stream; null: nothing.</param>
    /// <param name="book">The prices in force.</param>
    public static ValueTask<IReadOnlyList<StreamEvent>> StampAsync(IReadOnlyList<StreamEvent> events, IStreamFold? known, PriceBook book)
    {
        Vocabulary[]?[]? plan = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is ObservationEvent e && (Counts(e.Input) || Counts(e.Output)) && Plan(e, events, known, book) is { Length: > 0 } vocabularies)
            {
                (plan ??= new Vocabulary[]?[events.Count])[i] = vocabularies;
            }
        }

        return plan is null
            ? new(events)
            : new(Task.Run<IReadOnlyList<StreamEvent>>(() => [.. events.Select((e, i) => plan[i] is { } with ? Stamp((ObservationEvent)e, with) : e)]));
    }

    private static ObservationEvent Stamp(ObservationEvent e, Vocabulary[] vocabularies) => e with
    {
        InputTokens = Counts(e.Input) ? Count(e.Input!, vocabularies) : null,
        OutputTokens = Counts(e.Output) ? Count(e.Output!, vocabularies) : null,
    };

    private static TokenCount[] Count(string json, Vocabulary[] vocabularies) => TextShape.Read(json) is { } shape
        ? [.. vocabularies.Select(v => new TokenCount(v.Name, shape.Texts.Sum(v.Count), shape.Messages, shape.Names))]
        : [];

    private static Vocabulary[] Plan(ObservationEvent e, IReadOnlyList<StreamEvent> events, IStreamFold? known, PriceBook book)
    {
        if (known is not null && known.HasSaidUsage(e.ObservationId))
        {
            return [];
        }

        var state = known?.GetObservation(e.ObservationId);
        var (model, type) = (state?.Model, state?.Type);
        foreach (var other in events)
        {
            if (other is ObservationEvent o && o.ObservationId == e.ObservationId)
            {
                if (o.Usage.Count > 0 || o.Cost.Count > 0)
                {
                    return [];
                }

                model = o.Model ?? model;
                type = o.Type ?? type;
            }
        }

        return model is not null
            ? ModelTokens.VocabularyOf(book.Match(model)?.Tokenizer) is { } vocabulary ? [vocabulary] : []
            : type?.CallsModel() != false ? OfModelsToCome : [];
    }

    // What says nothing replaces nothing that is known.
    private static bool Counts(string? json) => json is not null and not "null" && !TraceState.SaysNothing(json);
}
