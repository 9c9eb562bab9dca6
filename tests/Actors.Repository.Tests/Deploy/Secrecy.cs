using System.Text.RegularExpressions;
using Xunit;

namespace Actors.Repository.Tests.Deploy;

/// <summary>What every kind of deployment promises alike.</summary>
internal static partial class Secrecy
{
    // Read by the server under these names, beside its own sections.
    private static readonly string[] KnownVariables =
        ["ADMIN_API_KEY", "LANGFUSE_INIT_PROJECT_PUBLIC_KEY", "LANGFUSE_INIT_PROJECT_SECRET_KEY"];

    /// <summary>Variables of a server name settings that it has, and hold no secret.</summary>
    public static void AssertVariables(IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (name, value) in variables)
        {
            Assert.True(ServerSettings.Has(name) || KnownVariables.Contains(name), $"The server has no setting {name}.");
            AssertNoSecret(name, value);
        }
    }

    /// <summary>What looks like a secret is taken from outside, and missing outside stops the start.</summary>
    public static void AssertNoSecret(string name, string value)
    {
        var isSecret = SecretName().IsMatch(name);
        var inside = Password().Match(value);
        Assert.True(!isSecret || Required().IsMatch(value), $"{name} is written down.");
        Assert.True(!inside.Success || Required().IsMatch(inside.Groups["password"].Value), $"{name} holds a password.");
    }

    /// <summary>An image is the one that was meant, not whatever is newest.</summary>
    public static void AssertPinned(string image)
    {
        var tag = Tag().Match(image).Groups["tag"].Value;
        Assert.True(tag.Any(char.IsAsciiDigit), $"{image} has no tag with a version.");
    }

    [GeneratedRegex("(?i)(PASSWORD|SECRET|KEY|TOKEN)$")]
    private static partial Regex SecretName();

    [GeneratedRegex("(?i)password=(?<password>[^;]*)")]
    private static partial Regex Password();

    [GeneratedRegex(@"^\$\{\w+:\?[^}]+\}$")]
    private static partial Regex Required();

    [GeneratedRegex(":(?<tag>[^:/]+)$")]
    private static partial Regex Tag();
}
