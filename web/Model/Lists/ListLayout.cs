using System.Globalization;

namespace Actors.Web.Model.Lists;

/// <summary>A column in its place.</summary>
/// <param name="Column">The column.</param>
/// <param name="Width">The width that a person gave it; null: the usual one.</param>
public readonly record struct PlacedColumn(ListColumn Column, int? Width)
{
    /// <summary>The pixels that it takes at least.</summary>
    public int Pixels => Width ?? Column.Width;
}

/// <summary>
/// The columns of a list as a person wants them. The address has them as <c>time,name:240,cost</c>: which, in which order, and
/// the widths that were changed.
/// </summary>
public sealed class ListLayout
{
    private readonly IReadOnlyList<ListColumn> _known;

    private ListLayout(IReadOnlyList<ListColumn> known, IReadOnlyList<PlacedColumn> columns) => (_known, Columns) = (known, columns);

    /// <summary>The columns that are shown, from left to right; never empty.</summary>
    public IReadOnlyList<PlacedColumn> Columns { get; }

    /// <summary>All columns: those that are shown in their order, then the others.</summary>
    public IEnumerable<(ListColumn Column, bool Shown)> All =>
        [.. Columns.Select(c => (c.Column, true)), .. _known.Where(c => !Shows(c.Key)).Select(c => (c, false))];

    /// <summary>The short form; empty when all is as usual.</summary>
    public string Text
    {
        get
        {
            var text = Write(Columns);
            return text == Write(Usual(_known)) ? "" : text;
        }
    }

    /// <summary>The tracks of a CSS grid.</summary>
    public string Tracks => string.Join(' ', Columns.Select(c => c is { Width: null, Column.Grow: > 0 }
        ? string.Create(CultureInfo.InvariantCulture, $"minmax({c.Column.Width}px, {c.Column.Grow:0.##}fr)")
        : $"{c.Pixels}px"));

    /// <summary>The pixels that all columns take at least.</summary>
    public int Pixels => Columns.Sum(c => c.Pixels);

    /// <summary>Reads an address; what it does not know is left out, and nothing known is the usual.</summary>
    public static ListLayout Parse(IReadOnlyList<ListColumn> known, string? text)
    {
        var columns = new List<PlacedColumn>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf(':', StringComparison.Ordinal);
            var key = at < 0 ? part : part[..at];
            if (known.FirstOrDefault(c => c.Key == key) is { } column && columns.TrueForAll(c => c.Column != column))
                columns.Add(new(column, at < 0 ? null : Width(part[(at + 1)..])));
        }
        return new(known, columns.Count > 0 ? columns : Usual(known));
    }

    /// <summary>Whether a column is shown.</summary>
    public bool Shows(string key) => Columns.Any(c => c.Column.Key == key);

    /// <summary>With a column at the end that was not shown, or without one that was. The last one stays.</summary>
    public ListLayout Toggle(string key)
    {
        if (!Shows(key))
            return _known.FirstOrDefault(c => c.Key == key) is { } column ? new(_known, [.. Columns, new(column, null)]) : this;
        return Columns.Count == 1 ? this : new(_known, [.. Columns.Where(c => c.Column.Key != key)]);
    }

    /// <summary>With a column <paramref name="by"/> places further right; it stops at the ends.</summary>
    public ListLayout Move(string key, int by)
    {
        var columns = Columns.ToList();
        var from = columns.FindIndex(c => c.Column.Key == key);
        if (from < 0)
            return this;
        var moved = columns[from];
        columns.RemoveAt(from);
        columns.Insert(Math.Clamp(from + by, 0, columns.Count), moved);
        return new(_known, columns);
    }

    /// <summary>With another width of a column; null: the usual one.</summary>
    public ListLayout Resize(string key, int? width) => new(_known, [.. Columns.Select(c => c.Column.Key == key ? c with { Width = Clamp(width) } : c)]);

    private static List<PlacedColumn> Usual(IReadOnlyList<ListColumn> known) => [.. known.Where(c => c.Shown).Select(c => new PlacedColumn(c, null))];

    private static string Write(IReadOnlyList<PlacedColumn> columns) =>
        string.Join(',', columns.Select(c => c.Width is { } width ? $"{c.Column.Key}:{width}" : c.Column.Key));

    private static int? Width(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var width) ? Clamp(width) : null;

    private static int? Clamp(int? width) => width is { } known ? Math.Clamp(known, ListColumn.MinWidth, ListColumn.MaxWidth) : null;
}
