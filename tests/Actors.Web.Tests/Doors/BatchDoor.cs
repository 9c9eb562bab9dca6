using Actors.Tracing;

namespace Actors.Web.Tests.Doors;

/// <summary>Tells a story in batches: in any order, divided anywhere, some of it twice.</summary>
internal static class BatchDoor
{
    private static readonly string[] SpanFields =
        ["startTime", "endTime", "environment", "name", "level", "parentObservationId", "statusMessage", "version", "metadata", "input", "output"];

    public static IEnumerable<string> Bodies(Story story, Random random)
    {
        var events = Sayings.Of(story, random).SelectMany((sayings, thing) => Events(story, thing, sayings, random)).ToArray();
        random.Shuffle(events);
        foreach (var bodies in events.GroupBy(_ => random.Next(3)))
        {
            yield return $$"""{"batch":[{{string.Join(',', bodies.Concat(events.Where(_ => random.Next(6) == 0)))}}]}""";
        }
    }

    private static IEnumerable<string> Events(Story story, int thing, IReadOnlyList<Saying> sayings, Random random)
    {
        // The envelope of the first message may stand in for a start that nobody says.
        var time = thing == 0 ? story.Root.Start : story.Steps[thing - 1].Start;
        var start = thing == 0 ? "timestamp" : "startTime";
        var isSilent = random.Next(4) == 0;
        for (var i = 0; i < sayings.Count; i++)
        {
            var said = isSilent ? sayings[i] with { Fields = sayings[i].Fields.Where(f => f.Key != start).ToDictionary() } : sayings[i];
            var (type, more) = Spell(said, random);
            if (i > 1 || (i == 1 && (!type.EndsWith("-update", StringComparison.Ordinal) || random.Next(3) > 0)))
            {
                // An update of the same moment counts after the create.
                time = time.AddMilliseconds(random.Next(1, 2000));
            }

            yield return $$"""
                {"id":"{{thing}}-{{i}}","type":"{{type}}","timestamp":{{Saying.Time(time, random)}},
                 "body":{{said.ToJson([.. more, new("id", $"\"{said.Id}\""), .. thing == 0 ? [] : Entry("traceId", $"\"{story.TraceId}\"")])}}}
                """;
        }
    }

    private static (string Type, KeyValuePair<string, string>[] More) Spell(Saying said, Random random)
    {
        var verb = said.IsUpdate ? "update" : "create";
        switch (said.Type)
        {
            case null:
                return ("trace-create", []);
            case ObservationType.Span or ObservationType.Generation or ObservationType.Event when random.Next(4) == 0:
                return ($"observation-{verb}", Entry("type", $"\"{said.Type.Value.ToWire()}\""));

            // Older clients end every kind of observation with the update of a span, which leaves its kind.
            case not ObservationType.Event when said.IsUpdate && random.Next(3) == 0 && said.Fields.Keys.All(SpanFields.Contains):
                return ("span-update", []);
            case ObservationType.Span or ObservationType.Generation:
                return ($"{said.Type.Value.ToWire().ToLowerInvariant()}-{verb}", []);
            default:
                return ($"{said.Type.Value.ToWire().ToLowerInvariant()}-create", []);
        }
    }

    private static KeyValuePair<string, string>[] Entry(string name, string json) => [new(name, json)];
}
