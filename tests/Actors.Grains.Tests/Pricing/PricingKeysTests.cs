using System.Text;
using Actors.Pricing;
using Xunit;

namespace Actors.Grains.Tests.Pricing;

/// <summary>A scan that says no is right; where it could not be, it says perhaps.</summary>
public class PricingKeysTests
{
    [Theory]
    [InlineData("""{"service_tier":"flex"}""", true)]
    [InlineData("""{"tier":"flex"}""", false)]
    [InlineData("{}", false)]
    public void Few_plain_keys_are_scanned_for(string json, bool expected) =>
        Assert.Equal(expected, new PricingKeys(["service_tier", "speed", "speed"]).MayOccurIn(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_key_that_may_be_written_with_escapes_may_always_occur() =>
        Assert.True(new PricingKeys(["service_tier", "größe"]).MayOccurIn("""{"gr\u00f6\u00dfe":1}"""u8));

    [Fact]
    public void Many_keys_are_not_scanned_for()
    {
        var keys = new PricingKeys(Enumerable.Range(0, 1_000).Select(i => $"key-{i}"));
        Assert.True(keys.MayOccurIn("{}"u8));
        Assert.True(keys.Contains("key-999"));
        Assert.False(keys.Contains("key-1000"));
    }

    [Fact]
    public void Prices_that_depend_on_usage_alone_have_none()
    {
        Assert.False(PricingKeys.None.MayOccurIn("""{"service_tier":"flex"}"""u8));
        Assert.False(PricingKeys.None.Contains("service_tier"));
    }
}
