using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Tracing;

namespace Actors.Web.Tests.Doors;

/// <summary>
/// Tells a story in exports of spans, in the JSON form: in any order, divided anywhere, some of it twice. Some spans are
/// spelled with the attributes of Langfuse's SDKs, some with those of OpenTelemetry.
/// </summary>
internal sealed class OtlpDoor
{
    private readonly Story _story;
    private readonly Random _random;
    private readonly bool _resourceTells;

    private OtlpDoor(Story story, Random random)
    {
        _story = story;
        _random = random;

        // What a resource says, all its spans say.
        _resourceTells = random.Next(2) == 0 && story.Steps.All(s => s.Environment == story.Environment && s.Version == story.Version);
    }

    public static IReadOnlyList<JsonObject> Exports(Story story, Random random) => [.. new OtlpDoor(story, random).Exports()];

    private IEnumerable<JsonObject> Exports()
    {
        var tellers = _story.Steps.Where(s => s.TellsOfTrace).ToArray();
        var ofTrace = _story.Steps.ToDictionary(s => s.Id, _ => new List<KeyValuePair<string, JsonNode>>());
        foreach (var (name, value, rootToo) in OfTrace())
        {
            // At least one span tells it; the root must where it would say something else in its place.
            var sure = rootToo ? _story.Root : tellers[_random.Next(tellers.Length)];
            foreach (var teller in tellers.Where(t => t == sure || _random.Next(2) == 0))
            {
                ofTrace[teller.Id].Add(new(name, value.DeepClone()));
            }
        }

        if (_story.Tags.Count > 0)
        {
            foreach (var share in _story.Tags.GroupBy(_ => _random.Next(tellers.Length)))
            {
                ofTrace[tellers[share.Key].Id].Add(new(Any("langfuse.trace.tags", "langfuse.tags"), Tags([.. share])));
            }
        }

        var spans = _story.Steps.Select(s => Span(s, ofTrace[s.Id])).ToArray();
        _random.Shuffle(spans);
        foreach (var share in spans.GroupBy(_ => _random.Next(3)))
        {
            yield return Export([.. share, .. spans.Where(_ => _random.Next(6) == 0)]);
        }
    }

    private JsonObject Export(IEnumerable<(string Scope, JsonObject Span)> spans)
    {
        var resource = new List<KeyValuePair<string, JsonNode>> { new("telemetry.sdk.language", "nodejs") };
        if (_resourceTells)
        {
            Add(resource, "deployment.environment.name", _story.Environment);
            Add(resource, "service.version", _story.Version);
        }

        return new JsonObject
        {
            ["resourceSpans"] = new JsonArray(new JsonObject
            {
                ["resource"] = new JsonObject { ["attributes"] = List(resource) },
                ["scopeSpans"] = new JsonArray(
                [
                    .. spans.GroupBy(s => s.Scope).Select(g => new JsonObject
                    {
                        ["scope"] = new JsonObject { ["name"] = g.Key, ["version"] = "5.1.0" },
                        ["spans"] = new JsonArray([.. g.Select(s => s.Span.DeepClone())]),
                    }),
                ]),
            }),
        };
    }

    private IEnumerable<(string Name, JsonNode Value, bool RootToo)> OfTrace()
    {
        foreach (var (name, value, rootToo) in ((string, string?, bool)[])
        [
            ("langfuse.trace.name", _story.Name, false),
            (Any("user.id", "langfuse.user.id"), _story.UserId, false),
            (Any("session.id", "langfuse.session.id"), _story.SessionId, false),

            // Alone it makes no span one that tells of its trace.
            ("langfuse.release", _story.Release, true),
        ])
        {
            if (value is not null)
            {
                yield return (name, value, rootToo);
            }
        }

        if (_story.Public is { } isPublic)
        {
            yield return (Any("langfuse.trace.public", "langfuse.public"), _random.Next(2) == 0 ? isPublic : isPublic ? "true" : "false", false);
        }

        foreach (var (name, json) in new[] { ("langfuse.trace.input", _story.Input), ("langfuse.trace.output", _story.Output) })
        {
            if (json is not null)
            {
                yield return (name, Value(json), true);
            }
        }

        foreach (var (key, json) in _story.Metadata)
        {
            yield return ("langfuse.trace.metadata." + key, Value(json), false);
        }
    }

    private (string Scope, JsonObject Span) Span(Step step, List<KeyValuePair<string, JsonNode>> attributes)
    {
        var isLangfuse = _random.Next(2) == 0;
        var isError = step.Level == ObservationLevel.Error && _random.Next(2) == 0;
        var hasStatus = step.StatusMessage is not null && _random.Next(2) == 0;
        if (!_resourceTells)
        {
            Add(attributes, "langfuse.environment", step.Environment);
            Add(attributes, "langfuse.version", step.Version);
        }

        Add(attributes, "langfuse.observation.level", isError ? null : step.Level?.ToWire());
        Add(attributes, "langfuse.observation.status_message", hasStatus ? null : step.StatusMessage);
        AddMetadata(attributes, step);
        var (input, output) = _random.Next(2) == 0 ? ("langfuse.observation.input", "langfuse.observation.output") : ("input.value", "output.value");
        AddValue(attributes, input, step.Input);
        AddValue(attributes, output, step.Output);
        if (!isLangfuse && step.Type == ObservationType.Generation)
        {
            AddGenAi(attributes, step);
        }
        else
        {
            AddLangfuse(attributes, step);
        }

        AddValue(attributes, "langfuse.observation.completion_start_time", step.FirstToken is { } first ? Saying.Time(first, _random) : null);
        Add(attributes, Any("langfuse.observation.prompt.name", "langfuse.prompt.name"), step.PromptName);
        if (step.PromptName is not null)
        {
            attributes.Add(new(Any("langfuse.observation.prompt.version", "langfuse.prompt.version"), step.PromptVersion));
        }

        var span = new JsonObject
        {
            ["traceId"] = _story.TraceId,
            ["spanId"] = step.Id,
            ["name"] = step.Name,
            ["startTimeUnixNano"] = Nanoseconds(step.Start),
            ["endTimeUnixNano"] = Nanoseconds(step.End ?? step.Start),
            ["attributes"] = List(attributes),
            ["status"] = new JsonObject { ["code"] = isError ? 2 : _random.Next(2), ["message"] = hasStatus ? step.StatusMessage : "" },
        };
        if (step.Parent is not null)
        {
            span["parentSpanId"] = step.Parent;
        }

        return (isLangfuse ? "langfuse-sdk" : "openinference", span);
    }

    private static void AddLangfuse(List<KeyValuePair<string, JsonNode>> attributes, Step step)
    {
        attributes.Add(new("langfuse.observation.type", step.Type.ToWire().ToLowerInvariant()));
        Add(attributes, "langfuse.observation.model.name", step.Model);
        AddObject(attributes, "langfuse.observation.model.parameters", step.Parameters);
        AddObject(attributes, "langfuse.observation.usage_details", step.Usage.ToDictionary(u => u.Key, u => Number(u.Value)));
        AddObject(attributes, "langfuse.observation.cost_details", step.Cost.ToDictionary(c => c.Key, c => Number(c.Value)));
    }

    private void AddGenAi(List<KeyValuePair<string, JsonNode>> attributes, Step step)
    {
        attributes.Add(new("gen_ai.operation.name", Any("chat", "text_completion")));
        Add(attributes, Any("gen_ai.request.model", "gen_ai.response.model"), step.Model);
        foreach (var (key, json) in step.Parameters)
        {
            attributes.Add(new("gen_ai.request." + key, JsonNode.Parse(json)!));
        }

        if (step.Usage.Keys.All(k => k is "input" or "output" or "total"))
        {
            foreach (var (key, units) in step.Usage)
            {
                attributes.Add(new($"gen_ai.usage.{key}_tokens", units));
            }
        }
        else
        {
            AddObject(attributes, "langfuse.observation.usage_details", step.Usage.ToDictionary(u => u.Key, u => Number(u.Value)));
        }

        if (step.Cost.Keys.All(k => k == "total"))
        {
            foreach (var cost in step.Cost.Values)
            {
                attributes.Add(new("gen_ai.usage.cost", (double)cost));
            }
        }
        else
        {
            AddObject(attributes, "langfuse.observation.cost_details", step.Cost.ToDictionary(c => c.Key, c => Number(c.Value)));
        }
    }

    private void AddMetadata(List<KeyValuePair<string, JsonNode>> attributes, Step step)
    {
        if (_random.Next(2) == 0)
        {
            AddObject(attributes, "langfuse.observation.metadata", step.Metadata);
            return;
        }

        foreach (var (key, json) in step.Metadata)
        {
            AddValue(attributes, "langfuse.observation.metadata." + key, json);
        }
    }

    // A list of texts, the same as JSON, or divided by commas.
    private JsonNode Tags(string[] tags) => _random.Next(3) switch
    {
        0 => new JsonArray([.. tags.Select(t => (JsonNode)t)]),
        1 => JsonSerializer.Serialize(tags),
        _ => string.Join(", ", tags),
    };

    private void AddValue(List<KeyValuePair<string, JsonNode>> attributes, string name, string? json)
    {
        if (json is not null)
        {
            attributes.Add(new(name, Value(json)));
        }
    }

    private static void AddObject(List<KeyValuePair<string, JsonNode>> attributes, string name, IReadOnlyDictionary<string, string> entries)
    {
        if (entries.Count > 0)
        {
            attributes.Add(new(name, "{" + string.Join(',', entries.Select(e => $"{JsonSerializer.Serialize(e.Key)}:{e.Value}")) + "}"));
        }
    }

    private static void Add(List<KeyValuePair<string, JsonNode>> attributes, string name, string? text)
    {
        if (text is not null)
        {
            attributes.Add(new(name, text));
        }
    }

    /// <summary>A value as JSON text, or as an attribute of its own kind where that says exactly the same.</summary>
    private JsonNode Value(string json)
    {
        if (_random.Next(2) == 0 || JsonNode.Parse(json) is not { } node)
        {
            return json;
        }

        return node.GetValueKind() switch
        {
            JsonValueKind.String => char.IsLetter(node.GetValue<string>().FirstOrDefault()) && node.GetValue<string>() is not ("true" or "null") ? node : json,
            JsonValueKind.Number when node.AsValue().TryGetValue<long>(out var whole) && Number(whole) == json => whole,
            JsonValueKind.Number when node.AsValue().TryGetValue<double>(out var number) && Number(number) == json => number,
            JsonValueKind.Number => json,
            _ => node,
        };
    }

    private static JsonArray List(IEnumerable<KeyValuePair<string, JsonNode>> attributes) =>
        new([.. attributes.Select(a => new JsonObject { ["key"] = a.Key, ["value"] = Attribute(a.Value) })]);

    private static JsonObject Attribute(JsonNode? value) => value?.GetValueKind() switch
    {
        null => [],
        JsonValueKind.String => new() { ["stringValue"] = value.GetValue<string>() },
        JsonValueKind.True or JsonValueKind.False => new() { ["boolValue"] = value.GetValue<bool>() },
        JsonValueKind.Number when long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var whole) && Number(whole) == value.ToJsonString() =>
            new() { ["intValue"] = Number(whole) },
        JsonValueKind.Number => new() { ["doubleValue"] = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) },
        JsonValueKind.Array => new()
        {
            ["arrayValue"] = new JsonObject { ["values"] = new JsonArray([.. value.AsArray().Select(Attribute)]) },
        },
        _ => new() { ["kvlistValue"] = new JsonObject { ["values"] = List(value.AsObject().Select(p => KeyValuePair.Create(p.Key, p.Value!))) } },
    };

    private static string Nanoseconds(DateTimeOffset time) => Number((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100);

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private string Any(params string[] spellings) => spellings[_random.Next(spellings.Length)];
}
