using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>Reads lists page by page and compares them as sets in which everything is once.</summary>
internal sealed class Lists(SiloClient client, CancellationToken cancellationToken)
{
    private const int PageSize = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Waits until a list is what it must be.</summary>
    public async Task CompareAsync(string what, string path, IEnumerable<string> expected, Func<JsonNode, string> line)
    {
        List<string> wanted = [.. expected.Order(StringComparer.Ordinal)];
        await Eventually.GetAsync(
            what, Limit, () => ReadAsync(path, line), lines => lines.SequenceEqual(wanted), cancellationToken, lines => Differences(wanted, lines));
    }

    /// <summary>Fails when two lists differ.</summary>
    public static void AssertEqual(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        List<string> wanted = [.. expected.Order(StringComparer.Ordinal)];
        List<string> read = [.. actual.Order(StringComparer.Ordinal)];
        if (!wanted.SequenceEqual(read))
        {
            throw new InvalidOperationException($"{what}: {Differences(wanted, read)}");
        }
    }

    private async Task<List<string>> ReadAsync(string path, Func<JsonNode, string> line)
    {
        var lines = new List<string>();
        for (var page = 1; ; page++)
        {
            var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var answer = await client.GetAsync($"{path}{mark}limit={PageSize}&page={page}", cancellationToken);
            if (answer.Code != 200)
            {
                return [answer.ToString()];
            }

            var rows = answer.Json["data"]!.AsArray();
            lines.AddRange(rows.Select(r => line(r!)));
            if (rows.Count < PageSize)
            {
                return [.. lines.Order(StringComparer.Ordinal)];
            }
        }
    }

    private static string Differences(List<string> expected, List<string> actual)
    {
        var twice = actual.GroupBy(a => a).Where(g => g.Count() > 1).Select(g => g.Key);
        return $"""
            expected {expected.Count}, read {actual.Count}
            missing: {string.Join("\n  ", expected.Except(actual).Take(5))}
            surplus: {string.Join("\n  ", actual.Except(expected).Take(5))}
            twice: {string.Join("\n  ", twice.Take(5))}
            """;
    }
}
