using Actors.Tracing;

namespace Actors.Filtering;

/// <summary>The values of one row, by the wire name of the column. Asked only for columns of the row's own catalogue.</summary>
public interface IFilterRow
{
    /// <summary>The value of a text or a choice; the JSON text of a JSON column and of a map; null when missing.</summary>
    string? Text(string column);

    /// <summary>The value of a number in the unit of its column; null when missing.</summary>
    double? Number(string column);

    /// <summary>The value of a time; null when missing.</summary>
    DateTimeOffset? Time(string column);

    /// <summary>The value of a flag.</summary>
    bool Flag(string column);

    /// <summary>The values of a list.</summary>
    IReadOnlyList<string> List(string column);

    /// <summary>The scores that a column of scores is about, of all names.</summary>
    IEnumerable<ScoreRecord> Scores(string column);
}
