using System.Text.Json;

namespace Actors.Web.Otlp.Files;

/// <summary>What a property says about the file that its object may be.</summary>
internal enum FileRole
{
    None,
    Kind,
    ContentType,
    Format,
    Payload,
    Content,
    Audio,
}

/// <summary>
/// An object that may be a file: one that says a MIME type and has base64 beside it. So do Anthropic's <c>source</c>, Gemini's
/// <c>inline_data</c>, content of the Model Context Protocol, parts of the Vercel AI SDK, and the <c>blob</c> of
/// OpenTelemetry's messages. OpenAI's <c>input_audio</c> says a format instead. Text is none: short words are base64 too.
/// </summary>
internal sealed class FileObject
{
    private const int MaxTypeLength = 100;

    private bool _isBlob;
    private string? _said;
    private string? _format;
    private Range? _payload;
    private Range? _content;

    /// <summary>Whether it is the value of <c>input_audio</c>.</summary>
    public bool IsAudio { get; init; }

    /// <summary>The MIME type in lower case; null: it is no file.</summary>
    public string? ContentType =>
        IsAudio && _format is not null ? "audio/" + _format
        : _said is not null && (IsMedia(_said) || _said == "application/pdf") ? _said
        : null;

    /// <summary>Where the string with the base64 stands, with its quotes.</summary>
    public Range? Payload => _payload ?? (_isBlob ? _content : null);

    public static FileRole RoleOf(ref Utf8JsonReader property) =>
        property.ValueTextEquals("type"u8) ? FileRole.Kind
        : property.ValueTextEquals("mime_type"u8) || property.ValueTextEquals("mimeType"u8)
            || property.ValueTextEquals("media_type"u8) || property.ValueTextEquals("mediaType"u8) ? FileRole.ContentType
        : property.ValueTextEquals("format"u8) ? FileRole.Format
        : property.ValueTextEquals("data"u8) || property.ValueTextEquals("blob"u8) || property.ValueTextEquals("image"u8) ? FileRole.Payload
        : property.ValueTextEquals("content"u8) ? FileRole.Content
        : property.ValueTextEquals("input_audio"u8) ? FileRole.Audio
        : FileRole.None;

    /// <summary>Notes the string that the reader stands on.</summary>
    public void Note(FileRole role, ref Utf8JsonReader value)
    {
        switch (role)
        {
            case FileRole.Kind:
                _isBlob = value.ValueTextEquals("blob"u8);
                break;
            case FileRole.ContentType when value.ValueSpan.Length <= MaxTypeLength:
                _said = value.GetString()!.ToLowerInvariant();
                break;
            case FileRole.Format when value.ValueSpan.Length <= MaxTypeLength:
                _format = value.GetString()!.ToLowerInvariant();
                break;
            case FileRole.Payload:
                _payload = TokenOf(ref value);
                break;
            case FileRole.Content:
                _content = TokenOf(ref value);
                break;
        }
    }

    private static bool IsMedia(string type) =>
        type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("audio/", StringComparison.Ordinal)
        || type.StartsWith("video/", StringComparison.Ordinal);

    private static Range TokenOf(ref Utf8JsonReader value) => (int)value.TokenStartIndex..(int)value.BytesConsumed;
}
