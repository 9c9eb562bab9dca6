using Actors.Grains.Pricing;
using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>Prices observations by the book that was in force when they said what they used.</summary>
/// <param name="books">The book of a stamp.</param>
internal sealed class ObservationPricing(Func<int, PriceBook> books)
{
    public ObservationCost Price(ObservationState state)
    {
        if (state.Model is null && state.ProvidedCost.Count == 0)
        {
            return ObservationCost.Unknown;
        }

        var model = state.Model is null ? null : books(state.PriceBook).Match(state.Model);
        return CostRules.Compute(model, state.Usage, state.ProvidedCost, state.PricingAttributes);
    }
}
