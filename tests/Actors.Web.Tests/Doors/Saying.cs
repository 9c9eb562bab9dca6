using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Actors.Tracing;

namespace Actors.Web.Tests.Doors;

/// <summary>One message about a trace or an observation, in the fields of the ingestion API.</summary>
/// <param name="Type">What is spoken of; null: the trace.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsUpdate">Whether it only adds to what was said before.</param>
/// <param name="Fields">JSON text by name, without ids.</param>
internal sealed record Saying(ObservationType? Type, string Id, bool IsUpdate, IReadOnlyDictionary<string, string> Fields)
{
    public static string Text(string text, Random random) => JsonSerializer.Serialize(text, random.Next(2) == 0 ? Plain : Escaped);

    public static string Time(DateTimeOffset time, Random random) => random.Next(3) switch
    {
        0 => $"\"{time.ToOffset(TimeSpan.FromHours(5.5)):yyyy-MM-ddTHH:mm:ss.fffffffzzz}\"",
        1 => $"\"{time:yyyy-MM-ddTHH:mm:ss.ffffff}Z\"",
        _ => $"\"{time:yyyy-MM-ddTHH:mm:ss.fff}+00:00\"",
    };

    public string ToJson(IEnumerable<KeyValuePair<string, string>> more) =>
        "{" + string.Join(',', Fields.Concat(more).Select(f => $"\"{f.Key}\":{f.Value}")) + "}";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Escaped = new();
}

/// <summary>
/// Divides what is to be said among one to three messages by the rules of merging (langfuse-semantics §1): what is said
/// early may be wrong where the last word counts, what is said late where the first counts.
/// </summary>
internal sealed class Sayings
{
    private readonly Random _random;
    private readonly Dictionary<string, string>[] _messages;

    private Sayings(Random random)
    {
        _random = random;
        _messages = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Dictionary<string, string>())];
    }

    /// <summary>The messages about each thing, in the order in which they must count.</summary>
    public static IReadOnlyList<IReadOnlyList<Saying>> Of(Story story, Random random) =>
        [OfTrace(story, random), .. story.Steps.Select(s => OfStep(s, random))];

    private static List<Saying> OfTrace(Story story, Random random)
    {
        var said = new Sayings(random);
        said.First("timestamp", Saying.Time(story.Root.Start, random), Saying.Time(story.Root.Start.AddHours(1), random));
        said.First("environment", said.Text(story.Environment), "\"too-late\"");
        said.Last("name", said.Text(story.Name ?? story.Root.Name), "\"early\"", nullClears: true);
        said.Last("userId", said.Text(story.UserId), "\"early\"", nullClears: true);
        said.Last("sessionId", said.Text(story.SessionId), "\"early\"", nullClears: true);
        said.Last("release", said.Text(story.Release), "\"early\"", nullClears: true);
        said.Last("version", said.Text(story.Version), "\"early\"", nullClears: true);
        said.Last("public", story.Public is { } isPublic ? (isPublic ? "true" : "false") : null, "true", nullClears: false);
        said.Parts("tags", story.Tags.Select(t => Saying.Text(t, random)), "[", "]");
        said.Parts("metadata", story.Metadata.Concat(story.Root.Metadata).Select(m => $"{Saying.Text(m.Key, random)}:{m.Value}"), "{", "}");
        said.Content("input", story.Input ?? story.Root.Input);
        said.Content("output", story.Output ?? story.Root.Output);
        return [.. said._messages.Select(fields => new Saying(null, story.TraceId, IsUpdate: false, fields))];
    }

    private static List<Saying> OfStep(Step step, Random random)
    {
        var said = new Sayings(random);
        said.First("startTime", Saying.Time(step.Start, random), Saying.Time(step.Start.AddHours(-1), random));
        said.First("environment", said.Text(step.Environment), "\"too-late\"");
        said.Last("name", said.Text(step.Name), "\"early\"", nullClears: true);
        said.Last("level", step.Level is { } level ? $"\"{level.ToWire()}\"" : null, "\"ERROR\"", nullClears: true);
        said.Last("parentObservationId", said.Text(step.Parent), "\"early\"", nullClears: false);
        said.Last("statusMessage", said.Text(step.StatusMessage), "\"early\"", nullClears: false);
        said.Last("version", said.Text(step.Version), "\"early\"", nullClears: false);
        said.Last("endTime", step.End is { } end ? Saying.Time(end, random) : null, Saying.Time(step.Start.AddHours(2), random), nullClears: false);
        said.Parts("metadata", step.Metadata.Select(m => $"{Saying.Text(m.Key, random)}:{m.Value}"), "{", "}");
        said.Content("input", step.Input);
        said.Content("output", step.Output);
        if (step.CallsModel)
        {
            said.OfCall(step);
        }

        return [.. said._messages.Select((fields, index) => new Saying(step.Type, step.Id, index > 0, fields))];
    }

    private void OfCall(Step step)
    {
        Last("completionStartTime", step.FirstToken is { } first ? Saying.Time(first, _random) : null, Saying.Time(step.Start.AddHours(1), _random), nullClears: false);
        Last("model", Text(step.Model), "\"early\"", nullClears: true);
        Last("modelParameters", step.Parameters.Count > 0 ? Object(step.Parameters) : null, "{\"early\":true}", nullClears: false);
        if (step.PromptName is not null)
        {
            // Only together: one without the other is refused.
            var at = Last("promptName", Text(step.PromptName), decoy: null, nullClears: false);
            _messages[at]["promptVersion"] = Number(step.PromptVersion);
        }

        var (field, usage) = Usage(step);
        Last(field, usage, field == "usage" ? "{\"input\":7}" : "{\"early\":7}", nullClears: false, empty: "{}");
        Last("costDetails", step.Cost.Count > 0 ? Object(step.Cost.ToDictionary(c => c.Key, c => Number(c.Value))) : null, "{\"early\":7}", nullClears: false, empty: "{}");
    }

    // The same units in one of the shapes in which clients say them (langfuse-api §1.2).
    private (string Field, string? Json) Usage(Step step)
    {
        var units = step.Usage.ToDictionary(u => u.Key, u => Number(u.Value));
        var isPlain = units.Count > 0 && units.Keys.All(k => k is "input" or "output" or "total") && step.Usage.GetValueOrDefault("total", 1) > 0;
        return _random.Next(4) switch
        {
            0 when isPlain => ("usage", Object(units)),
            1 when isPlain => ("usage", Object(units.ToDictionary(u => LongName(u.Key), u => u.Value))),
            2 when isPlain && units.Count == 3 => ("usageDetails", Object(units.ToDictionary(u => ProviderName(u.Key), u => u.Value))),
            3 => ("usageDetails", units.Count > 0 ? Object(units.ToDictionary(u => u.Key, u => $"\"{u.Value}\"")) : null),
            _ => ("usageDetails", units.Count > 0 ? Object(units) : null),
        };
    }

    private static string LongName(string key) => key switch { "input" => "promptTokens", "output" => "completionTokens", _ => "totalTokens" };

    private static string ProviderName(string key) => key switch { "input" => "prompt_tokens", "output" => "completion_tokens", _ => "total_tokens" };

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private string? Text(string? text) => text is null ? null : Saying.Text(text, _random);

    private string Object(IReadOnlyDictionary<string, string> entries) =>
        "{" + string.Join(',', entries.Select(e => $"{Saying.Text(e.Key, _random)}:{e.Value}")) + "}";

    private void First(string field, string? json, string decoy)
    {
        if (json is null)
        {
            return;
        }

        _messages[0][field] = json;
        foreach (var later in _messages.Skip(1).Where(_ => _random.Next(3) == 0))
        {
            later[field] = decoy;
        }
    }

    private int Last(string field, string? json, string? decoy, bool nullClears, string empty = "null")
    {
        var at = _random.Next(_messages.Length);
        for (var i = 0; i < _messages.Length; i++)
        {
            if (i == at && (json is not null || nullClears))
            {
                _messages[i][field] = json ?? "null";
            }
            else if (i < at && decoy is not null && (json is not null || nullClears) && _random.Next(3) == 0)
            {
                _messages[i][field] = decoy;
            }
            else if (i > at && !nullClears && _random.Next(4) == 0)
            {
                // Says nothing, whatever was said before.
                _messages[i][field] = empty;
            }
        }

        return at;
    }

    private void Content(string field, string? json)
    {
        var saysNothing = json is null || json is "\"\"" or "false" or "null" || (double.TryParse(json, CultureInfo.InvariantCulture, out var number) && number == 0);
        var at = _random.Next(_messages.Length);
        for (var i = 0; i < _messages.Length; i++)
        {
            if (i == at && json is not null)
            {
                _messages[i][field] = json;
            }
            else if (i < at && !saysNothing && _random.Next(3) == 0)
            {
                _messages[i][field] = "\"early\"";
            }
            else if (_random.Next(6) == 0)
            {
                _messages[i][field] = _random.Next(2) == 0 ? "\"\"" : "0";
            }
        }
    }

    private void Parts(string field, IEnumerable<string> parts, string open, string close)
    {
        foreach (var share in parts.GroupBy(_ => _random.Next(_messages.Length)))
        {
            _messages[share.Key][field] = open + string.Join(',', share) + close;
        }
    }
}
