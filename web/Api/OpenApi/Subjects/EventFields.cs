using Actors.Web.Ingestion;
using static Actors.Web.Ingestion.BodyField;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>The properties that ingestion reads of an event's body, described by what reads them.</summary>
internal static class EventFields
{
    public static IReadOnlyList<Field> Of(string eventType, params IReadOnlyList<Field> others)
    {
        var known = EventSpec.Of(eventType).Fields;
        return [.. others, .. Enum.GetValues<BodyField>().Where(f => f != Count && known.Has(f)).Select(Describe)];
    }

    private static Field Describe(BodyField field)
    {
        var name = BodyFields.Spelling(field);
        return field switch
        {
            Timestamp or StartTime or EndTime or CompletionStartTime => Fields.Time(name),
            Input or Output or Metadata => Fields.Json(name),
            Value => Fields.Json(name, "a number, or a text for categories and texts").Required(),
            ModelParameters or Usage or UsageDetails or CostDetails => Fields.Object(name),
            Public => Fields.Flag(name),
            Tags => Fields.Texts(name).UpTo(1000),
            PromptVersion => Fields.Integer(name),
            Level => Fields.Text(name).OneOf("DEBUG", "DEFAULT", "WARNING", "ERROR"),
            _ => Fields.Text(name),
        };
    }
}
