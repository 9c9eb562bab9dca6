using System.Buffers;
using System.Text;

namespace Actors.Web.Otlp.Files;

/// <summary>A data URI in base64 (RFC 2397) inside a text, such as <c>data:image/png;base64,iVBORw0KGgo=</c>.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it has ended.</param>
/// <param name="ContentType">Its MIME type in lower case, without parameters.</param>
/// <param name="DataStart">Where its base64 begins, which goes on to the end.</param>
internal readonly record struct DataUri(int Start, int End, string ContentType, int DataStart)
{
    // More than any MIME type with its parameters.
    private const int MaxHead = 200;

    private static readonly SearchValues<byte> Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    private static readonly SearchValues<byte> TypeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+-._"u8);

    /// <summary>What is between the type and the data of each.</summary>
    public static ReadOnlySpan<byte> Mark => ";base64,"u8;

    /// <summary>The first one in a text from a place on; null: there is none.</summary>
    public static DataUri? Find(ReadOnlySpan<byte> text, int from)
    {
        for (int next, search = from; (next = text[search..].IndexOf(Mark)) >= 0;)
        {
            var mark = search + next;
            search = mark + Mark.Length;
            var headStart = Math.Max(from, mark - MaxHead);
            var head = text[headStart..mark];
            var start = head.LastIndexOf("data:"u8);
            if (start < 0)
            {
                continue;
            }

            var type = head[(start + "data:".Length)..];
            type = type.IndexOf((byte)';') is >= 0 and var parameters ? type[..parameters] : type;
            if (!type.ContainsAnyExcept(TypeCharacters))
            {
                return new DataUri(headStart + start, EndOf(text, search), Encoding.ASCII.GetString(type).ToLowerInvariant(), search);
            }
        }

        return null;
    }

    private static int EndOf(ReadOnlySpan<byte> text, int start)
    {
        var length = text[start..].IndexOfAnyExcept(Digits);
        var end = length < 0 ? text.Length : start + length;
        while (end < text.Length && text[end] == '=')
        {
            end++;
        }

        return end;
    }
}
