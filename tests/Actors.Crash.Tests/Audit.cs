using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>Reads everything back and compares it with what was acknowledged.</summary>
internal sealed class Audit(SiloClient client, CancellationToken cancellationToken)
{
    private const int Readers = 4;
    private const int PageSize = 100;

    private static readonly TimeSpan ListLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LiveLimit = TimeSpan.FromSeconds(15);

    /// <summary>Every trace by its id: all that was acknowledged, and of a request in doubt all or nothing.</summary>
    public async Task TracesAsync(IReadOnlyList<Story> stories)
    {
        await Parallel.ForEachAsync(
            stories.SelectMany(s => s.Traces.Select(t => (s, t))),
            new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken },
            async (told, cancel) => await TraceAsync(told.s, told.t, cancel));
        foreach (var story in stories)
        {
            story.Settle();
        }
    }

    /// <summary>The list of the traces of a round: each of them once, with its parts and its cost.</summary>
    public async Task ListAsync(string name, IEnumerable<Story> stories)
    {
        var expected = stories
            .SelectMany(s => s.Traces.Where(t => t.Name == name).Select(t => (Trace: t, Steps: s.Steps(t))))
            .Where(t => t.Steps > 0)
            .Select(t => t.Trace.ExpectedRow(t.Steps))
            .Order(StringComparer.Ordinal)
            .ToList();
        await Eventually.GetAsync(
            $"the list of {name}", ListLimit, () => RowsAsync(name), rows => rows.Lines.SequenceEqual(expected), cancellationToken,
            rows => Differences(expected, rows.Lines));
    }

    /// <summary>The live numbers of the last five minutes, when nothing is under way.</summary>
    public async Task LiveAsync(IEnumerable<Story> stories)
    {
        var oracle = new LiveOracle();
        foreach (var story in stories)
        {
            foreach (var trace in story.Traces)
            {
                trace.AddTo(oracle, story.Steps(trace));
            }
        }

        await Eventually.GetAsync(
            "the live numbers",
            LiveLimit,
            async () => (await client.GetAsync("/api/internal/live", cancellationToken)).Json,
            live => LiveOracle.Actual(live) == oracle.Expected(live),
            cancellationToken,
            live => Differences(oracle.Expected(live).Split('\n'), LiveOracle.Actual(live).Split('\n')));
    }

    private async Task TraceAsync(Story story, TraceScript trace, CancellationToken cancel)
    {
        var actual = TraceText.Of(await client.GetAsync($"/api/public/traces/{trace.Id}", cancel));
        lock (story)
        {
            var possible = story.Possible(trace).ToList();
            var found = possible.FindIndex(steps => trace.Expected(steps) == actual);
            if (found < 0)
            {
                throw new InvalidOperationException(
                    $"{story.Acknowledged} requests were acknowledged (in doubt: {story.InDoubt}).\nexpected\n{string.Join("or\n", possible.Select(trace.Expected))}\nread\n{actual}");
            }

            story.Found(trace, possible[found]);
        }
    }

    private async Task<Rows> RowsAsync(string name)
    {
        var lines = new List<string>();
        for (var page = 1; ; page++)
        {
            var answer = await client.GetAsync($"/api/public/traces?name={name}&limit={PageSize}&page={page}&orderBy=id.asc", cancellationToken);
            if (answer.Code != 200)
            {
                return new Rows([answer.ToString()]);
            }

            var rows = answer.Json["data"]!.AsArray();
            lines.AddRange(rows.Select(r => TraceText.Row((JsonNode)r!)));
            if (rows.Count < PageSize)
            {
                return new Rows([.. lines.Order(StringComparer.Ordinal)]);
            }
        }
    }

    private static string Differences(IReadOnlyCollection<string> expected, IReadOnlyCollection<string> actual)
    {
        var twice = actual.GroupBy(a => a).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        return $"""
            expected {expected.Count}, read {actual.Count}
            missing: {string.Join("\n  ", expected.Except(actual).Take(5))}
            surplus: {string.Join("\n  ", actual.Except(expected).Take(5))}
            twice: {string.Join("\n  ", twice.Take(5))}
            """;
    }

    private sealed record Rows(IReadOnlyList<string> Lines);
}
