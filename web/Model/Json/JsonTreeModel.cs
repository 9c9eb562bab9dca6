using System.Text.Json;

namespace Actors.Web.Model.Json;

/// <summary>What a line of a JSON tree stands for.</summary>
public enum JsonRowKind
{
    /// <summary>An object or array that can be opened.</summary>
    Container,

    /// <summary>A string, number, boolean or null.</summary>
    Leaf,

    /// <summary>The rest of a large container: opening it shows the next children.</summary>
    More,
}

/// <summary>One visible line of a JSON tree.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Depth">0 for the document.</param>
/// <param name="Name">Property name or array index; null for the document.</param>
/// <param name="IsIndex">The name is an array index.</param>
/// <param name="Value">The value; for <see cref="JsonRowKind.More"/> the container.</param>
/// <param name="Skip">For <see cref="JsonRowKind.More"/>: children already shown.</param>
public readonly record struct JsonRow(JsonRowKind Kind, int Depth, string? Name, bool IsIndex, JsonElement Value, int Skip)
{
    /// <summary>Number of children of the container.</summary>
    public int Children => Value.ValueKind switch
    {
        JsonValueKind.Array => Value.GetArrayLength(),
        JsonValueKind.Object => Value.GetPropertyCount(),
        _ => 0,
    };
}

/// <summary>
/// The visible lines of a JSON document, as a flat list for a virtualized view. A container opens at most
/// <see cref="Batch"/> children at a time, so no click ever costs more than that, however large the document.
/// </summary>
public sealed class JsonTreeModel : IDisposable
{
    /// <summary>Children shown by one click.</summary>
    public const int Batch = 200;

    // Small documents are read at a glance; large ones open level by level.
    private const int OpenAtFirst = 60;

    private readonly JsonDocument _document;
    private readonly List<JsonRow> _rows = [];

    private JsonTreeModel(JsonDocument document)
    {
        _document = document;
        _rows.Add(RowOf(document.RootElement, null, false, 0));
        for (var i = 0; i < _rows.Count && _rows.Count < OpenAtFirst; i++)
        {
            var row = _rows[i];
            if (row.Kind == JsonRowKind.Container && (i == 0 || row.Children <= OpenAtFirst - _rows.Count))
                Toggle(i);
        }
    }

    /// <summary>What is visible now, top to bottom.</summary>
    public IReadOnlyList<JsonRow> Rows => _rows;

    /// <summary>Reads <paramref name="json"/>; null when it is not JSON.</summary>
    public static JsonTreeModel? TryParse(string json)
    {
        try
        {
            return new JsonTreeModel(JsonDocument.Parse(json, JsonText.Options));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the container at <paramref name="index"/> is open.</summary>
    public bool IsOpen(int index) => index + 1 < _rows.Count && _rows[index + 1].Depth > _rows[index].Depth;

    /// <summary>Opens or closes a container, or shows the next children of a large one. Leaves do nothing.</summary>
    public void Toggle(int index)
    {
        var row = _rows[index];
        switch (row.Kind)
        {
            case JsonRowKind.More:
                _rows.RemoveAt(index);
                _rows.InsertRange(index, Children(row.Value, row.Depth, row.Skip));
                break;
            case JsonRowKind.Container when IsOpen(index):
                var end = index + 1;
                while (end < _rows.Count && _rows[end].Depth > row.Depth)
                    end++;
                _rows.RemoveRange(index + 1, end - index - 1);
                break;
            case JsonRowKind.Container:
                _rows.InsertRange(index + 1, Children(row.Value, row.Depth + 1, 0));
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private static List<JsonRow> Children(JsonElement parent, int depth, int skip)
    {
        var rows = new List<JsonRow>();
        if (parent.ValueKind == JsonValueKind.Array)
        {
            // By index, because an enumerator would walk the skipped ones again for every batch of a document with millions.
            var end = Math.Min(parent.GetArrayLength(), skip + Batch);
            for (var i = skip; i < end; i++)
                rows.Add(RowOf(parent[i], i.ToString(System.Globalization.CultureInfo.InvariantCulture), true, depth));
        }
        else
        {
            rows.AddRange(parent.EnumerateObject().Skip(skip).Take(Batch).Select(p => RowOf(p.Value, p.Name, false, depth)));
        }

        var shown = skip + rows.Count;
        var all = parent.ValueKind == JsonValueKind.Array ? parent.GetArrayLength() : parent.GetPropertyCount();
        if (shown < all)
            rows.Add(new JsonRow(JsonRowKind.More, depth, null, false, parent, shown));
        return rows;
    }

    private static JsonRow RowOf(JsonElement value, string? name, bool isIndex, int depth) => new(
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? JsonRowKind.Container : JsonRowKind.Leaf,
        depth, name, isIndex, value, 0);
}
