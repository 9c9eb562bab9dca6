using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Storage.Formats;

/// <summary>Generates events with every field set, unset and strange.</summary>
public static class EventGen
{
    private static readonly Gen<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<UnicodeString>().Select(s => Valid(s.Get)),
        Gen.Elements("", "\0", "a\0b", "日本語", "👩‍👩‍👧‍👦", "\uFEFFx", new string('x', 5000)),
        ArbMap.Default.GeneratorFor<NonEmptyString>().Select(s => Valid(s.Get)));

    private static readonly Gen<string?> MaybeText = Gen.OneOf(Text.Select(t => (string?)t), Gen.Constant<string?>(null));

    private static readonly Gen<DateTimeOffset> Time = Gen.OneOf(
        Gen.Choose(int.MinValue, int.MaxValue).Select(i => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + i)),
        Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch, DateTimeOffset.FromUnixTimeMilliseconds(253402300799999)));

    private static readonly Gen<decimal> Usd = Gen.OneOf(
        ArbMap.Default.GeneratorFor<decimal>(),
        Gen.Choose(0, int.MaxValue).Select(i => i / 1_000_000_000_000m),
        Gen.Elements(0m, 1.50m, 0.000000000001m, 0.0000000000001m, 9_000_000m, 9_000_000.000000000001m, 9_000_001m, 0.1234567890123456789012345678m,
            decimal.MaxValue, decimal.MinValue, -0.5m));

    private static readonly Gen<ClearedFields> Cleared = Gen.Choose(0, 127).Select(i => (ClearedFields)i);

    public static Gen<StreamEvent[]> Rows { get; } = Gen.OneOf(
        Traces().Select(e => (StreamEvent)e),
        Observations().Select(e => (StreamEvent)e),
        Scores().Select(e => (StreamEvent)e),
        ScoreDeletions().Select(e => (StreamEvent)e)).NonEmptyListOf().Select(l => l.ToArray());

    private static Gen<TraceEvent> Traces() =>
        from texts in MaybeText.ArrayOf(9)
        from id in Text
        from time in Time
        from started in Maybe(Time)
        from isPublic in Maybe(Gen.Elements(true, false))
        from tags in Text.ListOf()
        from removed in Text.ListOf()
        from bookmarked in Maybe(Gen.Elements(true, false))
        from cleared in Cleared
        select new TraceEvent
        {
            EventId = id,
            Timestamp = time,
            StartedAt = started,
            Name = texts[0],
            UserId = texts[1],
            SessionId = texts[2],
            Release = texts[3],
            Version = texts[4],
            Environment = texts[5],
            Public = isPublic,
            Tags = [.. tags],
            RemovedTags = [.. removed],
            Bookmarked = bookmarked,
            Metadata = texts[6],
            Input = texts[7],
            Output = texts[8],
            Cleared = cleared,
        };

    private static Gen<ObservationEvent> Observations() =>
        from texts in MaybeText.ArrayOf(12)
        from ids in Text.Two()
        from time in Time
        from times in Maybe(Time).ArrayOf(3)
        from type in Maybe(Gen.Elements(Enum.GetValues<ObservationType>()))
        from level in Maybe(Gen.Elements(Enum.GetValues<ObservationLevel>()))
        from isCreate in Gen.Elements(true, false)
        from promptVersion in Maybe(Gen.Elements(1, 0, -1, int.MaxValue, int.MinValue))
        from usage in Text.Zip(Gen.Elements(0L, 1L, 120L, long.MaxValue, -1L)).ListOf()
        from cost in Text.Zip(Usd).ListOf()
        from attributes in Text.Zip(Gen.Elements(Enum.GetValues<PricingAttributeSource>())).ListOf()
        from cleared in Cleared
        from experiment in Gen.OneOf(Gen.Constant<ExperimentLink?>(null), Experiments().Select(e => (ExperimentLink?)e))
        from isAppRoot in Maybe(Gen.Elements(true, false))
        from tokens in Gen.OneOf(
            Gen.Constant<IReadOnlyList<TokenCount>?>(null),
            Text.Zip(Gen.Elements(0, 1, int.MaxValue)).ListOf().Select(l => (IReadOnlyList<TokenCount>?)[.. l.Select(t => new TokenCount(t.Item1, t.Item2, t.Item2 / 2, t.Item2 / 3))])).Two()
        select new ObservationEvent
        {
            EventId = ids.Item1,
            Timestamp = time,
            ObservationId = ids.Item2,
            Type = type,
            IsCreate = isCreate,
            Name = texts[0],
            StartTime = times[0],
            EndTime = times[1],
            CompletionStartTime = times[2],
            ParentObservationId = texts[1],
            Level = level,
            StatusMessage = texts[2],
            Version = texts[3],
            Environment = texts[4],
            Model = texts[5],
            Usage = [.. usage.Select(u => new UsageEntry(u.Item1, u.Item2))],
            UsageUnit = texts[6],
            Cost = [.. cost.Select(c => new CostEntry(c.Item1, c.Item2))],
            PromptName = texts[7],
            PromptVersion = promptVersion,
            PricingAttributes = [.. attributes.Select(a => new PricingAttribute(a.Item2, a.Item1, a.Item1))],
            ModelParameters = texts[8],
            Metadata = texts[9],
            Input = texts[10],
            Output = texts[11],
            Cleared = cleared,
            Experiment = experiment,
            IsAppRoot = isAppRoot,
            InputTokens = tokens.Item1,
            OutputTokens = tokens.Item2,
        };

    // A link that says nothing is no link, in the log as everywhere.
    private static Gen<ExperimentLink> Experiments() =>
        from texts in MaybeText.ArrayOf(9)
        from version in Maybe(Time)
        let link = new ExperimentLink
        {
            Id = texts[0],
            Name = texts[1],
            Description = texts[2],
            Metadata = texts[3],
            DatasetId = texts[4],
            ItemId = texts[5],
            ItemVersion = version,
            ItemMetadata = texts[6],
            ItemRootObservationId = texts[7],
            ItemExpectedOutput = texts[8],
        }
        where link != new ExperimentLink()
        select link;

    private static Gen<ScoreEvent> Scores() =>
        from texts in MaybeText.ArrayOf(9)
        from ids in Text.Three()
        from time in Time
        from type in Gen.Elements(Enum.GetValues<ScoreDataType>())
        from source in Gen.Elements(Enum.GetValues<ScoreSource>())
        from value in Maybe(ArbMap.Default.GeneratorFor<double>())
        select new ScoreEvent
        {
            EventId = ids.Item1,
            Timestamp = time,
            ScoreId = ids.Item2,
            Name = ids.Item3,
            DataType = type,
            Value = value,
            StringValue = texts[0],
            ObservationId = texts[1],
            Source = source,
            Comment = texts[2],
            Metadata = texts[3],
            Environment = texts[4],
            ConfigId = texts[5],
            QueueId = texts[6],
            AuthorUserId = texts[7],
            ExecutionTraceId = texts[8],
        };

    private static Gen<ScoreDeletedEvent> ScoreDeletions() =>
        from ids in Text.Two()
        from time in Time
        select new ScoreDeletedEvent { EventId = ids.Item1, Timestamp = time, ScoreId = ids.Item2 };

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : struct => Gen.OneOf(gen.Select(v => (T?)v), Gen.Constant<T?>(null));

    // UTF-8 cannot say a lone surrogate; that it becomes U+FFFD has a test of its own.
    private static string Valid(string? text) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text ?? string.Empty));
}
