using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Actors.Web.Model.Json;

/// <summary>Finds a text in the names and values of a document, in their order, without regard to case.</summary>
public static class JsonSearch
{
    /// <summary>The most places that are found.</summary>
    public const int MaxHits = 1_000;

    /// <summary>The places that hold <paramref name="text"/>: for each the way from the document down, as places among brothers.</summary>
    /// <param name="root">The document.</param>
    /// <param name="text">Not empty.</param>
    public static List<int[]> Find(JsonElement root, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var hits = new List<int[]>();
        // Most values can be passed over as the bytes they are; only what may hold an escape or an accent has to be read.
        var isAscii = Ascii.IsValid(text);
        Visit(root, new Way(hits, text, isAscii ? Encoding.ASCII.GetBytes(text.ToUpperInvariant()) : null, []));
        return hits;
    }

    private readonly record struct Way(List<int[]> Hits, string Text, byte[]? Upper, List<int> Path);

    // Documents are parsed with a bounded depth, so this cannot go too deep.
    private static bool Visit(JsonElement value, Way way)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var index = 0;
                foreach (var property in value.EnumerateObject())
                {
                    if (!Step(property.Value, index++, property.Name, way))
                        return false;
                }
                return true;
            case JsonValueKind.Array:
                var place = 0;
                foreach (var item in value.EnumerateArray())
                {
                    if (!Step(item, place++, null, way))
                        return false;
                }
                return true;
            default:
                return way.Path.Count > 0 || !Holds(value, way) || Add(way);
        }
    }

    private static bool Step(JsonElement value, int place, string? name, Way way)
    {
        way.Path.Add(place);
        var found = name?.Contains(way.Text, StringComparison.OrdinalIgnoreCase) == true || Holds(value, way);
        var goOn = (!found || Add(way)) && Visit(value, way);
        way.Path.RemoveAt(way.Path.Count - 1);
        return goOn;
    }

    private static bool Add(Way way)
    {
        way.Hits.Add([.. way.Path]);
        return way.Hits.Count < MaxHits;
    }

    private static bool Holds(JsonElement value, Way way)
    {
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            return false;
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (way.Upper is { } upper && !raw.Contains((byte)'\\'))
            return HoldsAscii(raw, upper);
        return (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).Contains(way.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static bool HoldsAscii(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> upper)
    {
        var lower = (byte)char.ToLowerInvariant((char)upper[0]);
        while (raw.Length >= upper.Length)
        {
            var at = raw[..(raw.Length - upper.Length + 1)].IndexOfAny(upper[0], lower);
            if (at < 0)
                return false;
            if (Ascii.EqualsIgnoreCase(raw.Slice(at, upper.Length), upper))
                return true;
            raw = raw[(at + 1)..];
        }
        return false;
    }
}
