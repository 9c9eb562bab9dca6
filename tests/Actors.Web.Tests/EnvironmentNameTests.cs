using Actors.Web.Ingestion;

namespace Actors.Web.Tests;

public sealed class EnvironmentNameTests
{
    [Theory]
    [InlineData("production", "production")]
    [InlineData("Production", "production")]
    [InlineData("eu-west_1", "eu-west_1")]
    [InlineData("langfuse-prod", "prod")]
    [InlineData("LANGFUSE_langfuse-prod", "prod")]
    [InlineData("langfuse", "default")]
    [InlineData("langfusex", "default")]
    [InlineData("langfuse-", "default")]
    [InlineData("my env", "default")]
    [InlineData("prüfung", "default")]
    [InlineData("", "default")]
    [InlineData(null, "default")]
    [InlineData("0123456789012345678901234567890123456789xyz", "0123456789012345678901234567890123456789")]
    public void Environments_are_spelled_in_one_way(string? said, string expected) => Assert.Equal(expected, EnvironmentName.Normalize(said));
}
