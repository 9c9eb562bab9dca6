using System.Globalization;
using Actors.Tracing;

namespace Actors.Analytics.Groups;

/// <summary>Seeded conversations of many users: some spend much more than others, some fail, some say how content they are.</summary>
internal static class GroupTraffic
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static async Task AppendAsync(TestLog log, int seed, int traces)
    {
        var random = new Random(seed);
        for (var i = 0; i < traces; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"turn-{i}");
            var (user, at) = (random.Next(12), Start.AddMinutes(random.Next(600)).AddMilliseconds(random.Next(1000)));
            await log.AppendAsync(StreamId.ForTrace(id), at.AddSeconds(30), [.. Events(random, id, user, at)]);
        }

        await log.AppendAsync(StreamId.ForSession("talk-3-0"), Start.AddDays(1), Score("own", "talk", 0.5, ScoreSource.Annotation, Start));
    }

    public static TraceEvent Trace(string id, DateTimeOffset at, string user, string session) =>
        new() { EventId = $"{id}-t", Timestamp = at, StartedAt = at, UserId = user, SessionId = session, Name = "chat" };

    public static ObservationEvent Observation(string id, string name, DateTimeOffset start, TimeSpan length, ObservationLevel level = ObservationLevel.Default) => new()
    {
        EventId = $"{id}-{name}",
        Timestamp = start,
        ObservationId = $"{id}-{name}",
        IsCreate = true,
        Type = ObservationType.Generation,
        Name = name,
        StartTime = start,
        EndTime = start + length,
        Level = level,
    };

    public static ScoreEvent Score(string id, string name, double value, ScoreSource source, DateTimeOffset at) => new()
    {
        EventId = $"{id}-{name}-e",
        Timestamp = at,
        ScoreId = $"{id}-{name}",
        Name = name,
        DataType = ScoreDataType.Numeric,
        Value = value,
        Source = source,
    };

    private static IEnumerable<StreamEvent> Events(Random random, string id, int user, DateTimeOffset at)
    {
        yield return Trace(id, at, $"u-{user}", $"talk-{user}-{random.Next(4)}") with
        {
            Environment = random.Next(4) == 0 ? "staging" : "production",
            Release = random.Next(2) == 0 ? "r1" : "r2",
            Version = random.Next(3) == 0 ? "v2" : null,
            Tags = random.Next(3) switch { 0 => [], 1 => ["vip"], _ => ["beta", "vip"] },
            Metadata = random.Next(3) == 0 ? null : $$"""{"plan":"{{(user % 3 == 0 ? "team" : "free")}}"}""",
        };
        var failed = user == 5 && random.Next(2) == 0;
        yield return Observation(id, "answer", at, TimeSpan.FromMilliseconds(random.Next(100, 4000)), failed ? ObservationLevel.Error : ObservationLevel.Default) with
        {
            Model = "gpt-4o",
            Usage = [new("input", random.Next(4000)), new("output", random.Next(500) * (user == 7 ? 400 : 1))],
        };
        if (random.Next(2) == 0)
        {
            yield return Score(id, "helpful", random.Next(2), ScoreSource.Api, at);
        }

        if (random.Next(4) == 0)
        {
            yield return Score(id, "stars", random.Next(1, 6), ScoreSource.Api, at);
        }
    }
}
