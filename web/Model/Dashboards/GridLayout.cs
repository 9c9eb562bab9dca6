using Actors.Dashboards;

namespace Actors.Web.Model.Dashboards;

/// <summary>Where tiles go when one of them is moved: nothing overlaps, nothing floats, and the order stays.</summary>
public static class GridLayout
{
    /// <summary>The tiles after one was put somewhere.</summary>
    public static IReadOnlyList<Placement> Put(IReadOnlyList<Placement> tiles, string id, int x, int y, int width, int height)
    {
        var w = Math.Clamp(width, 1, Placement.Columns);
        var moved = tiles.Select(t => t.Id == id
            ? t with { X = Math.Clamp(x, 0, Placement.Columns - w), Y = Math.Clamp(y, 0, Placement.MaxY), Width = w, Height = Math.Clamp(height, 1, Placement.MaxHeight) }
            : t);
        return Arrange([.. moved], id);
    }

    /// <summary>The tiles after one was moved or resized by keys: a step sideways, past its neighbour up or down, or larger and smaller.</summary>
    public static IReadOnlyList<Placement> Step(IReadOnlyList<Placement> tiles, string id, int dx, int dy, int dw, int dh)
    {
        if (tiles.FirstOrDefault(t => t.Id == id) is not { } tile)
            return tiles;

        // Tiles rise as far as they can, so one row up or down would lead back to where it was.
        var column = tiles.Where(t => t.Id != id && t.X < tile.X + tile.Width && tile.X < t.X + t.Width).ToList();
        var y = dy switch
        {
            > 0 => column.Where(t => t.Y >= tile.Bottom).MinBy(t => t.Y) is { } below ? below.Y + 1 : tile.Y,
            < 0 => column.Where(t => t.Bottom <= tile.Y).MaxBy(t => t.Bottom) is { } above ? above.Y : tile.Y,
            _ => tile.Y,
        };
        return Put(tiles, id, tile.X + dx, y, Math.Min(tile.Width + dw, Placement.Columns - tile.X), tile.Height + dh);
    }

    /// <summary>The tiles moved up as far as those above them let them; the one named goes before others of its row.</summary>
    public static IReadOnlyList<Placement> Arrange(IReadOnlyList<Placement> tiles, string? first = null)
    {
        List<Placement> placed = [];
        foreach (var tile in tiles.OrderBy(t => t.Y).ThenBy(t => t.Id == first ? 0 : 1).ThenBy(t => t.X))
        {
            var above = placed.Where(p => p.X < tile.X + tile.Width && tile.X < p.X + p.Width);
            placed.Add(tile with { Y = above.Select(p => p.Bottom).DefaultIfEmpty().Max() });
        }

        return placed;
    }

    /// <summary>From top to bottom, then from left to right: as people read, and in which order questions are asked.</summary>
    public static IEnumerable<Placement> Reading(IEnumerable<Placement> tiles) => tiles.OrderBy(t => t.Y).ThenBy(t => t.X);
}
