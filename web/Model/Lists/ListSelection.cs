namespace Actors.Web.Model.Lists;

/// <summary>The rows that a person has chosen to do something with. They stay chosen while the list is scrolled.</summary>
/// <typeparam name="T">What a row is.</typeparam>
public sealed class ListSelection<T>
{
    /// <summary>The most rows that can be chosen.</summary>
    public const int Most = 1000;

    private readonly Dictionary<string, T> _items = [];
    private readonly List<string> _order = [];

    /// <summary>How many are chosen.</summary>
    public int Count => _order.Count;

    /// <summary>The ids, in the order in which they were chosen.</summary>
    public IReadOnlyList<string> Ids => _order;

    /// <summary>The rows as they were when they were chosen, in that order.</summary>
    public IEnumerable<T> Items => _order.Select(id => _items[id]);

    /// <summary>The row from which a range is chosen; -1: none.</summary>
    public int Anchor { get; private set; } = -1;

    /// <summary>Whether a row is chosen.</summary>
    public bool Has(string id) => _items.ContainsKey(id);

    /// <summary>Chooses a row that is not, or the other way round.</summary>
    public void Toggle(ListLine<T> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        Anchor = line.Index;
        if (_items.Remove(line.Id))
            _order.Remove(line.Id);
        else
            Add(line);
    }

    /// <summary>Chooses rows on top of those that are.</summary>
    /// <returns>Whether there was room for all.</returns>
    public bool AddAll(IEnumerable<ListLine<T>> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.All(Add);
    }

    /// <summary>Chooses none.</summary>
    public void Clear()
    {
        _items.Clear();
        _order.Clear();
        Anchor = -1;
    }

    private bool Add(ListLine<T> line)
    {
        if (_order.Count >= Most)
            return _items.ContainsKey(line.Id);
        if (_items.TryAdd(line.Id, line.Item))
            _order.Add(line.Id);
        return true;
    }
}
