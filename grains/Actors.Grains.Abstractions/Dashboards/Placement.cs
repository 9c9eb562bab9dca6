namespace Actors.Dashboards;

/// <summary>What a placement shows.</summary>
public enum PlacementKind
{
    /// <summary>A widget of the project.</summary>
    Widget,

    /// <summary>A widget that comes with the server.</summary>
    Preset,
}

/// <summary>A tile on the grid. Tiles may overlap.</summary>
/// <param name="Id">Unique on its dashboard.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="ContentId">The id of the widget or the preset.</param>
/// <param name="X">Its first column, from 0.</param>
/// <param name="Y">Its first row, from 0, growing downward.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public sealed record Placement(string Id, PlacementKind Kind, string ContentId, int X, int Y, int Width, int Height)
{
    /// <summary>The columns of the grid.</summary>
    public const int Columns = 12;

    /// <summary>Columns and rows of a tile of which nobody said how large it is.</summary>
    public const int UsualSize = 6;

    /// <summary>The last row in which a tile may begin.</summary>
    public const int MaxY = 10_000;

    /// <summary>The most rows of a tile.</summary>
    public const int MaxHeight = 100;

    /// <summary>The most tiles of a dashboard.</summary>
    public const int MaxCount = 100;

    /// <summary>The most characters of an id that a caller chooses.</summary>
    public const int MaxIdLength = 200;

    /// <summary>The row below it.</summary>
    public int Bottom => Y + Height;

    /// <summary>Why it does not fit the grid; null: it does.</summary>
    public (string Field, string Message)? Misfit() => this switch
    {
        { X: < 0 or >= Columns } => ("x", $"Invalid input: expected a column from 0 to {Columns - 1}"),
        { Y: < 0 or > MaxY } => ("y", $"Invalid input: expected a row from 0 to {MaxY}"),
        { Width: < 1 or > Columns } => ("width", $"Invalid input: expected 1 to {Columns} columns"),
        { Height: < 1 or > MaxHeight } => ("height", $"Invalid input: expected 1 to {MaxHeight} rows"),
        _ when X + Width > Columns => ("width", $"Invalid input: {Width} columns from column {X} on reach beyond the grid of {Columns}"),
        _ => null,
    };
}

/// <summary>A tile to be put on a dashboard.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="ContentId">The id of the widget or the preset.</param>
public sealed record PlacementDraft(PlacementKind Kind, string ContentId)
{
    /// <summary>Null: the store makes one.</summary>
    public string? Id { get; init; }

    /// <summary>Null: the first column.</summary>
    public int? X { get; init; }

    /// <summary>Null: below all other tiles.</summary>
    public int? Y { get; init; }

    /// <summary>Null: <see cref="Placement.UsualSize"/>.</summary>
    public int? Width { get; init; }

    /// <summary>Null: <see cref="Placement.UsualSize"/>.</summary>
    public int? Height { get; init; }

    /// <summary>The tile, with an id for one that has none, under those that are there.</summary>
    public Placement Place(string id, IEnumerable<Placement> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new(
            Id ?? id, Kind, ContentId, X ?? 0, Y ?? others.Select(p => p.Bottom).DefaultIfEmpty().Max(),
            Width ?? Placement.UsualSize, Height ?? Placement.UsualSize);
    }
}

/// <summary>Where a tile goes; what is null stays as it is.</summary>
/// <param name="X">Its first column.</param>
/// <param name="Y">Its first row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public sealed record PlacementMove(int? X, int? Y, int? Width, int? Height)
{
    /// <summary>The tile at its new place.</summary>
    public Placement Apply(Placement placement)
    {
        ArgumentNullException.ThrowIfNull(placement);
        return placement with
        {
            X = X ?? placement.X,
            Y = Y ?? placement.Y,
            Width = Width ?? placement.Width,
            Height = Height ?? placement.Height,
        };
    }
}
