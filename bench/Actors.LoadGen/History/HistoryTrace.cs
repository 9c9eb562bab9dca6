using Actors.LoadGen.Workload;
using Actors.Tracing;

namespace Actors.LoadGen.History;

/// <summary>
/// Traces of thirty days. One trace has ten observations (an agent, three model calls with about 1 KB of text, three tools,
/// a retriever, two spans), every fourth a score. The same number gives the same trace; numbers rise with time.
/// </summary>
internal sealed class HistoryTrace
{
    /// <summary>Observations of one trace.</summary>
    public const int Observations = 10;

    /// <summary>Over how long the traces are spread.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(30);

    private const int Texts = 512;
    private const int Users = 5_000;

    private static readonly string[] Names = ["answer-question", "summarize", "classify-ticket", "plan-trip", "write-code", "search-docs", "translate", "review"];
    private static readonly string[] Environments = ["production", "production", "production", "staging", "development"];
    private static readonly string[] Models = ["gpt-4o", "gpt-4o-mini", "claude-3-5-sonnet-20241022", "gemini-1.5-pro", "gpt-4.1"];
    private static readonly string[] Releases = ["2026.1", "2026.2", "2026.3"];

    private static readonly (ObservationType Type, string Name)[] Steps =
    [
        (ObservationType.Agent, "agent"), (ObservationType.Generation, "plan"), (ObservationType.Tool, "search"),
        (ObservationType.Retriever, "retrieve"), (ObservationType.Span, "rerank"), (ObservationType.Tool, "fetch"),
        (ObservationType.Generation, "draft"), (ObservationType.Tool, "check"), (ObservationType.Span, "format"),
        (ObservationType.Generation, "final"),
    ];

    private readonly string[] _questions;
    private readonly string[] _answers;
    private readonly DateTimeOffset _end;
    private readonly int _count;

    /// <param name="count">How many there are.</param>
    /// <param name="end">When the last one ends, roughly.</param>
    public HistoryTrace(int count, DateTimeOffset end)
    {
        (_count, _end) = (count, end);
        var random = new Random(2026);
        _questions = [.. Enumerable.Range(0, Texts).Select(_ => Json(Prose.Write(random, random.Next(200, 1_400))))];
        _answers = [.. Enumerable.Range(0, Texts).Select(_ => Json(Prose.Write(random, random.Next(200, 1_400))))];
    }

    /// <summary>The id of a trace.</summary>
    public static string Id(int number) => $"{(uint)number * 2654435761u:x8}{number:x24}";

    /// <summary>The user of a trace.</summary>
    public static string User(int number) => $"user-{(uint)number * 40503u % Users}";

    /// <summary>A name that traces have.</summary>
    public static string Name(int number) => Names[number % Names.Length];

    /// <summary>How many events a trace has.</summary>
    public static int CountEvents(int number) => 1 + Observations + (HasScore(number) ? 1 : 0);

    /// <summary>When a trace begins.</summary>
    public DateTimeOffset Start(int number) => _end - Span + (Span * ((double)number / _count));

    /// <summary>The events of a trace.</summary>
    public IReadOnlyList<StreamEvent> Events(int number)
    {
        var random = new Random(number);
        var id = Id(number);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(Start(number).ToUnixTimeMilliseconds());
        var environment = Environments[random.Next(Environments.Length)];
        var events = new List<StreamEvent>
        {
            new TraceEvent
            {
                EventId = $"{id}-t",
                Timestamp = start,
                StartedAt = start,
                Name = Names[random.Next(Names.Length)],
                UserId = User(number),
                SessionId = $"session-{number / 5}",
                Release = Releases[random.Next(Releases.Length)],
                Environment = environment,
                Tags = random.Next(3) == 0 ? ["beta", "web"] : ["web"],
                Input = _questions[random.Next(Texts)],
                Output = _answers[random.Next(Texts)],
                Metadata = """{"tenant":"acme","region":"eu"}""",
            },
        };
        var at = start;
        for (var step = 0; step < Steps.Length; step++)
        {
            var observation = Observation(id, step, at, environment, random);
            at = observation.StartTime!.Value.AddMilliseconds(random.Next(5, 60));
            events.Add(observation);
        }

        if (HasScore(number))
        {
            events.Add(new ScoreEvent
            {
                EventId = $"{id}-s", Timestamp = at, ScoreId = $"{id}-s", Name = "helpfulness", DataType = ScoreDataType.Numeric,
                Value = random.Next(0, 101) / 100.0, Environment = environment,
            });
        }

        return events;
    }

    private static bool HasScore(int number) => number % 4 == 0;

    private ObservationEvent Observation(string traceId, int step, DateTimeOffset at, string environment, Random random)
    {
        var (type, name) = Steps[step];
        var isCall = type.CallsModel();

        // Durations have a long tail, as those of models do.
        var duration = (isCall ? 300 : 10) * Math.Exp(random.NextDouble() * 3);
        var (input, output) = (random.Next(100, 3_000), random.Next(20, 900));
        return new ObservationEvent
        {
            EventId = $"{traceId}-{step}",
            Timestamp = at,
            ObservationId = $"{traceId[..8]}{traceId[^8..]}{step}",
            ParentObservationId = step == 0 ? null : $"{traceId[..8]}{traceId[^8..]}0",
            Type = type,
            IsCreate = true,
            Name = name,
            StartTime = at,
            EndTime = at.AddMilliseconds(Math.Round(duration)),
            CompletionStartTime = isCall ? at.AddMilliseconds(Math.Round(duration / 4)) : null,
            Environment = environment,
            Level = random.Next(50) == 0 ? ObservationLevel.Error : random.Next(25) == 0 ? ObservationLevel.Warning : null,
            Model = isCall ? Models[random.Next(Models.Length)] : null,
            Usage = isCall ? [new("input", input), new("output", output), new("total", input + output)] : [],
            ModelParameters = isCall ? """{"temperature":0.2,"max_tokens":1024}""" : null,
            Input = isCall ? _questions[random.Next(Texts)] : $$"""{"query":"{{step}} {{random.Next(10_000)}}"}""",
            Output = isCall ? _answers[random.Next(Texts)] : """{"ok":true}""",
        };
    }

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
