using System.Globalization;
using System.Text.RegularExpressions;

namespace Actors.Crash;

/// <summary>What the server's own audits say of themselves at <c>/metrics</c>: they never found anything wrong.</summary>
internal sealed partial class OwnAudits(SiloClient client, CancellationToken cancellationToken)
{
    private static readonly string[] Differences = ["actors_live_audit_differences_total", "actors_columns_audit_differences_total"];
    private static readonly string[] Looks = ["actors_live_audit_seconds_total", "actors_columns_audit_streams_total"];

    // The audit of live numbers looks every ten seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    /// <summary>Nothing was wrong so far.</summary>
    /// <param name="mayBeSilent">Whether an audit need not be there: of several silos, only the one that has the actor compares.</param>
    public async Task AssertCleanAsync(bool mayBeSilent = false)
    {
        var told = await ReadAsync();
        foreach (var name in Differences)
        {
            if (told.TryGetValue(name, out var found) ? found != 0 : !mayBeSilent)
            {
                throw new InvalidOperationException($"{name} is not 0. All that the audits say: {string.Join(", ", told)}");
            }
        }
    }

    /// <summary>The live numbers and the columns have been compared, and nothing was wrong.</summary>
    public async Task AssertCleanAfterALookAsync()
    {
        // While no row comes, the columns are not compared.
        await client.PostBatchAsync([Wire.Trace("the last", TimeProvider.System.GetUtcNow())], cancellationToken);
        await Eventually.GetAsync(
            "a look of each audit",
            Limit,
            ReadAsync,
            told => Looks.All(name => told.GetValueOrDefault(name) > 0),
            cancellationToken,
            told => string.Join(", ", told));
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
