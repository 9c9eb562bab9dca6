namespace Actors.Web.Otlp;

/// <summary>Trace and span ids: bytes on the wire, lower-case hexadecimal everywhere else.</summary>
internal static class OtlpIds
{
    private const int MaxBytes = 32;

    public static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new OtlpFormatException($"An id of {bytes.Length} bytes is no trace or span id.");
        }

        // An id of zeros is the protocol's way to say that there is none.
        return bytes.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(bytes) : "";
    }

    public static string? FromOptionalBytes(ReadOnlySpan<byte> bytes) => FromBytes(bytes) is { Length: > 0 } id ? id : null;

    public static string FromHex(string text)
    {
        if (text.Length > 2 * MaxBytes || text.Length % 2 != 0 || text.AsSpan().ContainsAnyExcept(Hexadecimal))
        {
            throw new OtlpFormatException("An id is no hexadecimal text.");
        }

        return text.AsSpan().ContainsAnyExcept('0') ? text.ToLowerInvariant() : "";
    }

    public static void Require(string id, string name)
    {
        if (id.Length == 0)
        {
            throw new OtlpFormatException($"A span has no valid {name}.");
        }
    }

    private static readonly System.Buffers.SearchValues<char> Hexadecimal = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
