using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Actors.Storage.Datasets.Schemas;

/// <summary>The formats of JSON Schema that are checked; others say nothing about a text.</summary>
internal static partial class SchemaFormats
{
    // The longest text that any of the formats allows; longer ones need no look.
    private const int MaxLength = 2_000;

    public static bool Fits(string format, string text) => format switch
    {
        "date-time" => IsShort(text) && DateTimeText().IsMatch(text) && IsTime(text.Replace(' ', 'T')),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => IsShort(text) && TimeText().IsMatch(text) && IsTime("2000-01-01T" + text),
        "email" => IsShort(text) && EmailText().IsMatch(text),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "uri" => IsShort(text) && Uri.TryCreate(text, UriKind.Absolute, out _) && !text.Contains(' ', StringComparison.Ordinal),
        "uri-reference" => IsShort(text) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        "hostname" => text.Length <= 253 && HostText().IsMatch(text),
        "ipv4" => text.Count(c => c == '.') == 3 && IsAddress(text, AddressFamily.InterNetwork),
        "ipv6" => !text.Contains('%', StringComparison.Ordinal) && IsAddress(text, AddressFamily.InterNetworkV6),
        _ => true,
    };

    private static bool IsShort(string text) => text.Length <= MaxLength;

    private static bool IsTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsAddress(string text, AddressFamily family) => IPAddress.TryParse(text, out var address) && address.AddressFamily == family;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|[+-]\d{2}:\d{2})\z")]
    private static partial Regex DateTimeText();

    [GeneratedRegex(@"^\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|[+-]\d{2}:\d{2})\z")]
    private static partial Regex TimeText();

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)*\z")]
    private static partial Regex EmailText();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex HostText();
}
