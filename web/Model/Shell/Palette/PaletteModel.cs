namespace Actors.Web.Model.Shell.Palette;

/// <summary>
/// What the palette shows: things that are known at once, and what is found by and by. The first is chosen until the arrows
/// choose another, so that Enter opens what stands on top.
/// </summary>
public sealed class PaletteModel
{
    /// <summary>The most things of one kind that are shown.</summary>
    public const int MostOfAGroup = 8;

    /// <summary>The longest text that is looked for.</summary>
    public const int LongestText = 200;

    private const int FoundRank = 4;

    private readonly Dictionary<PaletteGroup, IReadOnlyList<PaletteItem>> _found = [];
    private IReadOnlyList<PaletteItem> _known = [];
    private List<PaletteItem> _items = [];
    private PaletteItem? _picked;

    /// <summary>What is written, without blanks around it.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What is shown; things of a group follow each other.</summary>
    public IReadOnlyList<PaletteItem> Items => _items;

    /// <summary>The place of the chosen one; -1: there is none.</summary>
    public int Chosen => _items.Count == 0 ? -1 : _picked is null ? 0 : Math.Max(0, _items.IndexOf(_picked));

    /// <summary>Begins anew with what is known at once.</summary>
    public void Open(IEnumerable<PaletteItem> known)
    {
        _known = [.. known];
        Write("");
    }

    /// <summary>More is known at once.</summary>
    public void Add(IEnumerable<PaletteItem> known)
    {
        _known = [.. _known, .. known];
        Show();
    }

    /// <summary>Follows what a person writes; what was found for another text is gone.</summary>
    public void Write(string text)
    {
        Text = (text.Length > LongestText ? text[..LongestText] : text).Trim();
        _found.Clear();
        _picked = null;
        Show();
    }

    /// <summary>Takes what was found for <paramref name="text"/>, unless another is written by now.</summary>
    public void Found(string text, PaletteGroup group, IReadOnlyList<PaletteItem> items)
    {
        if (text != Text)
            return;
        _found[group] = items;
        Show();
    }

    /// <summary>Chooses the next one, or the one before; goes round at the ends.</summary>
    public void Move(int by)
    {
        if (_items.Count > 0)
            _picked = _items[(Chosen + by + _items.Count) % _items.Count];
    }

    // The group with the best fit comes first, and what is found never pushes away what was there already, but for an exact id.
    private void Show()
    {
        var known = _known.Select(item => (Item: item, Rank: PaletteMatch.Rank(item, Text)));
        var found = _found.Values.SelectMany(f => f).Select(item => (Item: item, Rank: item.IsExact ? -1 : FoundRank));
        _items =
        [
            .. known.Concat(found).Where(r => r.Rank < PaletteMatch.None)
                .GroupBy(r => r.Item.Group).OrderBy(g => Text.Length == 0 ? 0 : g.Min(r => r.Rank)).ThenBy(g => g.Key)
                .SelectMany(g => g.OrderBy(r => r.Rank).Take(MostOfAGroup).Select(r => r.Item)),
        ];
    }
}
