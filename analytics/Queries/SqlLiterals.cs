using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Actors.Analytics.Queries;

/// <summary>Writes bound values as literals of DuckDB. For texts that people read; what is run has parameters.</summary>
internal static partial class SqlLiterals
{
    /// <summary>The text with each <c>$p0</c>, <c>$p1</c>, … replaced by its value.</summary>
    public static string Fill(string text, IReadOnlyList<object?> values) =>
        Parameter().Replace(text, match => Write(values[int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)]));

    private static string Write(object? value) => value switch
    {
        null or DBNull => "NULL",
        string text => Quote(text),
        DateTime time => $"TIMESTAMP '{time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)}'",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Write))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\$p(\d+)\b")]
    private static partial Regex Parameter();
}
