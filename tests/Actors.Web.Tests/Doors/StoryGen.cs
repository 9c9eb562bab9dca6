using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Web.Tests.Doors;

/// <summary>
/// Random stories. Left out is only what the contract lets the doors tell differently, each with its reason: empty texts (an
/// attribute without text counts as not said, langfuse-semantics §3), ids that are no ids of spans, model parameters that
/// are neither text nor number (a span's become text, §4.2), usage of plain spans and a prompt of anything but a generation
/// (the ingestion API drops the first, a span the second, §4.2).
/// </summary>
internal static class StoryGen
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ObservationType[] LegacyTypes = [ObservationType.Span, ObservationType.Generation, ObservationType.Event];

    private static readonly Gen<string> Word = Gen.Elements(
        "answer", "Ключ", "naïve", "🦜 langchain", "a \"quoted\" \\ word", "two\nlines", "true", "42", "{\"a\":1}", "[1]", "null", " padded ", "x,y", "nul\0");

    // An id has no control characters, and what begins or ends with a space is kept.
    private static readonly Gen<string> Id = Word.Where(w => !w.Any(char.IsControl));

    private static readonly Gen<string> Environment = Gen.Elements("production", "staging", "eu-1", "default");

    private static readonly Gen<string> Json = Gen.Elements(
        "\"plain words\"", "\"Ключ 🦜\"", "\"\\\"\\\\\\n\\u0000\"", "\"{\\\"a\\\":1}\"", "\"42\"", "\"true\"", "\"\"", "0", "-0", "0.0", "5", "-2.5", "1e2", "5.0",
        "12345678901234567890123", "9007199254740993", "true", "false", "null", "[]", "{}", "[1,[2,{\"a\":null}]]", "{\"a\":{\"b\":[1,2]},\"c\":\"d\"}",
        "[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":null}]", "{\"a.b\":\"c\",\"Ключ\":1}");

    private static readonly Gen<Dictionary<string, string>> NoEntries = Gen.Constant(new Dictionary<string, string>());

    private static readonly Gen<Dictionary<string, string>> Parameters = Entries(
        Gen.Elements("\"auto\"", "0.25", "1024", "\"12\"", "\"priority\"", "\"flex\""), "temperature", "max_tokens", "service_tier", "stop");

    private static readonly Gen<Dictionary<string, long>> Usage =
        from keys in Gen.SubListOf("input", "output", "total", "input_cached_tokens", "output_reasoning_tokens", "images")
        from units in Gen.Choose(0, 300_000).Select(n => (long)n).ArrayOf(keys.Count)
        select keys.Zip(units).ToDictionary(e => e.First, e => e.Second);

    private static readonly Gen<Dictionary<string, decimal>> Cost = Gen.Frequency(
        (3, Gen.Constant(new Dictionary<string, decimal>())),
        (1, from keys in Gen.SubListOf("input", "output", "total", "search")
            from amounts in Gen.Choose(0, 999_999).Select(n => n / 100_000_000m).ArrayOf(keys.Count)
            select keys.Zip(amounts).ToDictionary(e => e.First, e => e.Second)));

    private static readonly Gen<string> Model =
        Gen.Elements("gpt-4o", "gpt-4.1-mini", "claude-sonnet-4-20250514", "gemini-2.5-pro", "text-embedding-3-small", "unheard-of");

    /// <summary>Stories; a failing one is made shorter.</summary>
    public static Arbitrary<Story> Stories { get; } = Arb.From(
        from types in Gen.Frequency((1, Gen.Constant(LegacyTypes)), (1, Gen.Constant(Enum.GetValues<ObservationType>())))
        from count in Gen.Choose(1, 6)
        from steps in StepGen(types).ArrayOf(count)
        from name in Maybe(Word)
        from user in Maybe(Id)
        from session in Maybe(Id)
        from release in Maybe(Word)
        from version in Maybe(Word)
        from environment in Maybe(Environment)
        from isPublic in Gen.Elements<bool?>(null, true, false)
        from tags in Gen.SubListOf("beta", "Ключ", "x y", "42")
        from metadata in Entries(Json, "tenant", "plan", "flags", "a.b")
        from input in Maybe(Json)
        from output in Maybe(Json)
        from parents in Gen.Choose(-1, 5).ArrayOf(count)
        from telling in Gen.Choose(0, int.MaxValue)
        select new Story
        {
            TraceId = $"{telling:x8}{count:x24}",
            Name = name,
            UserId = user,
            SessionId = session,
            Release = release,
            Version = version,
            Environment = environment,
            Public = isPublic,
            Tags = [.. tags],
            Metadata = metadata,
            Input = input,
            Output = output,
            Steps = Connect(steps, parents, version, environment),
            Telling = telling,
        },
        story => story.Shorter());

    // The root is first, begins first, and tells of the trace; the others hang below a step before them, or below nobody known.
    private static Step[] Connect(Step[] steps, int[] parents, string? version, string? environment) =>
    [
        .. steps.Select((step, index) => step with
        {
            Id = $"{0xabc0 + index:x16}",
            Parent = index == 0 ? null : parents[index] < 0 ? "00000000000fffff" : $"{0xabc0 + (parents[index] % index):x16}",
            Start = index == 0 ? Day : step.Start,
            Environment = index == 0 ? environment : step.Environment,
            Version = index == 0 || step.TellsOfTrace ? version : step.Version,
            TellsOfTrace = index == 0 || step.TellsOfTrace,
        }),
    ];

    private static Gen<Step> StepGen(ObservationType[] types) =>
        from type in Gen.Elements(types)
        let callsModel = type is not (ObservationType.Span or ObservationType.Event)
        from name in Word
        from start in Moment
        from end in Moment
        from firstToken in Maybe(Moment)
        from level in Gen.Elements<ObservationLevel?>(null, ObservationLevel.Debug, ObservationLevel.Default, ObservationLevel.Warning, ObservationLevel.Error)
        from status in Maybe(Word)
        from version in Maybe(Word)
        from environment in Maybe(Environment)
        from model in Maybe(Model)
        from parameters in callsModel ? Parameters : NoEntries
        from usage in callsModel ? Usage : Gen.Constant(new Dictionary<string, long>())
        from cost in callsModel ? Cost : Gen.Constant(new Dictionary<string, decimal>())
        from prompt in Maybe(Word)
        from promptVersion in Gen.Choose(1, 30)
        from metadata in Entries(Json, "step", "batch", "service_tier", "c.d")
        from input in Maybe(Json)
        from output in Maybe(Json)
        from tells in Gen.Elements(true, false)
        select new Step
        {
            Id = "",
            Type = type,
            Name = name,
            Start = start,
            End = type == ObservationType.Event ? null : end,
            FirstToken = callsModel ? firstToken : null,
            Level = level,
            StatusMessage = status,
            Version = version,
            Environment = environment,
            Model = callsModel ? model : null,
            Parameters = parameters,
            Usage = usage,
            Cost = cost,
            PromptName = type == ObservationType.Generation ? prompt : null,
            PromptVersion = promptVersion,
            Metadata = metadata,
            Input = input,
            Output = output,
            TellsOfTrace = tells,
        };

    // Finer than the milliseconds that are kept, and always behind the start of the root.
    private static Gen<DateTimeOffset> Moment => Gen.Choose(10_000, 600_000_000).Select(n => Day.AddTicks(n));

    private static Gen<Dictionary<string, string>> Entries(Gen<string> json, params string[] keys) =>
        from chosen in Gen.SubListOf(keys)
        from values in json.ArrayOf(chosen.Count)
        select chosen.Zip(values).ToDictionary(e => e.First, e => e.Second);

    private static Gen<string?> Maybe(Gen<string> value) => Gen.Frequency((1, Gen.Constant<string?>(null)), (2, value.Select(v => (string?)v)));

    private static Gen<DateTimeOffset?> Maybe(Gen<DateTimeOffset> value) =>
        Gen.Frequency((1, Gen.Constant<DateTimeOffset?>(null)), (1, value.Select(v => (DateTimeOffset?)v)));
}
