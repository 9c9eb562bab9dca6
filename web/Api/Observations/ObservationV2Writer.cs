using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Actors.Contracts;
using Actors.Filtering;
using Actors.Prompts;
using Actors.Tracing;
using Actors.Web.Api.Prompts;
using static Actors.Web.Api.Observations.ObservationFieldGroups;

namespace Actors.Web.Api.Observations;

/// <summary>
/// Observations in the shape of the second version (langfuse-api §4.2). Written by hand: which properties there are depends
/// on the groups asked for, and null is a value of those that are.
/// </summary>
internal sealed class ObservationV2Writer(
    ProjectId project,
    ObservationFieldGroups groups,
    IReadOnlyList<string> expanded,
    IReadOnlyDictionary<PromptKey, string>? promptIds)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The object of one observation; <paramref name="trace"/> is needed for the groups basic and trace_context.</summary>
    public RawJson Write(ObservationRecord observation, TraceRecord? trace)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteCore(json, observation);
            WriteBasic(json, observation, trace);
            WriteText(json, observation);
            WriteModel(json, observation);
            WriteNumbers(json, observation);
            WriteTrace(json, trace);
            json.WriteEndObject();
        }

        return new RawJson(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private void WriteCore(Utf8JsonWriter json, ObservationRecord observation)
    {
        json.WriteString("id", observation.Id);
        json.WriteString("traceId", observation.TraceId);
        WriteTime(json, "startTime", observation.StartTime);
        WriteTime(json, "endTime", observation.EndTime);
        json.WriteString("projectId", project.Value);
        json.WriteString("parentObservationId", observation.ParentObservationId);
        json.WriteString("type", observation.Type.ToWire());
    }

    private void WriteBasic(Utf8JsonWriter json, ObservationRecord observation, TraceRecord? trace)
    {
        if (groups.HasFlag(Basic))
        {
            json.WriteString("name", observation.Name);
            json.WriteString("level", observation.Level.ToWire());
            json.WriteString("statusMessage", observation.StatusMessage);
            json.WriteString("version", observation.Version);
            json.WriteString("environment", observation.Environment);
            json.WriteBoolean("bookmarked", trace?.Bookmarked ?? false);
            json.WriteBoolean("public", trace?.Public ?? false);
            json.WriteString("userId", trace?.UserId);
            json.WriteString("sessionId", trace?.SessionId);
            json.WriteBoolean("isRootObservation", observation.IsRoot);
        }

        if (groups.HasFlag(Time))
        {
            WriteTime(json, "completionStartTime", observation.CompletionStartTime);
            WriteTime(json, "createdAt", observation.CreatedAt);
            WriteTime(json, "updatedAt", observation.UpdatedAt);
        }
    }

    private void WriteText(Utf8JsonWriter json, ObservationRecord observation)
    {
        if (groups.HasFlag(Io))
        {
            json.WriteString("input", PlainText.Of(observation.Input));
            json.WriteString("output", PlainText.Of(observation.Output));
        }

        if (groups.HasFlag(ObservationFieldGroups.Metadata))
        {
            json.WritePropertyName("metadata");
            FlatMetadata.Write(json, observation.Metadata, expanded, cut: !groups.HasFlag(Io));
        }
    }

    private void WriteModel(Utf8JsonWriter json, ObservationRecord observation)
    {
        var asked = groups.HasFlag(ObservationFieldGroups.Model);
        var cost = asked ? observation.Cost : ObservationCost.Unknown;
        if (asked)
        {
            json.WriteString("providedModelName", observation.Model);
            json.WriteString("internalModelId", cost.ModelId);
            WriteRaw(json, "modelParameters", observation.ModelParameters);
        }

        json.WriteString("modelId", cost.ModelId);
        json.WriteString("inputPrice", Text(cost.InputPrice));
        json.WriteString("outputPrice", Text(cost.OutputPrice));
        json.WriteString("totalPrice", Text(cost.TotalPrice));
    }

    private void WriteNumbers(Utf8JsonWriter json, ObservationRecord observation)
    {
        if (groups.HasFlag(ObservationFieldGroups.Usage))
        {
            json.WriteStartObject("usageDetails");
            foreach (var entry in observation.Usage)
            {
                json.WriteNumber(entry.Key, entry.Units);
            }

            json.WriteEndObject();
            json.WriteStartObject("costDetails");
            foreach (var entry in observation.Cost.Details)
            {
                json.WriteNumber(entry.Key, WireNumbers.Trim(entry.CostUsd));
            }

            json.WriteEndObject();
            WriteNumber(json, "totalCost", WireNumbers.Trim(observation.Cost.TotalUsd));
            json.WriteString("usagePricingTierName", observation.Cost.TierName);
        }

        if (groups.HasFlag(Prompt))
        {
            json.WriteString("promptId", PromptLinks.KeyOf(observation) is { } key ? promptIds?.GetValueOrDefault(key) : null);
            json.WriteString("promptName", observation.PromptName);
            WriteNumber(json, "promptVersion", observation.PromptVersion);
        }

        if (groups.HasFlag(ObservationFieldGroups.Metrics))
        {
            WriteNumber(json, "latency", (decimal?)WireNumbers.Seconds(observation.Latency));
            WriteNumber(json, "timeToFirstToken", (decimal?)WireNumbers.Seconds(observation.TimeToFirstToken));
        }
    }

    private void WriteTrace(Utf8JsonWriter json, TraceRecord? trace)
    {
        if (!groups.HasFlag(TraceContext))
        {
            return;
        }

        json.WriteString("traceName", trace?.Name);
        json.WriteStartArray("tags");
        foreach (var tag in trace?.Tags ?? [])
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteString("release", trace?.Release);
    }

    private static string? Text(decimal? price) => WireNumbers.Trim(price)?.ToString("0.############################", CultureInfo.InvariantCulture);

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time is { } value ? WireTime.ToText(value) : null);

    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, string? text)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(text ?? "null", skipInputValidation: true);
    }
}
