using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Actors.Web.Model.Json;

/// <summary>The words of one line of a JSON tree. Long strings are cut before they are decoded.</summary>
public static class JsonCell
{
    private const int MaxBytes = 360;
    private const int LongBytes = 90;

    /// <summary>CSS class by type.</summary>
    public static string Class(JsonRow row) => row.Value.ValueKind switch
    {
        _ when row.Kind == JsonRowKind.More => "j-mark",
        JsonValueKind.String => "j-string",
        JsonValueKind.Number => "j-number",
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => "j-literal",
        _ => "j-mark",
    };

    /// <summary>A value on one line; containers by their size.</summary>
    public static string Text(JsonRow row, bool open) => row.Kind switch
    {
        JsonRowKind.More => $"… {Format.Count(row.Until - row.Skip)} more, show next {Format.Count(Math.Min(JsonTreeModel.Batch, row.Until - row.Skip))}",
        JsonRowKind.Container => Container(row, open),
        _ => Leaf(row.Value),
    };

    /// <summary>Whether the value is a string that one line does not do justice to.</summary>
    public static bool IsLong(JsonRow row) =>
        row.Kind == JsonRowKind.Leaf && row.Value.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(row.Value).Length > LongBytes;

    /// <summary>The size of a value as it was sent, in bytes.</summary>
    public static int Size(JsonRow row) => JsonMarshal.GetRawUtf8Value(row.Value).Length;

    /// <summary>The whole value: strings as they are, anything else as indented JSON.</summary>
    public static string Whole(JsonRow row) =>
        row.Value.ValueKind == JsonValueKind.String ? row.Value.GetString()! : JsonText.Indent(row.Value);

    private static string Container(JsonRow row, bool open)
    {
        var (left, right, unit) = row.Value.ValueKind == JsonValueKind.Array ? ('[', ']', "item") : ('{', '}', "key");
        if (row.Children == 0)
            return $"{left}{right}";
        return open ? left.ToString() : $"{left} {Format.Count(row.Children)} {unit}{(row.Children == 1 ? "" : "s")} {right}";
    }

    private static string Leaf(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Length <= MaxBytes)
            return Encoding.UTF8.GetString(raw);

        // Never cut inside a character: continuation bytes begin with the bits 10.
        var end = MaxBytes;
        while (end > 0 && (raw[end] & 0xC0) == 0x80)
            end--;
        return Encoding.UTF8.GetString(raw[..end]) + "…";
    }
}
