namespace Actors.Pricing;

/// <summary>What of an observation's parameters and metadata the prices of a project depend on. Safe for concurrent callers.</summary>
public interface IPricingAttributeKeys
{
    /// <summary>
    /// The keys of the prices that are in force. What this process changed is in them at once; what another one changed,
    /// within seconds. Completes at once unless the project's models were never read here.
    /// </summary>
    ValueTask<PricingKeys> GetAsync(ProjectId project, CancellationToken cancellationToken);
}
