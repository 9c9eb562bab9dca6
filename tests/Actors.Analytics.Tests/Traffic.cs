using System.Globalization;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>
/// Seeded events as clients send them: traces that grow, events that come late, again and out of order, observations that
/// run and end, scores without a trace, hostile text; if wanted, traces and scores that are deleted and sometimes come back.
/// </summary>
internal sealed class Traffic(TestLog log, int seed, bool deletes = false)
{
    private static readonly string[] Models = [.. Enumerable.Range(0, 11).Select(i => $"model-{i}"), "gpt-4o"];
    private static readonly string[] Environments = ["default", "production", "staging"];

    private static readonly string[] Texts =
    [
        "plain", "'; DROP TABLE traces; --", "\"quoted\" and $p0 and %s", "nul\0inside\0", "\uFDD0escape\uFDD1", "übung 日本 🙂",
        " ", "line\nbreak\ttab", "percent% under_score",
    ];

    private readonly Random _random = new(seed);
    private readonly Dictionary<StreamId, List<StreamEvent>> _sent = [];
    private int _traces;
    private int _events;

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Appends rows and returns the position of the last one.</summary>
    public async Task<long> AppendAsync(int rows)
    {
        long position = 0;
        for (var i = 0; i < rows; i++)
        {
            var stream = NextStream();
            if (deletes && _random.Next(25) == 0 && await log.DeleteAsync(stream, Start.AddMilliseconds(_events * 40)) is { } deleted)
            {
                position = deleted;
                continue;
            }

            if (!_sent.TryGetValue(stream, out var sent))
            {
                _sent.Add(stream, sent = []);
            }

            var events = Enumerable.Range(0, _random.Next(1, 7)).Select(_ => NextEvent(stream, sent)).ToArray();
            sent.AddRange(events);
            position = await log.AppendAsync(stream, Start.AddMilliseconds(_events * 40), events);
        }

        return position;
    }

    private StreamId NextStream() => _random.Next(20) switch
    {
        0 => StreamId.ForSession($"session-{_random.Next(4)}"),
        1 => StreamId.ForRun($"run-{_random.Next(3)}"),
        < 8 => StreamId.ForTrace($"trace-{_traces++}"),
        _ => StreamId.ForTrace($"trace-{Math.Max(0, _traces - 1 - _random.Next(12))}"),
    };

    private StreamEvent NextEvent(StreamId stream, List<StreamEvent> sent)
    {
        _events++;
        if (sent.Count > 0 && _random.Next(12) == 0)
        {
            return sent[_random.Next(sent.Count)];
        }

        return (stream.Kind, _random.Next(10)) switch
        {
            (not StreamKind.Trace, _) or (_, 0 or 1) when deletes && _random.Next(8) == 0 => ScoreDeleted(stream),
            (not StreamKind.Trace, _) or (_, 0 or 1) => Score(stream),
            (_, 2 or 3) => Trace(),
            _ => Observation(stream),
        };
    }

    private TraceEvent Trace() => new()
    {
        EventId = NextId(),
        Timestamp = NextTime(),
        StartedAt = Maybe(NextTime),
        Name = MaybeText(),
        UserId = MaybeOne("user-1", "user-2", "user-3"),
        SessionId = MaybeOne("session-0", "session-1", "session-2", "session-9"),
        Release = MaybeOne("r1", "r2"),
        Version = MaybeOne("v1", "v2"),
        Environment = MaybeOne(Environments),
        Public = _random.Next(3) == 0 ? true : null,
        Tags = _random.Next(2) == 0 ? [] : [Texts[_random.Next(Texts.Length)], "tag-b"],
        Input = MaybeJson(),
        Output = MaybeJson(),
        Metadata = _random.Next(3) == 0 ? """{"k":{"n":[1,2.50,"é"]}}""" : null,
        Cleared = _random.Next(15) == 0 ? ClearedFields.UserId : ClearedFields.None,
    };

    private ObservationEvent Observation(StreamId stream)
    {
        var start = NextTime();
        var id = $"{stream.Id}-o{_random.Next(5)}";
        return new ObservationEvent
        {
            EventId = NextId(),
            Timestamp = NextTime(),
            ObservationId = id,
            Type = Maybe(() => (ObservationType)_random.Next(10)),
            IsCreate = _random.Next(2) == 0,
            Name = MaybeText(),
            StartTime = Maybe(() => start),
            EndTime = Maybe(() => start.AddMilliseconds(_random.Next(0, 90_000))),
            CompletionStartTime = Maybe(() => start.AddMilliseconds(_random.Next(-50, 500))),
            ParentObservationId = MaybeOne($"{stream.Id}-o0", "unknown"),
            Level = Maybe(() => (ObservationLevel)_random.Next(4)),
            StatusMessage = MaybeText(),
            Version = MaybeOne("v1", "v2"),
            Environment = MaybeOne(Environments),
            Model = MaybeOne(Models),
            Usage = _random.Next(2) == 0 ? [] : [new("input", _random.Next(4000)), new("output", _random.Next(900)), new("total", 5000)],
            Cost = _random.Next(3) == 0 ? [new("total", _random.Next(1, 100_000) / 1_000_000m)] : [],
            PromptName = MaybeOne("greeting"),
            PromptVersion = _random.Next(3) == 0 ? 2 : null,
            ModelParameters = _random.Next(3) == 0 ? """{"temperature":0.2}""" : null,
            Metadata = _random.Next(3) == 0 ? """{"a":"b"}""" : null,
            Input = MaybeJson(),
            Output = MaybeJson(),
            Experiment = _random.Next(4) == 0 ? Experiment(id) : null,
            IsAppRoot = Maybe(() => _random.Next(2) == 0),
        };
    }

    private ExperimentLink Experiment(string observationId) => new()
    {
        Id = $"experiment-{_random.Next(3)}",
        Name = MaybeText(),
        Description = MaybeText(),
        Metadata = MaybeJson(),
        DatasetId = MaybeOne("dataset-1", "dataset-2"),
        ItemId = MaybeOne("item-1", "item-2"),
        ItemVersion = Maybe(NextTime),
        ItemMetadata = MaybeJson(),
        ItemRootObservationId = MaybeOne("root-1", observationId, observationId),
        ItemExpectedOutput = MaybeJson(),
    };

    private ScoreEvent Score(StreamId stream)
    {
        var type = (ScoreDataType)_random.Next(3);
        return new ScoreEvent
        {
            EventId = NextId(),
            Timestamp = NextTime(),
            ScoreId = $"{stream.Value}-s{_random.Next(4)}",
            Name = $"score-{_random.Next(10)}",
            DataType = type,
            Value = type == ScoreDataType.Categorical ? null : type == ScoreDataType.Boolean ? _random.Next(2) : _random.Next(100) / 4.0,
            StringValue = type == ScoreDataType.Categorical ? Texts[_random.Next(Texts.Length)] : null,
            ObservationId = stream.Kind == StreamKind.Trace ? MaybeOne($"{stream.Id}-o1") : null,
            Source = (ScoreSource)_random.Next(3),
            Comment = MaybeText(),
            Metadata = _random.Next(3) == 0 ? """{"x":1}""" : null,
            Environment = MaybeOne(Environments),
            ConfigId = MaybeOne("config-1", "config-2"),
            QueueId = MaybeOne("queue-1"),
            AuthorUserId = MaybeOne("person-1", "person-2"),
            ExecutionTraceId = MaybeOne("run-of-the-judge"),
        };
    }

    private ScoreDeletedEvent ScoreDeleted(StreamId stream) => new()
    {
        EventId = NextId(),
        Timestamp = NextTime(),
        ScoreId = $"{stream.Value}-s{_random.Next(4)}",
    };

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"event-{_events}");

    private DateTimeOffset NextTime() => Start.AddMilliseconds((_events * 40) + _random.Next(-3000, 3000));

    private T? Maybe<T>(Func<T> value)
        where T : struct => _random.Next(2) == 0 ? value() : null;

    private string? MaybeText() => MaybeOne(Texts);

    private string? MaybeOne(params string[] values) => _random.Next(2) == 0 ? null : values[_random.Next(values.Length)];

    private string? MaybeJson() => _random.Next(2) == 0 ? null : System.Text.Json.JsonSerializer.Serialize(new { role = "user", content = Texts[_random.Next(Texts.Length)] });
}
