using System.Text.Json;

namespace Actors.Web.Model.Json;

/// <summary>What a line of a JSON tree stands for.</summary>
public enum JsonRowKind
{
    /// <summary>An object or array that can be opened.</summary>
    Container,

    /// <summary>A string, number, boolean or null.</summary>
    Leaf,

    /// <summary>Children of a large container that are not shown: opening it shows the first of them.</summary>
    More,
}

/// <summary>One visible line of a JSON tree.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Depth">0 for the document.</param>
/// <param name="Name">Property name or array index; null for the document.</param>
/// <param name="IsIndex">The name is an array index.</param>
/// <param name="Value">The value; for <see cref="JsonRowKind.More"/> the container.</param>
/// <param name="Skip">For <see cref="JsonRowKind.More"/>: the first child that is not shown.</param>
/// <param name="Until">For <see cref="JsonRowKind.More"/>: the first child after it that is.</param>
public readonly record struct JsonRow(JsonRowKind Kind, int Depth, string? Name, bool IsIndex, JsonElement Value, int Skip = 0, int Until = 0)
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

    /// <summary>The whole document.</summary>
    public JsonElement Root => _document.RootElement;

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
                Show(index, row.Skip, Math.Min(row.Skip + Batch, row.Until));
                break;
            case JsonRowKind.Container when IsOpen(index):
                var end = index + 1;
                while (end < _rows.Count && _rows[end].Depth > row.Depth)
                    end++;
                _rows.RemoveRange(index + 1, end - index - 1);
                break;
            case JsonRowKind.Container:
                Open(index);
                break;
        }
    }

    /// <summary>
    /// Opens all that is above a value and returns its row. Of a large container only the batch is shown that holds it.
    /// </summary>
    /// <param name="path">The places of the value and of all above it among their brothers, from the document down.</param>
    public int Reveal(IReadOnlyList<int> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var at = 0;
        foreach (var child in path)
        {
            if (!IsOpen(at))
                Open(at);
            at = RevealChild(at, child);
        }
        return at;
    }

    /// <summary>Where a value stands in the document, in the words of JSONPath: <c>$.items[3]["a b"]</c>.</summary>
    public string PathOf(int index)
    {
        var parts = new Stack<string>();
        for (var depth = _rows[index].Depth; depth > 0; depth--)
        {
            var row = _rows[index];
            if (row.Name is { } name)
                parts.Push(row.IsIndex ? $"[{name}]" : IsPlain(name) ? "." + name : $"[{JsonSerializer.Serialize(name)}]");
            while (_rows[index].Depth >= depth)
                index--;
        }
        return "$" + string.Concat(parts);
    }

    private static bool IsPlain(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private void Open(int index)
    {
        var row = _rows[index];
        var (count, shown) = (row.Children, Math.Min(Batch, row.Children));
        var rows = Children(row.Value, row.Depth + 1, 0, shown);
        if (shown < count)
            rows.Add(new JsonRow(JsonRowKind.More, row.Depth + 1, null, false, row.Value, shown, count));
        _rows.InsertRange(index + 1, rows);
    }

    // Shows a part of the children that a row stands for; what is left before and after it stays a row.
    private void Show(int index, int from, int until)
    {
        var row = _rows[index];
        var rows = Children(row.Value, row.Depth, from, until);
        if (from > row.Skip)
            rows.Insert(0, row with { Until = from });
        if (until < row.Until)
            rows.Add(row with { Skip = until });
        _rows.RemoveAt(index);
        _rows.InsertRange(index, rows);
    }

    private int RevealChild(int parent, int child)
    {
        var depth = _rows[parent].Depth + 1;
        var place = 0;
        for (var i = parent + 1; ; i++)
        {
            var row = _rows[i];
            if (row.Depth != depth)
                continue;
            if (row.Kind == JsonRowKind.More)
            {
                if (child < row.Until)
                {
                    var from = child - (child - row.Skip) % Batch;
                    Show(i, from, Math.Min(from + Batch, row.Until));
                    i--;
                    continue;
                }
                place = row.Until;
                continue;
            }
            if (place++ == child)
                return i;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private static List<JsonRow> Children(JsonElement parent, int depth, int from, int until)
    {
        if (parent.ValueKind == JsonValueKind.Array)
        {
            return [.. parent.EnumerateArray().Skip(from).Take(until - from)
                .Select((value, i) => RowOf(value, (from + i).ToString(System.Globalization.CultureInfo.InvariantCulture), true, depth))];
        }
        return [.. parent.EnumerateObject().Skip(from).Take(until - from).Select(p => RowOf(p.Value, p.Name, false, depth))];
    }

    private static JsonRow RowOf(JsonElement value, string? name, bool isIndex, int depth) => new(
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? JsonRowKind.Container : JsonRowKind.Leaf,
        depth, name, isIndex, value);
}
