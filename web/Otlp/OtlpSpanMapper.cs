using System.Text;
using Actors.Pricing;
using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>A whole export as events by stream.</summary>
/// <param name="Streams">The events by stream.</param>
/// <param name="Spans">The spans in it.</param>
/// <param name="Rejected">The spans that could not be mapped.</param>
/// <param name="Problem">Why; null when none was rejected.</param>
internal sealed record OtlpExport(IReadOnlyList<StreamBatch> Streams, int Spans, int Rejected, string? Problem);

/// <summary>
/// Makes the same events out of spans that the ingestion API makes out of batches (langfuse-semantics §4). A span received
/// twice gives the same event ids twice.
/// </summary>
/// <param name="pricingKeys">What the project's prices depend on.</param>
internal sealed class OtlpSpanMapper(PricingKeys pricingKeys)
{
    /// <summary>Maps all spans.</summary>
    /// <param name="groups">The export.</param>
    /// <param name="now">Stands in for spans without any time.</param>
    public OtlpExport Map(IReadOnlyList<OtlpSpanGroup> groups, DateTimeOffset now)
    {
        var byStream = new Dictionary<StreamId, List<StreamEvent>>();
        var streams = new List<StreamBatch>();
        var (spans, rejected) = (0, 0);
        foreach (var group in groups)
        {
            var metadata = new MetadataReader(group);
            foreach (var span in group.Spans)
            {
                spans++;
                if (!OtlpTime.IsAllowed(span.Start) || !OtlpTime.IsAllowed(span.End))
                {
                    rejected++;
                    continue;
                }

                var stream = StreamId.ForTrace(span.TraceId);
                if (!byStream.TryGetValue(stream, out var events))
                {
                    byStream.Add(stream, events = []);
                    streams.Add(new StreamBatch(stream, events));
                }

                Map(SpanSource.Of(group, span), metadata, now, events);
            }
        }

        return new OtlpExport(streams, spans, rejected, rejected == 0 ? null : $"A span's time is after the year {IsoTime.LastYear}.");
    }

    private void Map(SpanSource source, MetadataReader metadata, DateTimeOffset now, List<StreamEvent> events)
    {
        var span = source.Span;
        var start = span.Start != 0 ? OtlpTime.ToTime(span.Start) : span.End != 0 ? OtlpTime.ToTime(span.End) : now;
        var end = span.End != 0 ? OtlpTime.ToTime(span.End) : start;
        var eventId = $"{span.SpanId}-{span.ContentHash}";
        var name = Name(source);
        var text = InputOutputReader.Read(source);
        if (source.IsRoot || TraceAttributes.AreOn(source))
        {
            events.Add(MapTrace(source, metadata, eventId, start, name, text));
        }

        events.Add(MapObservation(source, metadata, eventId, start, end, name, text));
        events.AddRange(EvaluationReader.Read(source, eventId, start));
    }

    private static TraceEvent MapTrace(
        SpanSource source, MetadataReader metadata, string eventId, DateTimeOffset start, string name, SpanText text)
    {
        var attributes = source.Attributes;
        return new TraceEvent
        {
            EventId = eventId + "-trace",
            Timestamp = start,
            Name = attributes.Text(OtlpAttributes.TraceName) ?? (source.IsRoot ? name : null),
            UserId = TraceAttributes.UserId(source),
            SessionId = TraceAttributes.SessionId(source),
            Release = TraceAttributes.Release(source),
            Version = TraceAttributes.Version(source),
            Environment = TraceAttributes.Environment(source),
            Public = TraceAttributes.Public(source),
            Tags = TraceAttributes.Tags(source),
            Metadata = metadata.ReadTrace(source),
            Input = Truthy(attributes.Json(OtlpAttributes.TraceInput) ?? (source.IsRoot ? text.Input : null)),
            Output = Truthy(attributes.Json(OtlpAttributes.TraceOutput) ?? (source.IsRoot ? text.Output : null)),
        };
    }

    private ObservationEvent MapObservation(
        SpanSource source, MetadataReader metadata, string eventId, DateTimeOffset start, DateTimeOffset end, string name, SpanText text)
    {
        var span = source.Span;
        var attributes = source.Attributes;
        var type = TypeReader.Read(source);
        var parameters = ModelReader.ReadParameters(source);
        var ownMetadata = metadata.ReadObservation(source);
        var (promptName, promptVersion) = type == ObservationType.Generation ? PromptLink.Read(attributes) : (null, null);
        return new ObservationEvent
        {
            EventId = eventId,
            Timestamp = start,
            ObservationId = span.SpanId,
            Type = type,
            IsCreate = true,
            Name = name,
            StartTime = start,
            EndTime = type == ObservationType.Event ? null : end,
            CompletionStartTime = CompletionStart(attributes, start),
            ParentObservationId = span.ParentSpanId,
            Level = LevelReader.Read(source),
            StatusMessage = attributes.Text(OtlpAttributes.StatusMessage) ?? (span.StatusMessage.Length > 0 ? span.StatusMessage : null),
            Version = TraceAttributes.Version(source),
            Environment = TraceAttributes.Environment(source),
            Model = source.IsCounted ? ModelReader.ReadModel(source) : null,
            ModelParameters = parameters,
            Usage = source.IsCounted ? UsageAttributes.Read(source) : [],
            Cost = source.IsCounted ? CostAttributes.Read(source) : [],
            PromptName = promptName,
            PromptVersion = promptVersion,
            PricingAttributes = Pricing(parameters, ownMetadata),
            Metadata = ownMetadata,
            Input = Truthy(text.Input),
            Output = Truthy(text.Output),
            Experiment = ExperimentReader.Read(attributes),
            IsAppRoot = attributes.Has(OtlpAttributes.IsAppRoot) ? attributes.Get(OtlpAttributes.IsAppRoot).IsTrue : null,
        };
    }

    private List<PricingAttribute> Pricing(string? parameters, string metadata)
    {
        List<PricingAttribute> found = [];
        if (parameters is not null)
        {
            PricingAttributeReader.Read(Encoding.UTF8.GetBytes(parameters), pricingKeys, PricingAttributeSource.ModelParameters, found);
        }

        PricingAttributeReader.Read(Encoding.UTF8.GetBytes(metadata), pricingKeys, PricingAttributeSource.Metadata, found);
        return found;
    }

    private static string Name(SpanSource source)
    {
        var attributes = source.Attributes;
        var name = attributes.Text(
            OtlpAttributes.ToolName, OtlpAttributes.GenkitName, OtlpAttributes.LogfireMessage, OtlpAttributes.AiToolCallName);
        if (name is not null || attributes.Text(OtlpAttributes.AiOperationId) is not { } operation)
        {
            return name ?? source.Span.Name;
        }

        return attributes.Text(OtlpAttributes.AiFunctionId) is { } function ? $"{function}:{operation}" : operation;
    }

    private static DateTimeOffset? CompletionStart(OtlpAttributeSet attributes, DateTimeOffset start)
    {
        // Some SDK versions encode the text as JSON once more.
        if (attributes.Text(OtlpAttributes.CompletionStartTime)?.Trim('"', '\\') is { } said
            && IsoTime.TryParse(Encoding.UTF8.GetBytes(said), out var time))
        {
            return time;
        }

        var milliseconds = attributes.Get(OtlpAttributes.AiResponseFirstChunk).Number
            ?? attributes.Get(OtlpAttributes.AiStreamFirstChunk).Number
            ?? attributes.Get(OtlpAttributes.TimeToFirstChunk).Number * 1000;
        return milliseconds is >= 0 and < 1e9 and var wait ? start.AddMilliseconds(Math.Ceiling(wait)) : null;
    }

    private static string? Truthy(string? json) => json is null || JsonText.IsFalsy(json) ? null : JsonText.Bounded(json, JsonText.MaxDepth);
}
