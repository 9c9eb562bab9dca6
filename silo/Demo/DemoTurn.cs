namespace Actors.Silo.Demo;

/// <summary>One question and its answer: a trace that is visible from its first step on.</summary>
internal sealed class DemoTurn(Random random, string session, string user, string environment, string release)
{
    private readonly string _trace = Guid.NewGuid().ToString();
    private readonly string _name = DemoCast.Pick(random, DemoCast.TraceNames);
    private readonly (string Question, string Answer) _talk = DemoCast.Pick(random, DemoCast.Talks);
    private readonly DemoModel _model = DemoCast.PickModel(random);
    private readonly bool _fails = random.NextDouble() < 0.035;

    public IEnumerable<DemoStep> Steps()
    {
        var agent = Guid.NewGuid().ToString();
        yield return new DemoStep(
            at =>
            [
                DemoEvents.Of("trace-create", at, new()
                {
                    ["id"] = _trace,
                    ["timestamp"] = DemoEvents.Iso(at),
                    ["name"] = _name,
                    ["userId"] = user,
                    ["sessionId"] = session,
                    ["environment"] = environment,
                    ["release"] = release,
                    ["tags"] = new[] { _talk.Question.StartsWith("Wie", StringComparison.Ordinal) ? "de" : "en", "support" },
                    ["metadata"] = new { plan = random.NextDouble() < 0.3 ? "enterprise" : "team", channel = "chat" },
                    ["input"] = new[] { new { role = "user", content = _talk.Question } },
                }),
                Start("agent-create", agent, null, _name, at, new() { ["input"] = new { question = _talk.Question } }),
            ],
            TimeSpan.FromMilliseconds(random.Next(5, 30)));
        foreach (var step in Guardrail(agent).Concat(Search(agent)).Concat(random.NextDouble() < 0.45 ? Tool(agent) : []).Concat(Answer(agent)))
        {
            yield return step;
        }

        yield return new DemoStep(at => Finish(agent, at), TimeSpan.FromMilliseconds(random.Next(300, 1200)));
        if (!_fails && random.NextDouble() < 0.5)
        {
            yield return new DemoStep(at => [Feedback(at)], TimeSpan.Zero);
        }
    }

    private IEnumerable<DemoStep> Guardrail(string parent) =>
        Timed("guardrail-create", parent, "check-input", random.Next(25, 160), new() { ["input"] = _talk.Question }, new() { ["output"] = new { allowed = true } });

    private IEnumerable<DemoStep> Search(string parent)
    {
        var found = Enumerable.Range(0, 3).Select(_ => new { document = DemoCast.Pick(random, DemoCast.Documents), score = Math.Round(0.6 + (random.NextDouble() * 0.39), 3) }).ToArray();
        return Timed("retriever-create", parent, "search-knowledge", random.Next(60, 420), new() { ["input"] = new { query = _talk.Question, top = 3 } }, new() { ["output"] = found });
    }

    private IEnumerable<DemoStep> Tool(string parent)
    {
        var retried = random.NextDouble() < 0.12;
        return Timed(
            "tool-create", parent, "lookup-account", random.Next(80, 900),
            new() { ["input"] = new { user } },
            retried
                ? new() { ["level"] = "WARNING", ["statusMessage"] = "The first call timed out; the second answered.", ["output"] = new { plan = "team", seats = 12 } }
                : new() { ["output"] = new { plan = "team", seats = 12 } });
    }

    // A streamed answer: visible while it runs, with its text so far.
    private IEnumerable<DemoStep> Answer(string parent)
    {
        var id = Guid.NewGuid().ToString();
        var duration = _model.TypicalMs * Math.Exp(0.45 * Gaussian());
        var toFirstToken = duration * (0.18 + (random.NextDouble() * 0.17));
        var prompt = random.NextDouble() < 0.75 ? 14 : 15;
        yield return new DemoStep(
            at =>
            [
                Start("generation-create", id, parent, "answer", at, new()
                {
                    ["model"] = _model.Name,
                    ["modelParameters"] = new { temperature = 0.2, max_tokens = 800 },
                    ["promptName"] = "support-answer",
                    ["promptVersion"] = prompt,
                    ["input"] = new[]
                    {
                        new { role = "system", content = "You are a support agent. Answer from the documents only and cite them." },
                        new { role = "user", content = _talk.Question },
                    },
                }),
            ],
            TimeSpan.FromMilliseconds(toFirstToken));
        yield return new DemoStep(
            at => [Update(id, at, new() { ["completionStartTime"] = DemoEvents.Iso(at), ["output"] = Message(_talk.Answer[..(_talk.Answer.Length / 3)] + " …") })],
            TimeSpan.FromMilliseconds(duration - toFirstToken));
        yield return new DemoStep(at => [Update(id, at, Completion(at))], TimeSpan.FromMilliseconds(random.Next(5, 25)));
    }

    private Dictionary<string, object?> Completion(DateTimeOffset at)
    {
        if (_fails)
        {
            return new()
            {
                ["endTime"] = DemoEvents.Iso(at),
                ["level"] = "ERROR",
                ["statusMessage"] = "429: the provider is overloaded, please retry later",
            };
        }

        var cached = random.Next(0, 900);
        return new()
        {
            ["endTime"] = DemoEvents.Iso(at),
            ["output"] = Message(_talk.Answer),
            ["usageDetails"] = new Dictionary<string, int>
            {
                ["input"] = 700 + random.Next(0, 2600),
                ["input_cached_tokens"] = cached,
                ["output"] = (_talk.Answer.Length / 4) + random.Next(10, 180),
            },
        };
    }

    private object[] Finish(string agent, DateTimeOffset at)
    {
        var output = _fails ? null : Message(_talk.Answer);
        return
        [
            DemoEvents.Of("span-update", at, new()
            {
                ["id"] = agent,
                ["traceId"] = _trace,
                ["endTime"] = DemoEvents.Iso(at),
                ["level"] = _fails ? "ERROR" : "DEFAULT",
                ["output"] = output,
            }),
            DemoEvents.Of("trace-create", at, new() { ["id"] = _trace, ["output"] = output }),
        ];
    }

    private object Feedback(DateTimeOffset at)
    {
        var isSlow = _model.TypicalMs > 3000;
        return DemoEvents.Of("score-create", at, new()
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["traceId"] = _trace,
            ["name"] = "helpful",
            ["dataType"] = "BOOLEAN",
            ["value"] = random.NextDouble() < (isSlow ? 0.72 : 0.9) ? 1 : 0,
            ["comment"] = random.NextDouble() < 0.2 ? "Thank you, that solved it." : null,
            ["environment"] = environment,
        });
    }

    private IEnumerable<DemoStep> Timed(
        string type, string parent, string name, int milliseconds, Dictionary<string, object?> atStart, Dictionary<string, object?> atEnd)
    {
        var id = Guid.NewGuid().ToString();
        yield return new DemoStep(at => [Start(type, id, parent, name, at, atStart)], TimeSpan.FromMilliseconds(milliseconds));
        yield return new DemoStep(
            at => [DemoEvents.Of("span-update", at, new(atEnd) { ["id"] = id, ["traceId"] = _trace, ["endTime"] = DemoEvents.Iso(at) })],
            TimeSpan.FromMilliseconds(random.Next(2, 15)));
    }

    private object Start(string type, string id, string? parent, string name, DateTimeOffset at, Dictionary<string, object?> more) =>
        DemoEvents.Of(type, at, new(more)
        {
            ["id"] = id,
            ["traceId"] = _trace,
            ["parentObservationId"] = parent,
            ["name"] = name,
            ["startTime"] = DemoEvents.Iso(at),
            ["environment"] = environment,
        });

    private object Update(string id, DateTimeOffset at, Dictionary<string, object?> more) =>
        DemoEvents.Of("generation-update", at, new(more) { ["id"] = id, ["traceId"] = _trace });

    private static object Message(string content) => new { role = "assistant", content };

    // Box and Muller, «A Note on the Generation of Random Normal Deviates», 1958.
    private double Gaussian() =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
