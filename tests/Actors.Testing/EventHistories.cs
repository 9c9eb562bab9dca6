using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Testing;

/// <summary>
/// Random histories of one stream, made to collide: few ids, few moments, few event ids, so that equal timestamps, updates
/// before creates and half-said things are common.
/// </summary>
public static class EventHistories
{
    /// <summary>The models that generated observations call.</summary>
    public static IReadOnlyList<string> Models { get; } = ["model-a", "model-b", "unpriced"];

    private static readonly Gen<DateTimeOffset> Moment = Gen.Choose(0, 40).Select(n => EventScript.Second(n / 2.0));

    private static readonly Gen<string> Word = Gen.Elements("alpha", "beta", "gamma", "");

    private static readonly Gen<string> Environment = Gen.Elements("production", "staging", "default");

    private static readonly Gen<string> Json = Gen.Elements(
        "\"question\"", "{\"a\":{\"b\":1,\"c\":[1]},\"d\":2}", "{\"a\":{\"b\":2,\"e\":null}}", "{\"a\":3}", "{\"f\":{\"g\":\"h\"}}", "[1,2]", "\"\"", "0");

    private static readonly Gen<string> JsonObject = Json.Where(j => j[0] == '{');

    private static readonly Gen<IReadOnlyList<UsageEntry>> Usage = Gen.Frequency(
        (2, Gen.Constant<IReadOnlyList<UsageEntry>>([])),
        (3, from input in Gen.Choose(0, 2_000)
            from output in Gen.Choose(0, 500)
            select (IReadOnlyList<UsageEntry>)[new("input", input), new("output", output), new("total", input + output)]));

    private static readonly Gen<IReadOnlyList<CostEntry>> Cost = Gen.Frequency(
        (8, Gen.Constant<IReadOnlyList<CostEntry>>([])),
        (1, Gen.Choose(0, 9_999).Select(c => (IReadOnlyList<CostEntry>)[new("total", c / 10_000m)])),
        (1, Gen.Choose(0, 9_999).Select(c => (IReadOnlyList<CostEntry>)[new("cache", c / 10_000m)])));

    private static readonly Gen<IReadOnlyList<PricingAttribute>> Attributes = Gen.Frequency(
        (6, Gen.Constant<IReadOnlyList<PricingAttribute>>([])),
        (1, Gen.Constant<IReadOnlyList<PricingAttribute>>([new(PricingAttributeSource.ModelParameters, "service_tier", "priority")])),
        (1, Gen.Constant<IReadOnlyList<PricingAttribute>>([new(PricingAttributeSource.Metadata, "service_tier", "flex")])));

    private static readonly Gen<IReadOnlyList<TokenCount>?> Tokens = Gen.Frequency(
        (3, Gen.Constant<IReadOnlyList<TokenCount>?>(null)),
        (1, Gen.Constant<IReadOnlyList<TokenCount>?>([])),
        (3, from tokens in Gen.Choose(0, 50)
            from messages in Gen.Choose(0, 2)
            from vocabularies in Gen.SubListOf("o200k", "cl100k")
            select (IReadOnlyList<TokenCount>?)[.. vocabularies.Select(v => new TokenCount(v, tokens, messages, messages / 2))]));

    private static readonly Gen<ExperimentLink?> Experiment = Gen.Frequency(
        (4, Gen.Constant<ExperimentLink?>(null)),
        (1, from id in MaybeText(Word)
            from item in MaybeText(Word)
            from version in Maybe(Moment)
            from metadata in MaybeText(JsonObject)
            from expected in MaybeText(Json)
            select new ExperimentLink { Id = id, ItemId = item, ItemVersion = version, Metadata = metadata, ItemExpectedOutput = expected } is var link
                && link != new ExperimentLink() ? link : null));

    private static readonly Gen<ClearedFields> Cleared = Gen.Frequency(
        (5, Gen.Constant(ClearedFields.None)), (1, Gen.Choose(0, 127).Select(n => (ClearedFields)n)));

    private static readonly Gen<StreamEvent> TraceGen =
        from id in EventId()
        from at in Moment
        from started in Maybe(Moment)
        from name in MaybeText(Word)
        from user in MaybeText(Word)
        from session in MaybeText(Word)
        from release in MaybeText(Word)
        from environment in MaybeText(Environment)
        from isPublic in Maybe(Gen.Elements(true, false))
        from tags in Gen.SubListOf("x", "y", "z")
        from removed in Gen.Frequency((3, Gen.Constant<IEnumerable<string>>([])), (1, Gen.SubListOf("x", "y", "z").Select(t => (IEnumerable<string>)t)))
        from bookmarked in Maybe(Gen.Elements(true, false))
        from metadata in MaybeText(JsonObject)
        from input in MaybeText(Json)
        from cleared in Cleared
        select (StreamEvent)new TraceEvent
        {
            EventId = id,
            Timestamp = at,
            StartedAt = started,
            Name = name,
            UserId = user,
            SessionId = session,
            Release = release,
            Environment = environment,
            Public = isPublic,
            Tags = [.. tags],
            RemovedTags = [.. removed],
            Bookmarked = bookmarked,
            Metadata = metadata,
            Input = input,
            Cleared = cleared,
        };

    private static readonly Gen<StreamEvent> ObservationGen =
        from id in EventId()
        from at in Moment
        from observation in Gen.Elements("o-1", "o-2", "o-3")
        from type in Maybe(Gen.Elements(ObservationType.Span, ObservationType.Generation, ObservationType.Event, ObservationType.Tool))
        from isCreate in Gen.Elements(true, false)
        from name in MaybeText(Word)
        from start in Maybe(Moment)
        from end in Maybe(Moment)
        from firstToken in Maybe(Moment)
        from parent in MaybeText(Gen.Elements("o-1", "o-9"))
        from level in Maybe(Gen.Elements(ObservationLevel.Debug, ObservationLevel.Default, ObservationLevel.Warning, ObservationLevel.Error))
        from environment in MaybeText(Environment)
        from model in MaybeText(Gen.Elements(Models.ToArray()))
        from prompt in MaybeText(Gen.Elements("answer", "greet"))
        from promptVersion in Maybe(Gen.Choose(1, 2))
        from usage in Usage
        from cost in Cost
        from attributes in Attributes
        from metadata in MaybeText(JsonObject)
        from input in MaybeText(Json)
        from output in MaybeText(Json)
        from cleared in Cleared
        from experiment in Experiment
        from isAppRoot in Maybe(Gen.Elements(true, false))
        from inputTokens in Tokens
        from outputTokens in Tokens
        select (StreamEvent)new ObservationEvent
        {
            EventId = id,
            Timestamp = at,
            ObservationId = observation,
            Type = type,
            IsCreate = isCreate,
            Name = name,
            StartTime = start,
            EndTime = end,
            CompletionStartTime = firstToken,
            ParentObservationId = parent,
            Level = level,
            Environment = environment,
            Model = model,
            PromptName = prompt,
            PromptVersion = promptVersion,
            Usage = usage,
            Cost = cost,
            PricingAttributes = attributes,
            Metadata = metadata,
            Input = input,
            Output = output,
            Cleared = cleared,
            Experiment = experiment,
            IsAppRoot = isAppRoot,
            InputTokens = inputTokens,
            OutputTokens = outputTokens,
        };

    private static readonly Gen<StreamEvent> ScoreGen =
        from id in EventId()
        from at in Moment
        from score in Gen.Elements("s-1", "s-2")
        from name in Gen.Elements("helpfulness", "tone")
        from type in Gen.Elements(ScoreDataType.Numeric, ScoreDataType.Boolean, ScoreDataType.Categorical)
        from value in Gen.Choose(0, 1)
        from number in Gen.Elements(-2.5, -0.1, 0, 0.1, 0.101, 0.7, 1, 5, 40_000)
        from source in Gen.Elements(ScoreSource.Api, ScoreSource.Eval)
        from observation in MaybeText(Gen.Elements("o-1", "o-2"))
        from comment in MaybeText(Word)
        from environment in MaybeText(Environment)
        select (StreamEvent)new ScoreEvent
        {
            EventId = id,
            Timestamp = at,
            ScoreId = score,
            Name = name,
            DataType = type,
            Value = type switch
            {
                ScoreDataType.Categorical => null,
                ScoreDataType.Numeric => number,
                _ => value,
            },
            StringValue = type == ScoreDataType.Categorical ? (value == 1 ? "good" : "bad") : null,
            Source = source,
            ObservationId = observation,
            Comment = comment,
            Environment = environment,
        };

    private static readonly Gen<StreamEvent> ScoreDeletedGen =
        from id in EventId()
        from at in Moment
        from score in Gen.Elements("s-1", "s-2")
        select (StreamEvent)new ScoreDeletedEvent { EventId = id, Timestamp = at, ScoreId = score };

    /// <summary>One event of any kind.</summary>
    public static Gen<StreamEvent> Event { get; } = Gen.Frequency((4, TraceGen), (12, ObservationGen), (3, ScoreGen), (1, ScoreDeletedGen));

    /// <summary>
    /// A history: what was said, each with the row's price book and time of receipt. A later book is received later. Some
    /// of it is said twice with other text and other counts under another book: the same envelope, so that only these tell
    /// them apart.
    /// </summary>
    public static Gen<Delivery[]> History { get; } =
        from count in Gen.Choose(1, 14)
        from said in Said().ArrayOf(count)
        from twins in Gen.SubListOf(said)
        from text in MaybeText(Json)
        from tokens in Tokens
        select said
            .Concat(twins.Take(3).Select(t => Received(WithInput(t.Events[0], text), 3 - t.PriceBook)))
            .Concat(twins.Take(2).Select(t => Received(WithCount(t.Events[0], tokens), 3 - t.PriceBook)))
            .ToArray();

    /// <summary>The same history as it may really arrive: in any order, some of it again, joined into rows at random.</summary>
    public static Gen<Delivery[]> Arrivals(IReadOnlyList<Delivery> history) =>
        from again in Gen.SubListOf(history.ToArray())
        from order in Gen.Shuffle(history.Concat(again).ToArray())
        from joins in Gen.Elements(true, false).ArrayOf(order.Length)
        select Join(order, joins);

    /// <summary>In the order of the envelope times, so that most rows can be folded on top.</summary>
    public static Gen<Delivery[]> ArrivalsInOrder(IReadOnlyList<Delivery> history) =>
        from joins in Gen.Elements(true, false).ArrayOf(history.Count)
        select Join([.. history.OrderBy(d => d.Events[0].Timestamp)], joins);

    private static Gen<Delivery> Said() =>
        from e in Event
        from place in Gen.Choose(0, 2)
        from book in Gen.Elements(1, 2)
        select Received(e with { Sequence = place }, book);

    private static Delivery Received(StreamEvent e, int book) => new(LogSamples.Noon.AddMinutes(book), book, [e]);

    private static StreamEvent WithInput(StreamEvent e, string? input) => e switch
    {
        TraceEvent t => t with { Input = input },
        ObservationEvent o => o with { Input = input },
        _ => e,
    };

    private static StreamEvent WithCount(StreamEvent e, IReadOnlyList<TokenCount>? input) =>
        e is ObservationEvent o ? o with { InputTokens = input } : e;

    // Only deliveries that were received together can share a row.
    private static Delivery[] Join(Delivery[] order, bool[] joins)
    {
        var rows = new List<Delivery> { order[0] };
        for (var i = 1; i < order.Length; i++)
        {
            if (joins[i] && rows[^1].PriceBook == order[i].PriceBook)
            {
                rows[^1] = rows[^1] with { Events = [.. rows[^1].Events, .. order[i].Events] };
            }
            else
            {
                rows.Add(order[i]);
            }
        }

        return [.. rows];
    }

    private static Gen<string> EventId() => Gen.Choose(0, 9).Select(n => $"event-{n}");

    private static Gen<string?> MaybeText(Gen<string> value) =>
        Gen.Frequency((1, Gen.Constant<string?>(null)), (1, value.Select(v => (string?)v)));

    private static Gen<T?> Maybe<T>(Gen<T> value)
        where T : struct =>
        Gen.Frequency((1, Gen.Constant<T?>(null)), (1, value.Select(v => (T?)v)));
}
