using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Media;

/// <summary>The SHA-256 of a file, which names it inside a project.</summary>
public readonly record struct MediaHash
{
    private const int Length = 32;
    private const int IdLength = 22;

    private MediaHash(string hex) => Hex = hex;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>The id of the file on the wire: the first 22 characters of the URL-safe base64.</summary>
    public string MediaId => Base64Url.EncodeToString(Convert.FromHexString(Hex))[..IdLength];

    /// <summary>Reads the base64 form.</summary>
    public static bool TryParseBase64([NotNullWhen(true)] string? text, out MediaHash hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var isHash = text is { Length: 44 } && Convert.TryFromBase64String(text, bytes, out var length) && length == Length;
        hash = isHash ? new MediaHash(Convert.ToHexStringLower(bytes)) : default;
        return isHash;
    }

    /// <summary>Reads <see cref="Hex"/>.</summary>
    /// <exception cref="FormatException"><paramref name="hex"/> is no such text.</exception>
    public static MediaHash FromHex(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return Convert.FromHexString(hex).Length == Length ? new MediaHash(hex) : throw new FormatException("A hash has 64 hexadecimal digits.");
    }

    /// <summary>The hash of these bytes, which are one already.</summary>
    public static MediaHash FromBytes(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));
}
