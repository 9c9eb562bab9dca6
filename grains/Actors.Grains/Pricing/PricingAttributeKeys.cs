using Actors.Pricing;

namespace Actors.Grains.Pricing;

/// <summary>Asks the price book that a project's new rows are stamped with.</summary>
internal sealed class PricingAttributeKeys(ProjectPriceBooks books) : IPricingAttributeKeys
{
    /// <inheritdoc/>
    public async ValueTask<PricingKeys> GetAsync(ProjectId project, CancellationToken cancellationToken)
    {
        await books.PrepareAsync(project, stamp: 0, cancellationToken);
        var prices = books.Get(project);
        return prices.Get(prices.InForce).AttributeKeys;
    }
}
