using System.Text;
using System.Text.Json;
using Actors.Pricing;
using Actors.Tracing;
using static Actors.Web.Ingestion.BodyField;

namespace Actors.Web.Ingestion;

/// <summary>Reads one body in one pass. A wrong property is noted and the rest is read on, so that no event harms another.</summary>
internal sealed class EventBodyReader(PricingKeys pricingKeys)
{
    private const int MaxTags = 1000;

    /// <summary>Reads the object at the current token and leaves the reader on its end.</summary>
    /// <param name="reader">Stands on the beginning of the object.</param>
    /// <param name="source">The text that the reader reads.</param>
    /// <param name="body">Takes what is read.</param>
    /// <param name="otherNames">Further names of fields; null: there are none.</param>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, EventBody body, Utf8Names<BodyField>? otherNames = null)
    {
        body.IsPresent = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = TryFind(ref reader, otherNames, out var field);
            reader.Read();
            if (!known)
            {
                reader.Skip();
            }
            else if (body.Seen.Has(field))
            {
                body.Refuse(field, "custom", "Invalid input: the property occurs twice");
                reader.Skip();
            }
            else
            {
                body.Seen = body.Seen.With(field);
                ReadField(ref reader, source, body, field);
            }
        }
    }

    private static bool TryFind(ref Utf8JsonReader reader, Utf8Names<BodyField>? otherNames, out BodyField field)
    {
        if (!reader.ValueIsEscaped)
        {
            return TryFind(reader.ValueSpan, otherNames, out field);
        }

        field = default;
        return JsonText.TryReadString(ref reader, out var name) && TryFind(Encoding.UTF8.GetBytes(name), otherNames, out field);
    }

    private static bool TryFind(ReadOnlySpan<byte> name, Utf8Names<BodyField>? otherNames, out BodyField field) =>
        BodyFields.ByName.TryFind(name, out field) || (otherNames is not null && otherNames.TryFind(name, out field));

    private void ReadField(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, EventBody body, BodyField field)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            body.Nulls = body.Nulls.With(field);
            return;
        }

        switch (field)
        {
            case Timestamp or StartTime or EndTime or CompletionStartTime:
                ReadTime(ref reader, body, field);
                break;
            case Input or Output or BodyField.Metadata or BodyField.ModelParameters:
                ReadValue(ref reader, source, body, field);
                break;
            case Public:
                ReadPublic(ref reader, body);
                break;
            case Tags:
                ReadTags(ref reader, body);
                break;
            case Usage or UsageDetails or CostDetails:
                ReadUsage(ref reader, body, field);
                break;
            case PromptVersion:
                ReadPromptVersion(ref reader, body);
                break;
            case Value when reader.TokenType == JsonTokenType.Number:
                ReadNumber(ref reader, body);
                break;
            default:
                ReadText(ref reader, body, field);
                break;
        }
    }

    private static void ReadText(ref Utf8JsonReader reader, EventBody body, BodyField field)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            // An environment that is no name at all becomes the default one, like every other that is not allowed.
            if (field == BodyField.Environment)
            {
                body[field] = "";
                reader.Skip();
                return;
            }

            RefuseType(ref reader, body, field, "string");
        }
        else if (!JsonText.TryReadString(ref reader, out var text))
        {
            body.Refuse(field, "custom", "Invalid input: the text " + JsonText.BadText);
        }
        else if (IsId(field) && !StreamId.IsValidId(text))
        {
            RefuseId(body, field, text);
        }
        else
        {
            body[field] = text;
        }
    }

    private static bool IsId(BodyField field) =>
        field is Id or TraceId or SessionId or ObservationId or ParentObservationId or DatasetRunId or ConfigId or QueueId or ExecutionTraceId;

    private static void RefuseId(EventBody body, BodyField field, string text)
    {
        // Clients that have no session or parent often send an empty string for it.
        if (text.Length == 0 && field is not Id)
        {
            return;
        }

        var (code, message) = text.Length switch
        {
            0 => ("too_small", "Too small: expected at least 1 character"),
            > StreamId.MaxIdLength => ("too_big", $"Too big: expected at most {StreamId.MaxIdLength} characters"),
            _ => ("invalid_format", "Invalid string: an id has no control characters"),
        };
        body.Refuse(field, code, message);
    }

    private static void ReadTime(ref Utf8JsonReader reader, EventBody body, BodyField field)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            RefuseType(ref reader, body, field, "string");
        }
        else if (!reader.ValueIsEscaped && IsoTime.TryParse(reader.ValueSpan, out var time))
        {
            body.SetTime(field, time);
        }
        else
        {
            body.Refuse(field, "invalid_format", TimeMessage);
        }
    }

    public static string TimeMessage { get; } =
        $"Invalid ISO datetime: expected a date with offset of the years {IsoTime.FirstYear} to {IsoTime.LastYear}";

    private void ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, EventBody body, BodyField field)
    {
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (field == BodyField.ModelParameters && !isObject)
        {
            RefuseType(ref reader, body, field, "object");
            return;
        }

        var start = (int)reader.TokenStartIndex;
        if (JsonText.Read(ref reader, source, out var text) is { } problem)
        {
            body.Refuse(field, "custom", "Invalid input: the value " + problem);
            return;
        }

        body[field] = text;
        if (isObject && field is BodyField.ModelParameters or BodyField.Metadata)
        {
            var origin = field == BodyField.Metadata ? PricingAttributeSource.Metadata : PricingAttributeSource.ModelParameters;
            PricingAttributeReader.Read(source[start..(int)reader.BytesConsumed], pricingKeys, origin, body.PricingAttributes);
        }
    }

    private static void ReadPublic(ref Utf8JsonReader reader, EventBody body)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            body.Public = reader.GetBoolean();
        }
        else
        {
            RefuseType(ref reader, body, Public, "boolean");
        }
    }

    private static void ReadTags(ref Utf8JsonReader reader, EventBody body)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            RefuseType(ref reader, body, Tags, "array");
            return;
        }

        var tags = new List<string>();
        var problem = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && tags.Count < MaxTags && JsonText.TryReadString(ref reader, out var tag))
            {
                tags.Add(tag);
            }
            else
            {
                problem = true;
                reader.Skip();
            }
        }

        body.Tags = tags;
        if (problem)
        {
            body.Refuse(Tags, "invalid_type", $"Invalid input: expected at most {MaxTags} strings of valid text");
        }
    }

    private static void ReadUsage(ref Utf8JsonReader reader, EventBody body, BodyField field)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            RefuseType(ref reader, body, field, "object");
            return;
        }

        var problem = UsageReader.Read(ref reader, out var said);
        string? unit = null;
        problem ??= field switch
        {
            Usage => UsageShapes.ReadLegacy(said, body.LegacyUsage, body.LegacyCost, out unit),
            UsageDetails => UsageShapes.ReadDetails(said, body.UsageDetails),
            _ => UsageShapes.ReadCost(said, body.CostDetails),
        };
        body.UsageUnit ??= unit;
        if (problem is not null)
        {
            body.Refuse(field, "custom", "Invalid input: " + problem);
        }
    }

    private static void ReadPromptVersion(ref Utf8JsonReader reader, EventBody body)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version))
        {
            body.PromptVersion = version;
        }
        else
        {
            RefuseType(ref reader, body, PromptVersion, "int");
        }
    }

    private static void ReadNumber(ref Utf8JsonReader reader, EventBody body)
    {
        if (reader.TryGetDouble(out var number) && double.IsFinite(number))
        {
            body.Number = number;
        }
        else
        {
            body.Refuse(Value, "invalid_type", "Invalid input: expected a finite number");
        }
    }

    private static void RefuseType(ref Utf8JsonReader reader, EventBody body, BodyField field, string expected)
    {
        body.Refuse(field, "invalid_type", $"Invalid input: expected {expected}, received {Received(reader.TokenType)}");
        reader.Skip();
    }

    public static string Received(JsonTokenType token) => token switch
    {
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        JsonTokenType.True or JsonTokenType.False => "boolean",
        JsonTokenType.StartArray => "array",
        JsonTokenType.StartObject => "object",
        JsonTokenType.Null => "null",
        _ => "undefined",
    };
}
