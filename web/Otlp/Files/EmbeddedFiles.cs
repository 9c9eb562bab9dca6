using System.Buffers.Text;
using System.Security.Cryptography;
using Actors.Media;
using Actors.Web.Api;

namespace Actors.Web.Otlp.Files;

/// <summary>
/// The files of one export, each once, and where they stood. What is too large, of no known type or more than
/// <see cref="MediaOptions"/> allow is not taken and stays in the text.
/// </summary>
internal sealed class EmbeddedFiles(MediaOptions options)
{
    // Each is a row in the catalog, and one small file may stand in every span of an export.
    private const int MaxPlaces = 1_000;

    private readonly Dictionary<MediaHash, EmbeddedFile> _files = [];
    private readonly HashSet<MediaAnnouncement> _announcements = [];

    public IReadOnlyCollection<EmbeddedFile> All => _files.Values;

    /// <summary>The files as the catalog notes them: one for each place that a file stood in.</summary>
    public IReadOnlyList<MediaAnnouncement> Announcements => [.. _announcements];

    /// <summary>Takes a file.</summary>
    /// <param name="base64">What is in it.</param>
    /// <param name="contentType">Its MIME type in lower case.</param>
    /// <param name="place">Where it stood.</param>
    /// <returns>The reference that stands there from now on; null: it is not taken.</returns>
    public string? TryTake(ReadOnlySpan<byte> base64, string contentType, MediaLink place)
    {
        if (_announcements.Count >= MaxPlaces || !MediaTypes.IsKnown(contentType)
            || !Base64.IsValid(base64, out var length) || length == 0 || length > options.MaxBytes)
        {
            return null;
        }

        var bytes = new byte[length];
        Base64.DecodeFromUtf8(base64, bytes, out _, out _);
        var hash = MediaHash.FromBytes(SHA256.HashData(bytes));
        if (!_files.TryGetValue(hash, out var file))
        {
            if (_files.Count >= options.MaxEmbeddedFiles)
            {
                return null;
            }

            _files.Add(hash, file = new EmbeddedFile(hash, contentType, bytes));
        }

        _announcements.Add(new MediaAnnouncement(hash, file.ContentType, length, place));
        return MediaReferences.ToDataUri(contentType, hash.MediaId);
    }
}
