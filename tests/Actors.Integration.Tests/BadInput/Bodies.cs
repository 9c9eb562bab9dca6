using System.IO.Compression;
using System.Text;

namespace Actors.Integration.BadInput;

/// <summary>Bodies that no good client sends.</summary>
internal static class Bodies
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A good batch of nothing with that many characters beside it.</summary>
    public static byte[] Padded(int characters) => Utf8("""{"batch":[],"pad":"PAD"}""".Replace("PAD", new string('x', characters), StringComparison.Ordinal));

    public static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>A few hundred kilobytes that unpack to <paramref name="megabytes"/> of blanks.</summary>
    public static byte[] ZipBomb(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            var blanks = new byte[1 << 20];
            blanks.AsSpan().Fill((byte)' ');
            for (var i = 0; i < megabytes; i++)
            {
                gzip.Write(blanks);
            }
        }

        return packed.ToArray();
    }

    public static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("""{"a":[""", depth)) + "1" + string.Concat(Enumerable.Repeat("]}", depth));
}
