using System.Xml.Linq;

namespace Actors.Integration.Clients;

/// <summary>One test of <c>tests/clients</c> as it ended.</summary>
/// <param name="Name">Its suites and its own name.</param>
/// <param name="Failure">Why it failed; null: it passed.</param>
internal sealed record NodeResult(string Name, string? Failure)
{
    /// <summary>Runs all of them against a server.</summary>
    /// <exception cref="InvalidOperationException">The run itself failed, or told of no test.</exception>
    public static async Task<IReadOnlyList<NodeResult>> RunAsync(SiloProcess silo, ProjectKeys keys, CancellationToken cancellationToken)
    {
        string[] arguments = ["--test", "--test-concurrency=1", "--test-reporter=junit", "--test-reporter-destination=stdout"];
        await using var node = await NodePrograms.StartAsync(silo.Address, silo.GrpcAddress, keys, arguments, cancellationToken);
        await node.WaitForExitAsync(TimeSpan.FromMinutes(4), cancellationToken);
        foreach (var line in Freshness(node.Output.Text))
        {
            Console.WriteLine(line);
        }

        var results = Parse(node.Output.Text);
        var failed = results.Any(r => r.Failure is not null);
        return results.Count > 0 && failed == (node.ExitCode != 0)
            ? results
            : throw new InvalidOperationException($"'node --test' ended with {node.ExitCode} and {results.Count} results.\n{node.Transcript}");
    }

    /// <summary>Reads the report: suites nest, tests are their leaves.</summary>
    internal static IReadOnlyList<NodeResult> Parse(string report)
    {
        var root = report.Length == 0 ? null : XDocument.Parse(report).Root;
        return root is null ? [] : [.. root.Descendants("testcase").Select(Of)];
    }

    /// <summary>The table of <c>freshness.test.mjs</c>, whose lines the report carries as comments.</summary>
    internal static IReadOnlyList<string> Freshness(string report)
    {
        var root = report.Length == 0 ? null : XDocument.Parse(report).Root;
        return root is null ? [] : [.. root.DescendantNodes().OfType<XComment>().Select(c => c.Value.Trim()).Where(c => c.StartsWith("freshness ", StringComparison.Ordinal))];
    }

    private static NodeResult Of(XElement test)
    {
        var names = test.Ancestors("testsuite").Reverse().Append(test).Select(e => (string?)e.Attribute("name"));
        var failure = test.Element("failure") ?? test.Element("error");
        return new NodeResult(string.Join(" › ", names), failure is null ? null : $"{(string?)failure.Attribute("message")}\n{failure.Value}");
    }
}
