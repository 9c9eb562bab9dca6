using Actors.Contracts;
using Actors.Tracing;
using static Actors.Web.Ingestion.BodyField;

namespace Actors.Web.Ingestion;

/// <summary>Makes an event of a stream out of an envelope and a body (langfuse-api §1, langfuse-semantics §1).</summary>
internal static class EventMapper
{
    private const int MaxTraceNameLength = 1000;

    /// <summary>Maps a trace or an observation; null when <paramref name="issues"/> says why not.</summary>
    public static (StreamId Stream, StreamEvent Event)? Map(
        EventSpec spec, EventPlace place, EventBody body, ref List<RequestIssue>? issues)
    {
        if (!body.IsPresent)
        {
            Refuse(ref issues, "invalid_type", ["body"], "Invalid input: expected object, received undefined");
            return null;
        }

        body.CollectIssues(spec.Fields, ref issues);
        return spec.Kind switch
        {
            EventKind.Trace => MapTrace(place, body, ref issues),
            EventKind.Score => ScoreMapper.Map(place, body, ref issues),
            _ => MapObservation(spec, place, body, ref issues),
        };
    }

    public static void Refuse(ref List<RequestIssue>? issues, string code, IReadOnlyList<string> path, string message) =>
        (issues ??= []).Add(new RequestIssue(code, path, message));

    public static string? Environment(EventBody body) =>
        body[BodyField.Environment] is { } said ? EnvironmentName.Normalize(said) : null;

    private static (StreamId, StreamEvent)? MapTrace(
        EventPlace place, EventBody body, ref List<RequestIssue>? issues)
    {
        if (body[Name]?.Length > MaxTraceNameLength)
        {
            Refuse(ref issues, "too_big", ["body", "name"], $"Too big: expected at most {MaxTraceNameLength} characters");
        }

        if (issues is not null)
        {
            return null;
        }

        return (StreamId.ForTrace(body[Id] ?? DerivedId.From(place.EventId)), new TraceEvent
        {
            EventId = place.EventId,
            Timestamp = place.Timestamp,
            Sequence = place.Sequence,
            StartedAt = body.GetTime(BodyField.Timestamp) ?? place.Timestamp,
            Name = body[Name],
            UserId = NotEmpty(body[UserId]),
            SessionId = body[SessionId],
            Release = body[Release],
            Version = body[BodyField.Version],
            Environment = Environment(body),
            Public = body.Public,
            Tags = (IReadOnlyList<string>?)body.Tags ?? [],
            Metadata = Metadata(body),
            Input = Truthy(body[Input]),
            Output = Truthy(body[Output]),
            Cleared = body.Nulls.Bits == 0
                ? ClearedFields.None
                : body.Cleared(Name, ClearedFields.Name) | body.Cleared(UserId, ClearedFields.UserId)
                    | body.Cleared(SessionId, ClearedFields.SessionId) | body.Cleared(Release, ClearedFields.Release)
                    | body.Cleared(BodyField.Version, ClearedFields.Version),
        });
    }

    private static (StreamId, StreamEvent)? MapObservation(
        EventSpec spec, EventPlace place, EventBody body, ref List<RequestIssue>? issues)
    {
        if (spec.NeedsId && body[Id] is null && (!body.Seen.Has(Id) || body.Nulls.Has(Id)))
        {
            Refuse(ref issues, "invalid_type", ["body", "id"], "Invalid input: expected string, received undefined");
        }

        var level = ObservationNames.ParseLevel(body[Level]);
        if (body[Level] is not null && level is null)
        {
            Refuse(ref issues, "invalid_value", ["body", "level"], "Invalid option: expected one of DEBUG, DEFAULT, WARNING, ERROR");
        }

        var callsModel = spec.Fields.Has(BodyField.Model);
        if (callsModel && body[PromptName] is null != body.PromptVersion is null)
        {
            Refuse(ref issues, "custom", ["body", "promptName"], "promptName and promptVersion must be given together");
        }

        var type = spec.Type ?? ReadLegacyType(body, ref issues);
        if (issues is not null)
        {
            return null;
        }

        var id = body[Id] ?? DerivedId.From(place.EventId);

        // Clients older than traces send observations alone: such an observation gets a trace of the same id.
        var stream = StreamId.ForTrace(body[TraceId] ?? id);
        var observation = new ObservationEvent
        {
            EventId = place.EventId,
            Timestamp = place.Timestamp,
            Sequence = place.Sequence,
            ObservationId = id,
            Type = type,
            IsCreate = spec.IsCreate,
            Name = body[Name],
            StartTime = body.GetTime(StartTime),
            EndTime = spec.Fields.Has(EndTime) ? body.GetTime(EndTime) : null,
            ParentObservationId = body[ParentObservationId],
            Level = level,
            StatusMessage = body[StatusMessage],
            Version = body[BodyField.Version],
            Environment = Environment(body),
            Metadata = Metadata(body),
            Input = Truthy(body[Input]),
            Output = Truthy(body[Output]),
            Cleared = body.Nulls.Bits == 0
                ? ClearedFields.None
                : body.Cleared(Name, ClearedFields.Name) | body.Cleared(Level, ClearedFields.Level)
                    | (callsModel ? body.Cleared(BodyField.Model, ClearedFields.Model) : ClearedFields.None),
            CompletionStartTime = callsModel ? body.GetTime(CompletionStartTime) : null,
            Model = callsModel ? body[BodyField.Model] : null,
            ModelParameters = callsModel ? body[BodyField.ModelParameters] : null,
            Usage = callsModel ? UsageShapes.Merge(body.LegacyUsage, body.UsageDetails) : [],
            UsageUnit = callsModel ? body.UsageUnit : null,
            Cost = callsModel ? Cost(body) : [],
            PromptName = callsModel ? body[PromptName] : null,
            PromptVersion = callsModel ? body.PromptVersion : null,
            PricingAttributes = callsModel && body.PricingAttributes.Count > 0 ? [.. body.PricingAttributes] : [],
        };
        return (stream, observation);
    }

    private static ObservationType? ReadLegacyType(EventBody body, ref List<RequestIssue>? issues)
    {
        var type = ObservationNames.ParseType(body[BodyField.Type]);
        if (type is not (ObservationType.Span or ObservationType.Generation or ObservationType.Event))
        {
            Refuse(ref issues, "invalid_value", ["body", "type"], "Invalid option: expected one of GENERATION, SPAN, EVENT");
        }

        return type;
    }

    private static IReadOnlyList<CostEntry> Cost(EventBody body)
    {
        if (body.CostDetails.Count == 0 && body.LegacyCost.Count == 0)
        {
            return [];
        }

        return [.. body.CostDetails, .. body.LegacyCost.Where(l => !body.CostDetails.Exists(d => d.Key == l.Key))];
    }

    private static string? Metadata(EventBody body) => body[BodyField.Metadata] is { } said ? JsonText.AsMetadata(said) : null;

    private static string? Truthy(string? value) => value is null || JsonText.IsFalsy(value) ? null : value;

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
