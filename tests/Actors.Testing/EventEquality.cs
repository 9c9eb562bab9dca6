using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Actors.Tracing;

namespace Actors.Testing;

/// <summary>
/// Prints events with all their properties, lists included. Records compare their lists by reference, so tests compare the
/// printed form, which a new property enters by itself.
/// </summary>
public static class EventEquality
{
    /// <summary>The whole event as text.</summary>
    public static string Print(StreamEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var text = new StringBuilder(e.GetType().Name);
        foreach (var property in e.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            text.Append('\n').Append(property.Name).Append(" = ").Append(Print(property.GetValue(e)));
        }

        return text.ToString();
    }

    /// <summary>The whole events as text.</summary>
    public static IReadOnlyList<string> Print(IEnumerable<StreamEvent> events) => [.. events.Select(Print)];

    private static string Print(object? value) => value switch
    {
        null => "null",
        string text => '"' + text + '"',
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        decimal number => decimal.IsInteger(number) ? $"{number:0}" : number.ToString("0.############################", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        CostEntry cost => $"{cost.Key}: {Print((object)cost.CostUsd)}",
        IEnumerable list => '[' + string.Join(", ", list.Cast<object?>().Select(Print)) + ']',
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
