using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Web.Ingestion;

namespace Actors.Web.Api;

/// <summary>The single values of an object: strings, numbers, flags, times and words of a list.</summary>
internal sealed partial class BodyReader
{
    /// <summary>PostgreSQL has no room for it in a text, so no database of ours takes it.</summary>
    public const string NullCharacter = "Invalid input: the text contains a null character";

    /// <summary>
    /// A string of <paramref name="min"/> to <paramref name="max"/> characters that fits the pattern; null when absent or wrong.
    /// </summary>
    public string? Text(string name, bool required = false, int min = 0, int max = int.MaxValue, Regex? pattern = null, string? format = null,
        int maxBytes = int.MaxValue)
    {
        if (!TryGet(name, JsonValueKind.String, "string", required, out var value))
        {
            return null;
        }

        if (Unescape(value) is not { } text)
        {
            Refuse("custom", name, "Invalid input: the text " + JsonText.BadText);
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Refuse("custom", name, NullCharacter);
            return null;
        }

        if (text.Length < min)
        {
            Refuse("too_small", name, $"Too small: expected string to have >={min} characters");
        }
        else if (text.Length > max)
        {
            Refuse("too_big", name, $"Too big: expected string to have <={max} characters");
        }
        else if (maxBytes < int.MaxValue && Encoding.UTF8.GetByteCount(text) > maxBytes)
        {
            Refuse("too_big", name, $"Too big: expected text of <={maxBytes} bytes in UTF-8");
        }
        else if (pattern is not null && !pattern.IsMatch(text))
        {
            Refuse("invalid_format", name, $"Invalid string: must match {format ?? pattern.ToString()}");
        }
        else
        {
            return text;
        }

        return null;
    }

    /// <summary>A required string that counts without the space around it; null when wrong.</summary>
    public string? Trimmed(string name, int min, int max)
    {
        if (Text(name, required: true)?.Trim() is not { } text)
        {
            return null;
        }

        if (text.Length < min)
        {
            Refuse("too_small", name, $"Too small: expected string to have >={min} characters");
        }
        else if (text.Length > max)
        {
            Refuse("too_big", name, $"Too big: expected string to have <={max} characters");
        }

        return text;
    }

    /// <summary>A whole number within bounds; null when absent or wrong.</summary>
    public int? Integer(string name, bool required = false, int min = int.MinValue, int max = int.MaxValue)
    {
        if (!TryGet(name, JsonValueKind.Number, "number", required, out var value))
        {
            return null;
        }

        if (!value.TryGetInt32(out var number))
        {
            Refuse("invalid_type", name, "Invalid input: expected int, received number");
            return null;
        }

        return InBounds(name, number, min, max) ? number : null;
    }

    /// <summary>A finite number within bounds; null when absent or wrong.</summary>
    public double? Number(string name, bool required = false, double min = double.MinValue, double max = double.MaxValue)
    {
        if (!TryGet(name, JsonValueKind.Number, "number", required, out var value))
        {
            return null;
        }

        if (!value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            Refuse("invalid_type", name, "Invalid input: expected a finite number");
            return null;
        }

        return InBounds(name, number, min, max) ? number : null;
    }

    /// <summary>An exact decimal within bounds; null when absent or wrong.</summary>
    public decimal? Decimal(string name, bool required = false, decimal min = decimal.MinValue, decimal max = decimal.MaxValue)
    {
        if (!TryGet(name, JsonValueKind.Number, "number", required, out var value))
        {
            return null;
        }

        if (!value.TryGetDecimal(out var number))
        {
            Refuse("invalid_type", name, "Invalid input: expected a decimal of at most 28 digits");
            return null;
        }

        return InBounds(name, number, min, max) ? number : null;
    }

    /// <summary>True or false; null when absent or wrong.</summary>
    public bool? Flag(string name, bool required = false)
    {
        var value = Get(name);
        switch (value?.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                RefuseKind(name, "boolean", required, value);
                return null;
        }
    }

    /// <summary>A time in ISO 8601 with an offset; null when absent or wrong.</summary>
    public DateTimeOffset? Time(string name, bool required = false)
    {
        if (!TryGet(name, JsonValueKind.String, "string", required, out var value))
        {
            return null;
        }

        if (Unescape(value) is { } text && IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out var time))
        {
            return time;
        }

        Refuse("invalid_format", name, EventBodyReader.TimeMessage);
        return null;
    }

    /// <summary>One of several names; null when absent or wrong.</summary>
    public T? OneOf<T>(string name, Func<string, T?> parse, string expected, bool required = false)
        where T : struct
    {
        if (!TryGet(name, JsonValueKind.String, "string", required, out var value))
        {
            return null;
        }

        var parsed = Unescape(value) is { } text ? parse(text) : null;
        if (parsed is null)
        {
            Refuse("invalid_value", name, $"Invalid option: expected one of {expected}");
        }

        return parsed;
    }

    private bool InBounds<T>(string name, T number, T min, T max)
        where T : INumber<T>
    {
        if (number < min)
        {
            Refuse("too_small", name, FormattableString.Invariant($"Too small: expected number to be >={min}"));
        }
        else if (number > max)
        {
            Refuse("too_big", name, FormattableString.Invariant($"Too big: expected number to be <={max}"));
        }
        else
        {
            return true;
        }

        return false;
    }

    // JSON can escape half of a surrogate pair, which is no text.
    private static string? Unescape(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
