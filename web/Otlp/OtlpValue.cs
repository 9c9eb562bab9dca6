using System.Globalization;
using System.Text;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

internal enum OtlpValueKind
{
    None,
    String,
    Boolean,
    Integer,
    Double,
    List,
    Map,
}

/// <summary>The value of an attribute. Bytes are taken over as base64 text.</summary>
internal readonly struct OtlpValue
{
    /// <summary>The deepest value that is read.</summary>
    public const int MaxDepth = 32;

    private readonly object? _reference;
    private readonly double _double;

    private OtlpValue(OtlpValueKind kind, object? reference, long integer = 0, double number = 0)
    {
        Kind = kind;
        _reference = reference;
        Integer = integer;
        _double = number;
    }

    public OtlpValueKind Kind { get; }

    public long Integer { get; }

    public string? String => Kind == OtlpValueKind.String ? (string)_reference! : null;

    public IReadOnlyList<OtlpValue> Items => Kind == OtlpValueKind.List ? (IReadOnlyList<OtlpValue>)_reference! : [];

    public double? Number => Kind switch
    {
        OtlpValueKind.Integer => Integer,
        OtlpValueKind.Double => _double,
        OtlpValueKind.String when double.TryParse(String, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => null,
    };

    /// <summary>True for the boolean and for its text.</summary>
    public bool IsTrue => Kind == OtlpValueKind.Boolean ? Integer != 0 : string.Equals(String, "true", StringComparison.OrdinalIgnoreCase);

    public static OtlpValue Of(string text) => new(OtlpValueKind.String, text);

    public static OtlpValue Of(bool value) => new(OtlpValueKind.Boolean, null, value ? 1 : 0);

    public static OtlpValue Of(long value) => new(OtlpValueKind.Integer, null, value);

    public static OtlpValue Of(double value) => new(OtlpValueKind.Double, null, 0, value);

    public static OtlpValue Of(IReadOnlyList<OtlpValue> items) => new(OtlpValueKind.List, items);

    public static OtlpValue Of(OtlpAttributeSet map) => new(OtlpValueKind.Map, map);

    /// <summary>As plain text: strings as they are, lists and maps as JSON; null when empty.</summary>
    public string? AsText() => Kind switch
    {
        OtlpValueKind.None => null,
        OtlpValueKind.String => String,
        _ => ToJson(),
    };

    /// <summary>As JSON text; a string that holds JSON is taken as that JSON.</summary>
    public string? AsParsedJson() => Kind switch
    {
        OtlpValueKind.None => null,
        OtlpValueKind.String => JsonText.FromAttribute(String!),
        _ => ToJson(),
    };

    /// <summary>As JSON text; strings stay strings.</summary>
    public string ToJson()
    {
        var builder = new StringBuilder();
        Write(builder);
        return builder.ToString();
    }

    public void Write(StringBuilder json)
    {
        switch (Kind)
        {
            case OtlpValueKind.String:
                json.Append(JsonText.Quote(String!));
                break;
            case OtlpValueKind.Boolean:
                json.Append(Integer != 0 ? "true" : "false");
                break;
            case OtlpValueKind.Integer:
                json.Append(CultureInfo.InvariantCulture, $"{Integer}");
                break;
            case OtlpValueKind.Double:
                WriteDouble(json);
                break;
            case OtlpValueKind.List:
                WriteList(json);
                break;
            case OtlpValueKind.Map:
                ((OtlpAttributeSet)_reference!).Write(json, static (value, text) => value.Write(text));
                break;
            default:
                json.Append("null");
                break;
        }
    }

    private void WriteDouble(StringBuilder json)
    {
        var text = _double.ToString("R", CultureInfo.InvariantCulture);
        json.Append(double.IsFinite(_double) ? text : JsonText.Quote(text));
    }

    private void WriteList(StringBuilder json)
    {
        json.Append('[');
        var first = true;
        foreach (var item in Items)
        {
            json.Append(first ? "" : ",");
            item.Write(json);
            first = false;
        }

        json.Append(']');
    }
}
