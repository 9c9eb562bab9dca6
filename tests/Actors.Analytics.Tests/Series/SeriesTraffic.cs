using System.Globalization;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Series;

/// <summary>
/// Seeded rows in which everything that a live series may be about is there or not there, with more values than have series
/// of their own and values that are too long; observations that change, end, move to another second and are deleted.
/// </summary>
internal sealed class SeriesTraffic(TestLog log, int seed)
{
    private static readonly string Long = new('x', LiveSeriesKey.MaxValueLength - 1);

    // The cut goes through a pair of surrogates, right before and right behind one, and through what is escaped in the file.
    private static readonly string[] Names =
    [
        $"{Long}🙂a", $"{Long}🙂b", $"{Long}y🙂", $"{Long}yz", $"{Long[1..]}🙂🙂", $"{Long}\0a", $"{Long[1..]}\0\0", $"{Long[2..]}\uFDD0\0b",
        string.Concat(Enumerable.Repeat("🙂", LiveSeriesKey.MaxValueLength)), $"a{string.Concat(Enumerable.Repeat("🙂", 150))}",
        string.Concat(Enumerable.Repeat("ü", 150)), LiveSeriesKey.Other, "", "plain", "'; DROP TABLE traces; --",
        .. Enumerable.Range(0, 25).Select(i => string.Create(CultureInfo.InvariantCulture, $"name-{i}")),
    ];

    private readonly Random _random = new(seed);
    private int _traces;
    private int _events;

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static string[] Models { get; } = [.. Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"model-{i}"))];

    public static string[] Environments { get; } = ["default", "production", "staging"];

    public async Task AppendAsync(int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            var stream = NextStream();
            if (_random.Next(30) == 0 && await log.DeleteAsync(stream, Start.AddMilliseconds(_events * 20)) is not null)
            {
                continue;
            }

            var events = Enumerable.Range(0, _random.Next(1, 7)).Select(_ => NextEvent(stream)).ToArray();
            await log.AppendAsync(stream, Start.AddMilliseconds(_events * 20), events);
        }
    }

    private StreamId NextStream() => _random.Next(20) switch
    {
        0 => StreamId.ForSession($"session-{_random.Next(4)}"),
        1 => StreamId.ForRun($"run-{_random.Next(3)}"),
        < 9 => StreamId.ForTrace($"trace-{_traces++}"),
        _ => StreamId.ForTrace($"trace-{Math.Max(0, _traces - 1 - _random.Next(12))}"),
    };

    private StreamEvent NextEvent(StreamId stream)
    {
        _events++;
        return (stream.Kind, _random.Next(10)) switch
        {
            (not StreamKind.Trace, _) or (_, 0 or 1) => _random.Next(8) == 0
                ? new ScoreDeletedEvent { EventId = NextId(), Timestamp = NextTime(), ScoreId = $"{stream.Value}-s{_random.Next(6)}" }
                : Score(stream),
            (_, 2 or 3) => Trace(),
            _ => Observation(stream),
        };
    }

    private TraceEvent Trace() => new()
    {
        EventId = NextId(),
        Timestamp = NextTime(),
        StartedAt = NextTime(),
        Name = MaybeOne(Names),
        UserId = MaybeOne("user-1", "user-2"),
        SessionId = MaybeOne("session-0", "session-1"),
        Release = MaybeOne("r1", "r2"),
        Environment = MaybeOne(Environments),
    };

    private ObservationEvent Observation(StreamId stream)
    {
        var start = NextTime();
        return new ObservationEvent
        {
            EventId = NextId(),
            Timestamp = NextTime(),
            ObservationId = $"{stream.Id}-o{_random.Next(4)}",
            Type = _random.Next(3) switch
            {
                0 => null,
                1 => ObservationType.Tool,
                _ => (ObservationType)_random.Next(10),
            },
            Name = MaybeOne(Names),
            StartTime = start,
            EndTime = _random.Next(3) == 0 ? null : start.AddMilliseconds(_random.Next(10) == 0 ? _random.Next(-500, 2) : Math.Exp(_random.NextDouble() * 9)),
            CompletionStartTime = _random.Next(2) == 0 ? start.AddMilliseconds(_random.Next(-50, 500)) : null,
            Level = _random.Next(3) == 0 ? ObservationLevel.Error : null,
            Environment = MaybeOne(Environments),
            Model = MaybeOne(Models),
            Usage = _random.Next(2) == 0 ? [] : [new("input", _random.Next(4000)), new("output", _random.Next(3) == 0 ? 0 : _random.Next(900)), new("total", 5000)],
            Cost = _random.Next(3) == 0 ? [new("input", _random.Next(1, 100_000) / 1_000_000m), new("output_reasoning", 0.25m), new("total", _random.Next(1, 100_000) / 1_000m)] : [],
            PromptName = MaybeOne("greeting", "goodbye"),
            PromptVersion = _random.Next(2) == 0 ? _random.Next(1, 4) : null,
        };
    }

    private ScoreEvent Score(StreamId stream)
    {
        var type = (ScoreDataType)_random.Next(Enum.GetValues<ScoreDataType>().Length);
        var isNumber = type is ScoreDataType.Numeric or ScoreDataType.Boolean;
        return new ScoreEvent
        {
            EventId = NextId(),
            Timestamp = NextTime(),
            ScoreId = $"{stream.Value}-s{_random.Next(6)}",
            Name = $"score-{_random.Next(4)}",
            DataType = type,
            Value = isNumber ? type == ScoreDataType.Boolean ? _random.Next(2) : _random.Next(-40, 60) / 4.0 : null,
            StringValue = isNumber ? null : _random.Next(2) == 0 ? "good" : "bad\0",
            ObservationId = stream.Kind == StreamKind.Trace ? MaybeOne($"{stream.Id}-o1", "unknown") : null,
            Source = (ScoreSource)_random.Next(3),
            Environment = MaybeOne(Environments),
        };
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"event-{_events}");

    // Full seconds are as frequent as all other times together: they are what ranges begin and end with.
    private DateTimeOffset NextTime()
    {
        var time = Start.AddMilliseconds((_events * 20) + _random.Next(-3000, 3000));
        return _random.Next(2) == 0 ? time : DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
    }

    private string? MaybeOne(params string[] values) => _random.Next(3) == 0 ? null : values[_random.Next(values.Length)];
}
