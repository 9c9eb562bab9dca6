namespace Actors.Crash;

/// <summary>Reads everything back and compares it with what was acknowledged.</summary>
internal sealed class Audit(SiloClient client, CancellationToken cancellationToken)
{
    private const int Readers = 4;
    private const int MostDifferences = 12;

    private static readonly TimeSpan LiveLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ColumnsLimit = TimeSpan.FromSeconds(60);

    private readonly Lists _lists = new(client, cancellationToken);

    /// <summary>Waits until the read model has reached the log: while it is built, what it does not know is not denied.</summary>
    public Task ColumnsAsync() => Eventually.GetAsync(
        "a read model that knows all",
        ColumnsLimit,
        () => client.GetAsync("/api/public/v2/scores/nobody-gave-this", cancellationToken),
        answer => answer.Code == 404,
        cancellationToken);

    /// <summary>Everything by its id: all that was acknowledged, and of a request in doubt all or nothing.</summary>
    public async Task StoriesAsync(IReadOnlyList<Story> stories)
    {
        await Parallel.ForEachAsync(
            stories.SelectMany(s => s.Scripts.Select(t => (s, t))),
            new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken },
            async (told, cancel) => await ScriptAsync(told.s, told.t, cancel));
        foreach (var story in stories)
        {
            story.Settle();
        }
    }

    /// <summary>The list of the traces of a name: each of them once, with its parts and its cost.</summary>
    public Task TracesAsync(string name, IEnumerable<Told> told) => _lists.CompareAsync(
        $"the list of {name}",
        $"/api/public/traces?name={name}&orderBy=id.asc",
        told.Where(t => t.Trace?.Name == name).Select(ToldText.Row),
        ToldJson.Row);

    /// <summary>All sessions: each that still has a trace, once.</summary>
    public Task SessionsAsync(IEnumerable<Told> told) => _lists.CompareAsync(
        "the list of sessions", "/api/public/sessions", told.Select(t => t.Trace?.Session).OfType<string>().Distinct(), s => (string)s["id"]!);

    /// <summary>All scores, of traces and of sessions: each once, as it was said last.</summary>
    public Task ScoresAsync(IEnumerable<Told> told) => _lists.CompareAsync(
        "the list of scores", "/api/public/v2/scores", told.SelectMany(t => t.Scores).Select(ToldText.Of), s => ToldText.Of(ToldJson.Score(s)));

    /// <summary>The traces of one session.</summary>
    public async Task SessionAsync(string session, IEnumerable<Told> told)
    {
        var answer = await client.GetAsync($"/api/public/sessions/{session}", cancellationToken);
        Lists.AssertEqual(
            $"the traces of {session}",
            told.Where(t => t.Trace?.Session == session).Select(t => t.Id),
            answer.Code == 404 ? [] : answer.Json["traces"]!.AsArray().Select(t => (string)t!["id"]!));
    }

    /// <summary>The columns' counts, sums and costs.</summary>
    public async Task MetricsAsync(IReadOnlyList<Told> told)
    {
        foreach (var question in MetricsOracle.Questions(told))
        {
            var text = Uri.EscapeDataString(question.Text(TimeProvider.System.GetUtcNow()));
            var answer = await client.GetAsync($"/api/public/v2/metrics?query={text}", cancellationToken);
            Lists.AssertEqual($"{question.View} by {question.Dimension}", question.Expected, question.Read(answer.Json));
        }
    }

    /// <summary>The live numbers of a part of the project in all windows, when nothing is under way.</summary>
    public async Task LiveAsync(LiveQuestion question, IEnumerable<Told> told)
    {
        var oracle = new LiveOracle(told, question);
        IReadOnlyList<string> differences = [];
        await Eventually.GetAsync(
            $"the live numbers of '{question.Query}'",
            LiveLimit,
            async () => (await client.GetAsync(
                $"/api/internal/live?windows=Minute,FiveMinutes,QuarterHour,Hour,Day,AllTime&{question.Query}", cancellationToken)).Json,
            live => (differences = oracle.Differences(live)).Count == 0,
            cancellationToken,
            live => $"{differences.Count} differences at {live["at"]}:\n  {string.Join("\n  ", differences.Take(MostDifferences))}\n");
    }

    private async Task ScriptAsync(Story story, Script script, CancellationToken cancel)
    {
        var actual = await script.ReadAsync(client, cancel);
        lock (story)
        {
            var possible = story.Possible(script).ToList();
            var found = possible.FindIndex(steps => ToldText.Of(script.At(steps)) == actual);
            if (found < 0)
            {
                throw new InvalidOperationException(
                    $"{story.Acknowledged} requests were acknowledged (in doubt: {story.InDoubt}).\nexpected\n{string.Join("or\n", possible.Select(p => ToldText.Of(script.At(p))))}\nread\n{actual}");
            }

            story.Found(script, possible[found]);
        }
    }
}
