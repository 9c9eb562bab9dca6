using Actors.Grains.Pricing;
using Actors.Grains.Tokens;
using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>Prices observations by the book that was in force when they said what they used.</summary>
/// <param name="books">The book of a stamp.</param>
internal sealed class ObservationPricing(Func<int, PriceBook> books)
{
    /// <summary>The usage that was said, else that of the counted texts, and what it cost.</summary>
    public (IReadOnlyList<UsageEntry> Usage, ObservationCost Cost) Price(ObservationState state)
    {
        if (state.Model is null && state.ProvidedCost.Count == 0)
        {
            return (state.Usage, ObservationCost.Unknown);
        }

        var model = state.Model is null ? null : books(state.PriceBook).Match(state.Model);
        var isUnsaid = state.Usage.Count == 0 && state.ProvidedCost.Count == 0 && state.Level != ObservationLevel.Error;
        var usage = isUnsaid ? ModelTokens.Usage(model?.Tokenizer, state.InputTokens, state.OutputTokens) : state.Usage;
        return (usage, CostRules.Compute(model, usage, state.ProvidedCost, state.PricingAttributes));
    }
}
