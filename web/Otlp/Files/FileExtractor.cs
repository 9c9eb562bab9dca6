using System.Buffers;
using System.Text;
using System.Text.Json;
using Actors.Media;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp.Files;

/// <summary>
/// Takes files out of JSON text and puts references in their place (langfuse-semantics §19): data URIs in any string, and
/// the objects in which model providers and conventions send images, sound and documents. Everything else stays as it is,
/// byte for byte.
/// </summary>
internal sealed class FileExtractor(EmbeddedFiles files)
{
    // Values are no deeper than JsonText allows; metadata holds them inside a few levels of its own.
    private const int MaxDepth = JsonText.MaxDepth * 2;

    // In base64, less than the smallest picture: what stands where a file was removed may be a word or a sentence of letters.
    private const int MinPayloadLength = 40;

    // One of these is in every text that holds a file, and hardly any other text is searched for longer than this takes.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [";base64,", "\"mime_type\"", "\"mimeType\"", "\"media_type\"", "\"mediaType\"", "\"input_audio\""], StringComparison.Ordinal);

    /// <summary>The text without its files; the same instance when it holds none.</summary>
    /// <param name="json">Valid JSON, or null.</param>
    /// <param name="traceId">The trace that it belongs to.</param>
    /// <param name="observationId">The observation that it belongs to; null: to the trace itself.</param>
    /// <param name="field">Which text of it this is.</param>
    public string? Extract(string? json, string traceId, string? observationId, string field)
    {
        if (json is null || !json.AsSpan().ContainsAny(Signs))
        {
            return json;
        }

        var utf8 = Encoding.UTF8.GetBytes(json);
        var edits = Read(utf8, new MediaLink(traceId, observationId, null, null, field));
        return edits.Count == 0 ? json : Apply(utf8, edits);
    }

    private List<Edit> Read(byte[] utf8, MediaLink place)
    {
        var edits = new List<Edit>();
        var objects = new Stack<FileObject>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        var role = FileRole.None;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    role = FileObject.RoleOf(ref reader);
                    continue;
                case JsonTokenType.StartObject:
                    objects.Push(new FileObject { IsAudio = role == FileRole.Audio });
                    break;
                case JsonTokenType.EndObject:
                    AddPayload(objects.Pop(), utf8, place, edits);
                    break;
                case JsonTokenType.String:
                    if (role != FileRole.None)
                    {
                        objects.Peek().Note(role, ref reader);
                    }

                    AddUris(ref reader, place, edits);
                    break;
            }

            role = FileRole.None;
        }

        edits.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return edits;
    }

    private void AddPayload(FileObject found, byte[] utf8, MediaLink place, List<Edit> edits)
    {
        if (found.ContentType is not { } type || found.Payload is not { } token)
        {
            return;
        }

        var base64 = Unescape(utf8.AsSpan(token));
        if (base64.Length >= MinPayloadLength && !base64.Contains((byte)' ') && files.TryTake(base64, type, place) is { } reference)
        {
            var (start, length) = token.GetOffsetAndLength(utf8.Length);
            edits.Add(new Edit(start, length, Encoding.UTF8.GetBytes(JsonText.Quote(reference))));
        }
    }

    private void AddUris(ref Utf8JsonReader reader, MediaLink place, List<Edit> edits)
    {
        if (reader.ValueSpan.IndexOf(DataUri.Mark) < 0)
        {
            return;
        }

        var text = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        var without = new ArrayBufferWriter<byte>();
        var copied = 0;
        for (var from = 0; DataUri.Find(text, from) is { } uri; from = uri.End)
        {
            if (files.TryTake(text[uri.DataStart..uri.End], uri.ContentType, place) is { } reference)
            {
                without.Write(text[copied..uri.Start]);
                without.Write(Encoding.UTF8.GetBytes(reference));
                copied = uri.End;
            }
        }

        if (copied > 0)
        {
            without.Write(text[copied..]);
            var quoted = reader.ValueIsEscaped
                ? Encoding.UTF8.GetBytes(JsonText.Quote(Encoding.UTF8.GetString(without.WrittenSpan)))
                : [(byte)'"', .. without.WrittenSpan, (byte)'"'];
            edits.Add(new Edit((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex), quoted));
        }
    }

    // Some writers escape the slashes of base64, others its plus signs.
    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> token)
    {
        var text = token[1..^1];
        if (!text.Contains((byte)'\\'))
        {
            return text;
        }

        var reader = new Utf8JsonReader(token);
        reader.Read();
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }

    private static string Apply(ReadOnlySpan<byte> utf8, List<Edit> edits)
    {
        var text = new StringBuilder();
        var copied = 0;
        foreach (var edit in edits)
        {
            text.Append(Encoding.UTF8.GetString(utf8[copied..edit.Start])).Append(Encoding.UTF8.GetString(edit.Text));
            copied = edit.Start + edit.Length;
        }

        return text.Append(Encoding.UTF8.GetString(utf8[copied..])).ToString();
    }

    private readonly record struct Edit(int Start, int Length, byte[] Text);
}
