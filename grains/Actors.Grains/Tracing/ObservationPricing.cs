using Actors.Grains.Pricing;
using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>Prices observations by the book that was in force when they said what they used.</summary>
/// <param name="bookInForce">The version that new rows are stamped with.</param>
/// <param name="books">The book of a version.</param>
internal sealed class ObservationPricing(int bookInForce, Func<int, PriceBook> books)
{
    public int BookInForce { get; } = bookInForce;

    public static ObservationPricing BuiltIn() => new(PriceBooks.Current.Version, PriceBooks.Get);

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
