using System.Globalization;
using System.Text.RegularExpressions;

namespace Actors.Crash;

/// <summary>What the server's own audits say of themselves at <c>/metrics</c>: they never found anything wrong.</summary>
internal sealed partial class OwnAudits(SiloClient client, CancellationToken cancellationToken)
{
    // A live audit looks every ten seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    /// <summary>Nothing was wrong so far.</summary>
    public async Task AssertCleanAsync()
    {
        var wrong = (await ReadAsync()).Where(m => m.Key.EndsWith("_audit_differences_total", StringComparison.Ordinal) && m.Value != 0).ToList();
        if (wrong.Count > 0)
        {
            throw new InvalidOperationException($"The server's own audits found differences: {string.Join(", ", wrong)}");
        }
    }

    /// <summary>The live numbers have been compared, and nothing was wrong.</summary>
    public async Task AssertCleanAfterALookAsync()
    {
        await Eventually.GetAsync(
            "a look of the audit of live numbers", Limit, ReadAsync, all => all.GetValueOrDefault("actors_live_audit_seconds_total") > 0, cancellationToken);
        await AssertCleanAsync();
    }

    private async Task<Dictionary<string, double>> ReadAsync()
    {
        var answer = await client.GetAsync("/metrics", cancellationToken);
        return Sample().Matches(answer.Text)
            .GroupBy(m => m.Groups["name"].Value)
            .ToDictionary(g => g.Key, g => g.Sum(m => double.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"^(?<name>actors_\w*_audit_\w+?)(\{[^}]*\})? (?<value>[0-9.eE+-]+)", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
