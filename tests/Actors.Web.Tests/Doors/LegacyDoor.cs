using Actors.Tracing;

namespace Actors.Web.Tests.Doors;

/// <summary>
/// Tells a story through the routes for single events. They take the moment of arrival for the moment of saying, so what is
/// said of one thing arrives in its order, and is repeated at once or not at all.
/// </summary>
internal static class LegacyDoor
{
    public static IEnumerable<(HttpMethod Method, string Path, string Body)> Requests(Story story, Random random)
    {
        var waiting = Sayings.Of(story, random).Select(s => new Queue<Saying>(s)).ToList();
        while (waiting.Count > 0)
        {
            var thing = waiting[random.Next(waiting.Count)];
            var request = Request(story, thing.Dequeue(), random);
            yield return request;
            if (random.Next(5) == 0)
            {
                yield return request;
            }

            waiting.RemoveAll(w => w.Count == 0);
        }
    }

    private static (HttpMethod Method, string Path, string Body) Request(Story story, Saying said, Random random)
    {
        var path = said.Type switch { null => "traces", ObservationType.Span => "spans", ObservationType.Generation => "generations", _ => "events" };
        var isUpdate = said.IsUpdate && said.Type != ObservationType.Event;
        var id = isUpdate ? path[..^1] + "Id" : "id";
        if (said.Type == ObservationType.Generation && random.Next(2) == 0)
        {
            said = said with { Fields = said.Fields.ToDictionary(f => f.Key switch { "input" => "prompt", "output" => "completion", var name => name }, f => f.Value) };
        }

        var more = new Dictionary<string, string> { [id] = $"\"{said.Id}\"" };
        if (said.Type is not null)
        {
            more.Add("traceId", $"\"{story.TraceId}\"");
        }

        var body = said.ToJson(more);
        return (isUpdate ? HttpMethod.Patch : HttpMethod.Post, "/api/public/" + path, path == "events" && random.Next(2) == 0 ? $"[{body}]" : body);
    }
}
