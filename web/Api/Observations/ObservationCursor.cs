using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Actors.Contracts;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Web.Api.Observations;

/// <summary>
/// The place behind the last observation of a page, as text that clients hand back:
/// base64 of <c>{"lastStartTimeTo","lastTraceId","lastId"}</c> (langfuse-api §4.2).
/// </summary>
internal static class ObservationCursor
{
    private const int MaxLength = 8_000;

    public static string Write(ObservationRecord last)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new ObservationCursorBody(last.StartTime, last.TraceId, last.Id), ContractsJsonContext.Wire.ObservationCursorBody);
        return Convert.ToBase64String(json);
    }

    /// <summary>The place of a cursor; null when it is none that was handed out.</summary>
    public static ObservationPlace? Read(string cursor)
    {
        // In a URL a plus sign that was not escaped arrives as a space.
        var text = cursor.Replace(' ', '+');
        if (text.Length > MaxLength || !Base64.IsValid(text))
        {
            return null;
        }

        try
        {
            var body = JsonSerializer.Deserialize(Convert.FromBase64String(text), ContractsJsonContext.Wire.ObservationCursorBody);
            return body is { LastTraceId: not null, LastId: not null }
                && IsoTime.TryParse(Encoding.UTF8.GetBytes(WireTime.ToText(body.LastStartTimeTo)), out var start)
                    ? new ObservationPlace(start, body.LastTraceId, body.LastId)
                    : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
