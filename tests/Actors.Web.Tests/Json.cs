using System.Text.Json.Nodes;

namespace Actors.Web.Tests;

internal static class Json
{
    /// <summary>Compares JSON by value: the order of properties does not matter, their presence does.</summary>
    public static void AssertEqual(string expected, string actual)
    {
        if (!JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)))
        {
            Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual);
        }
    }
}
