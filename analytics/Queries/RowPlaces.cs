using System.Data.Common;

namespace Actors.Analytics.Queries;

/// <summary>Where a row is: its number in the file and the position of its stream.</summary>
internal readonly record struct RowPlace(long Row, long Position)
{
    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public static Sql.Fragment Columns { get; } = new("rowid, stream_position");

    public static RowPlace Read(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1));
}

/// <summary>
/// The rows of a page by their places, which an earlier query of the same snapshot found: looking for them takes few columns,
/// showing them takes all. As long as the snapshot is open, no checkpoint moves a row to another number.
/// </summary>
internal static class RowPlaces
{
    /// <summary>Writes the condition. The bounds let the scan leave out what the numbers alone would make it open.</summary>
    public static void WriteCondition(Sql sql, IReadOnlyList<RowPlace> places)
    {
        var (first, last) = (places.Min(place => place.Position), places.Max(place => place.Position));
        sql.Append($"WHERE stream_position BETWEEN {first} AND {last} AND rowid IN (SELECT unnest({places.Select(place => place.Row)}))");
    }
}
