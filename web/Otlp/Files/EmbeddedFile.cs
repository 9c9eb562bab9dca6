using Actors.Media;

namespace Actors.Web.Otlp.Files;

/// <summary>A file that stood in the text of a span.</summary>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="ContentType">Its MIME type, as the text said.</param>
/// <param name="Bytes">What is in it.</param>
internal sealed record EmbeddedFile(MediaHash Hash, string ContentType, byte[] Bytes);
