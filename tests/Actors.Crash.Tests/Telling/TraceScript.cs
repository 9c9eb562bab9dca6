using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>The life of one trace: it begins, a model and a tool are called, the model answers, it ends; it may be deleted.</summary>
internal sealed class TraceScript : Script
{
    private const string Moved = "2.0";

    private readonly TraceTraits _is;
    private readonly string _id;
    private readonly string _root;
    private readonly string _work;
    private readonly string _call;
    private readonly string _level;
    private readonly string _word;
    private readonly (int Input, int Output) _first;
    private readonly (int Input, int Output) _last;
    private readonly TraceScores _scores;

    public TraceScript(TraceTraits traits, Random random)
    {
        _is = traits;
        (_id, _root, _work, _call) = (NewId("t", random), NewId("r", random), NewId("o", random), NewId("g", random));
        _level = random.Next(5) == 0 ? "ERROR" : "DEFAULT";
        _word = new string((char)('a' + random.Next(26)), random.Next(1, 400));
        _first = (random.Next(1, 5000), random.Next(1, 500));
        _last = (_first.Input + random.Next(0, 100), _first.Output + random.Next(0, 500));
        _scores = new TraceScores(_id, _call, At(_is.CallMs), random);
        Steps = _is.IsEarlyScore
            ? [_scores.Given, [.. Beginning(), .. Middle()], Answer(), [.. End(), .. _scores.Changed]]
            : [Beginning(), Middle(), [.. Answer(), .. _scores.Given], [.. End(), .. _scores.Changed]];
    }

    public string Name => _is.Name;

    public override string? Doomed => _is.IsDoomed ? _id : null;

    public override Told At(int steps) => steps > StepCount && _is.IsDoomed ? Told.Nothing(_id) : new Told(
        _id,
        steps >= (_is.IsEarlyScore ? 2 : 1) ? Trace(isOver: steps >= 4) : null,
        [.. Observations(steps)],
        steps >= 4 ? _scores.Last : steps >= (_is.IsEarlyScore ? 1 : 3) ? _scores.First : []);

    public override async Task<string> ReadAsync(SiloClient client, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync($"/api/public/traces/{_id}", cancellationToken);
        if (answer.Code != 404)
        {
            return answer.Code == 200 ? ToldText.Of(ToldJson.Trace(answer.Json)) : answer.ToString();
        }

        // Its scores may be there before it, and must not be there after it.
        var scores = new List<ToldScore>();
        foreach (var score in _scores.Last)
        {
            if (await ToldJson.ReadScoreAsync(client, score.Id, cancellationToken) is { } found)
            {
                scores.Add(found);
            }
        }

        return ToldText.Of(Told.Nothing(_id) with { Scores = scores });
    }

    private ToldTrace Trace(bool isOver) => new(
        _is.Start,
        _is.Name,
        _is.Environment,
        isOver && _is.MovesOn ? TraceTraits.UserOf(10) : _is.User,
        isOver && _is.MovesOn ? TraceTraits.SessionOf(_is.Name, 4) : _is.Session,
        isOver && _is.MovesOn ? Moved : _is.Release,
        isOver ? $"done {_word}" : null);

    private IEnumerable<ToldObservation> Observations(int steps)
    {
        var isOver = steps >= 4;
        if (steps >= (_is.IsEarlyScore ? 2 : 1))
        {
            yield return new ToldObservation(_root, "SPAN", "handle", _is.Start, _is.Environment)
            {
                End = isOver ? At(_is.CallMs + 40) : null,
                Output = isOver ? $"done {_word}" : null,
            };
            yield return Call(steps);
        }

        if (steps >= 2)
        {
            yield return new ToldObservation(_work, _is.Tool is null ? "SPAN" : "TOOL", _is.Tool ?? "work", At(2), _is.Environment)
            {
                End = At(9),
                Level = _level,
                Output = _word,
            };
        }
    }

    private ToldObservation Call(int steps)
    {
        var usage = steps >= 3 ? _last : steps == 2 ? _first : default;
        return new ToldObservation(_call, "GENERATION", "answer", At(1), _is.Environment)
        {
            End = steps >= 3 ? At(_is.CallMs) : null,
            FirstToken = steps >= 2 ? At(_is.FirstTokenMs) : null,
            Model = _is.Model,
            Prompt = _is.Prompt?.Name,
            PromptVersion = _is.Prompt?.Version,
            Output = steps >= 3 ? $"all of {_word}" : steps == 2 ? $"some of {_word}" : null,
            Input = usage.Input,
            OutputTokens = usage.Output,
            InputCost = usage.Input * _is.InputPrice,
            OutputCost = usage.Output * _is.OutputPrice,
        };
    }

    private JsonObject[] Beginning()
    {
        var trace = new JsonObject
        {
            ["id"] = _id,
            ["timestamp"] = Wire.Iso(_is.Start),
            ["name"] = _is.Name,
            ["environment"] = _is.Environment,
            ["input"] = _word,
        };
        Set(trace, "userId", _is.User);
        Set(trace, "sessionId", _is.Session);
        Set(trace, "release", _is.Release);
        var call = new JsonObject { ["parentObservationId"] = _root, ["name"] = "answer", ["startTime"] = Wire.Iso(At(1)), ["model"] = _is.Model };
        if (_is.Prompt is var (prompt, version))
        {
            call["promptName"] = prompt;
            call["promptVersion"] = version;
        }

        return
        [
            Wire.Event("trace-create", _is.Start, trace),
            Wire.Event("span-create", _is.Start, Body(_root, new JsonObject { ["name"] = "handle", ["startTime"] = Wire.Iso(_is.Start), ["input"] = _word })),
            Wire.Event("generation-create", At(1), Body(_call, call)),
        ];
    }

    private JsonObject[] Middle() =>
    [
        Wire.Event("generation-update", At(10), Body(_call, new JsonObject
        {
            ["input"] = _word,
            ["output"] = $"some of {_word}",
            ["completionStartTime"] = Wire.Iso(At(_is.FirstTokenMs)),
            ["usageDetails"] = Usage(_first),
        })),
        Wire.Event(_is.Tool is null ? "span-create" : "tool-create", At(9), Body(_work, new JsonObject
        {
            ["parentObservationId"] = _root,
            ["name"] = _is.Tool ?? "work",
            ["startTime"] = Wire.Iso(At(2)),
            ["endTime"] = Wire.Iso(At(9)),
            ["level"] = _level,
            ["output"] = _word,
        })),
    ];

    private JsonObject[] Answer() =>
    [
        Wire.Event("generation-update", At(_is.CallMs + 10), Body(_call, new JsonObject
        {
            ["output"] = $"all of {_word}",
            ["endTime"] = Wire.Iso(At(_is.CallMs)),
            ["usageDetails"] = Usage(_last),
        })),
    ];

    private JsonObject[] End()
    {
        var trace = new JsonObject { ["id"] = _id, ["environment"] = _is.Environment, ["output"] = $"done {_word}" };
        if (_is.MovesOn)
        {
            trace["userId"] = TraceTraits.UserOf(10);
            trace["sessionId"] = TraceTraits.SessionOf(_is.Name, 4);
            trace["release"] = Moved;
        }

        var end = Wire.Iso(At(_is.CallMs + 40));
        return
        [
            Wire.Event("span-update", At(_is.CallMs + 40), Body(_root, new JsonObject { ["output"] = $"done {_word}", ["endTime"] = end })),
            Wire.Event("trace-create", At(_is.CallMs + 41), trace),
        ];
    }

    private JsonObject Body(string id, JsonObject body)
    {
        body["id"] = id;
        body["traceId"] = _id;
        body["environment"] = _is.Environment;
        return body;
    }

    private DateTimeOffset At(double milliseconds) => _is.Start.AddMilliseconds(milliseconds);

    private static JsonObject Usage((int Input, int Output) usage) => new() { ["input"] = usage.Input, ["output"] = usage.Output };

    /// <summary>A number and perhaps a yes or no for the trace, perhaps a word for the call; some are changed later.</summary>
    private sealed class TraceScores
    {
        public TraceScores(string trace, string call, DateTimeOffset at, Random random)
        {
            var environment = OneOf(random, "production", "default");
            var helpful = new ToldScore(NewId("s", random), at, "helpful", "NUMERIC", environment, null, null, random.Next(-20, 100) / 100d, null);
            var resolved = helpful with { Id = NewId("s", random), Name = "resolved", DataType = "BOOLEAN", Number = random.Next(2) };
            var tone = helpful with
            {
                Id = NewId("s", random), Name = "tone", DataType = "CATEGORICAL", Observation = call, Number = 0, Category = OneOf(random, "warm", "cold"),
            };
            First = [helpful, .. random.Next(2) == 0 ? [resolved] : Array.Empty<ToldScore>(), .. random.Next(2) == 0 ? [tone] : Array.Empty<ToldScore>()];
            Last = random.Next(2) == 0 ? First : [helpful with { Number = random.Next(-20, 100) / 100d }, .. First.Skip(1)];
            Given = [.. First.Select(s => ScoreEvent(s, trace, at))];
            Changed = [.. Last.Except(First).Select(s => ScoreEvent(s, trace, at.AddMilliseconds(50)))];
        }

        public IReadOnlyList<ToldScore> First { get; }

        public IReadOnlyList<ToldScore> Last { get; }

        public JsonObject[] Given { get; }

        public JsonObject[] Changed { get; }
    }
}
