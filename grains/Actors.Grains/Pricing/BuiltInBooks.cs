namespace Actors.Grains.Pricing;

/// <summary>The price books that are the same for all projects.</summary>
/// <param name="InForce">The version that new events are priced with.</param>
/// <param name="Get">The book of a version.</param>
internal sealed record BuiltInBooks(int InForce, Func<int, PriceBook> Get)
{
    /// <summary>Those of this build.</summary>
    public static BuiltInBooks OfThisBuild() => new(PriceBooks.Current.Version, PriceBooks.Get);
}
