using System.Text.RegularExpressions;
using Xunit;

namespace Actors.Repository.Tests;

/// <summary>Whoever watches a server finds every metric of ours in the configuration's table, and nothing that is not there.</summary>
public sealed partial class TelemetryDocsTests
{
    private const string Document = "docs/configuration.md";

    [Fact]
    public void Every_instrument_is_in_the_table_and_the_other_way_round()
    {
        var made = Checkout.Files
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal) && !f.StartsWith("bench/", StringComparison.Ordinal))
            .SelectMany(f => Instrument().Matches(Checkout.Read(f)).Select(m => m.Groups["name"].Value))
            .ToList();
        var told = Checkout.Lines(Document)
            .Where(l => l.StartsWith("| `actors.", StringComparison.Ordinal))
            .SelectMany(l => Told().Matches(l.Split('|')[1]).Select(m => m.Groups["name"].Value))
            .ToList();

        Assert.NotEmpty(made);
        Assert.Equal(made.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("(?:Create(?:Observable)?(?:Counter|UpDownCounter|Histogram|Gauge)(?:<\\w+>)?|new Total)\\(\\s*(?:\\w+,\\s*)?\"(?<name>actors[.][^\"]+)\"")]
    private static partial Regex Instrument();

    [GeneratedRegex("`(?<name>actors[.][a-z_.]+)`")]
    private static partial Regex Told();
}
