using Actors.Grains.Pricing;
using Actors.Grains.Tracing;
using Actors.Tracing;

namespace Actors.Grains.Tests.Tracing;

/// <summary>Two price books that differ by the factor of ten, with a tier that depends on an attribute.</summary>
internal static class TestPrices
{
    private static readonly PriceBook First = Book(1, 0.001m);
    private static readonly PriceBook Second = Book(2, 0.01m);

    public static BuiltInBooks Books { get; } = new(2, version => version switch
    {
        1 => First,
        2 => Second,
        _ => throw new NotSupportedException($"Price book {version} is unknown."),
    });

    public static ObservationPricing Pricing { get; } = new(Books.Get);

    public static StreamFold Start(StreamId stream, LogText text) => new(stream, text, Pricing);

    private static PriceBook Book(int version, decimal price) => new(version, DateTimeOffset.UnixEpoch,
    [
        Model("model-a", price, new TokenizerHint("openai", "gpt-4o", TokensPerMessage: 3, TokensPerName: 1)),
        Model("model-b", price * 2, new TokenizerHint("openai", "gpt-4")),
    ]);

    private static ModelPrice Model(string name, decimal price, TokenizerHint tokenizer) => ModelPrice.BuiltIn(
        name,
        name,
        "test",
        $"^{name}$",
        [
            new PricingTier(name + "-standard", "Standard", 0, [], Prices(price)),
            new PricingTier(
                name + "-priority",
                "Priority",
                1,
                [new AttributeCondition(PricingAttributeSource.ModelParameters, "service_tier", ["priority"])],
                Prices(price * 3)),
        ],
        tokenizer);

    private static Dictionary<string, decimal> Prices(decimal price) => new() { ["input"] = price, ["output"] = price * 5 };
}
