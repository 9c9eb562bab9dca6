using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>
/// The life of one trace in four requests, and what every beginning of it comes to. The expectation is written down by hand,
/// apart from the product's own fold.
/// </summary>
internal sealed class TraceScript
{
    public const int StepCount = 4;

    private const decimal InputPrice = 0.0000025m;
    private const decimal OutputPrice = 0.00001m;

    private readonly DateTimeOffset _start;
    private readonly string _root;
    private readonly string _tool;
    private readonly string _generation;
    private readonly string _score;
    private readonly string _level;
    private readonly string _word;
    private readonly double _rating;
    private readonly (int Input, int Output) _first;
    private readonly (int Input, int Output) _last;

    public TraceScript(string name, Random random, DateTimeOffset now)
    {
        Name = name;
        Id = NewId("t", random);
        (_root, _tool, _generation, _score) = (NewId("r", random), NewId("o", random), NewId("g", random), NewId("s", random));
        _start = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        _level = random.Next(5) == 0 ? "ERROR" : "DEFAULT";
        _word = new string((char)('a' + random.Next(26)), random.Next(1, 400));
        _rating = random.Next(0, 100) / 100d;
        _first = (random.Next(1, 5000), random.Next(1, 500));
        _last = (_first.Input + random.Next(0, 100), _first.Output + random.Next(0, 500));
        Steps = [First(), Second(), Third(), Fourth()];
    }

    public string Id { get; }

    public string Name { get; }

    /// <summary>The events of each request.</summary>
    public IReadOnlyList<JsonObject[]> Steps { get; }

    /// <summary>What is read by id when the first <paramref name="steps"/> requests are stored, in the words of <see cref="TraceText"/>.</summary>
    public string Expected(int steps) => steps == 0
        ? TraceText.Absent
        : TraceText.Of(
            Id, Name, $"user-{Name}", steps >= 4 ? $"done {_word}" : null, Cost(steps), Observations(steps), steps >= 3 ? [(_score, _rating)] : []);

    /// <summary>What a list shows of it: its observations, its scores and its cost.</summary>
    public string ExpectedRow(int steps) => TraceText.Row(
        Id, Observations(steps).Select(o => o.Id), steps >= 3 ? [_score] : [], Cost(steps));

    /// <summary>What it adds to the live numbers.</summary>
    public void AddTo(LiveOracle live, int steps)
    {
        if (steps == 0)
        {
            return;
        }

        live.AddTrace(_start, Name);
        foreach (var observation in Observations(steps))
        {
            live.AddObservation(observation, Name);
        }
    }

    private IReadOnlyList<ObservationText> Observations(int steps)
    {
        var root = new ObservationText(_root, "SPAN", _start, steps >= 4 ? At(40) : null, "DEFAULT", null, steps >= 4 ? $"done {_word}" : null, 0, 0, 0);
        var usage = steps >= 3 ? _last : steps == 2 ? _first : default;
        var text = steps >= 3 ? $"all of {_word}" : steps == 2 ? $"some of {_word}" : null;
        var generation = new ObservationText(
            _generation, "GENERATION", At(1), steps >= 3 ? At(30) : null, "DEFAULT", "gpt-4o", text, usage.Input, usage.Output, Cost(steps));
        return steps >= 2
            ? [root, generation, new ObservationText(_tool, "SPAN", At(2), At(9), _level, null, _word, 0, 0, 0)]
            : [root, generation];
    }

    private decimal Cost(int steps)
    {
        var usage = steps >= 3 ? _last : steps == 2 ? _first : default;
        return (usage.Input * InputPrice) + (usage.Output * OutputPrice);
    }

    private JsonObject[] First() =>
    [
        Wire.Event("trace-create", _start, new JsonObject
        {
            ["id"] = Id,
            ["timestamp"] = Wire.Iso(_start),
            ["name"] = Name,
            ["userId"] = $"user-{Name}",
            ["sessionId"] = $"session-{Name}",
            ["input"] = _word,
        }),
        Wire.Event("span-create", _start, Body(_root, new JsonObject { ["name"] = "handle", ["startTime"] = Wire.Iso(_start), ["input"] = _word })),
        Wire.Event("generation-create", At(1), Body(_generation, new JsonObject
        {
            ["parentObservationId"] = _root,
            ["name"] = "answer",
            ["startTime"] = Wire.Iso(At(1)),
            ["model"] = "gpt-4o",
        })),
    ];

    private JsonObject[] Second() =>
    [
        Wire.Event("generation-update", At(10), Body(_generation, new JsonObject
        {
            ["input"] = _word,
            ["output"] = $"some of {_word}",
            ["completionStartTime"] = Wire.Iso(At(8)),
            ["usageDetails"] = Usage(_first),
        })),
        Wire.Event("span-create", At(9), Body(_tool, new JsonObject
        {
            ["parentObservationId"] = _root,
            ["name"] = "look up",
            ["startTime"] = Wire.Iso(At(2)),
            ["endTime"] = Wire.Iso(At(9)),
            ["level"] = _level,
            ["output"] = _word,
        })),
    ];

    private JsonObject[] Third() =>
    [
        Wire.Event("generation-update", At(30), Body(_generation, new JsonObject
        {
            ["output"] = $"all of {_word}",
            ["endTime"] = Wire.Iso(At(30)),
            ["usageDetails"] = Usage(_last),
        })),
        Wire.Score(_score, Id, At(31), _rating),
    ];

    private JsonObject[] Fourth() =>
    [
        Wire.Event("span-update", At(40), Body(_root, new JsonObject { ["output"] = $"done {_word}", ["endTime"] = Wire.Iso(At(40)) })),
        Wire.Event("trace-create", At(41), new JsonObject { ["id"] = Id, ["output"] = $"done {_word}" }),
    ];

    private JsonObject Body(string id, JsonObject body)
    {
        body["id"] = id;
        body["traceId"] = Id;
        return body;
    }

    private DateTimeOffset At(int milliseconds) => _start.AddMilliseconds(milliseconds);

    private static JsonObject Usage((int Input, int Output) usage) => new() { ["input"] = usage.Input, ["output"] = usage.Output };

    private static string NewId(string kind, Random random) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{random.NextInt64():x16}{random.NextInt64():x16}");
}
