using System.Buffers.Text;
using System.Text.Json;
using Actors.Contracts;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Api.Scores;

/// <summary>
/// The place in a list of scores as clients carry it: base64url of <c>{"v":1,"lastTimestamp":"…","lastId":"…"}</c>
/// (langfuse-api §6.4).
/// </summary>
internal static class ScoreV3Cursor
{
    // Ids have at most 800 characters, of which each may take six bytes in JSON.
    private const int MaxLength = 8_192;

    public static string After(ScoreRecord last) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
        new ScoreCursorBody(1, last.Timestamp, last.Id), ContractsJsonContext.Wire.ScoreCursorBody));

    /// <summary>Reads a cursor; null when it is none.</summary>
    public static ScoreCursor? Parse(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            return JsonSerializer.Deserialize(bytes, ContractsJsonContext.Wire.ScoreCursorBody) is { V: 1, LastId: { } id } cursor
                ? new ScoreCursor(cursor.LastTimestamp, id)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
