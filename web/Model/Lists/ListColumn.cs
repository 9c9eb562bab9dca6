namespace Actors.Web.Model.Lists;

/// <summary>A column that a list can show.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Head">What stands above it.</param>
/// <param name="Width">Its width in pixels; a column that grows is never narrower.</param>
public sealed record ListColumn(string Key, string Head, int Width)
{
    /// <summary>The narrowest that a person can make a column.</summary>
    public const int MinWidth = 40;

    /// <summary>The widest.</summary>
    public const int MaxWidth = 1200;

    /// <summary>Its share of the room that is left over; 0: it keeps its width.</summary>
    public double Grow { get; init; }

    /// <summary>Its values are numbers: they stand at the right, their digits below each other.</summary>
    public bool Numeric { get; init; }

    /// <summary>The list can be ordered by it.</summary>
    public bool Sortable { get; init; }

    /// <summary>It is shown when nobody has chosen columns.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>Further CSS classes of its cells.</summary>
    public string? Class { get; init; }
}
