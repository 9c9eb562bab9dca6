namespace Actors.Pricing;

/// <summary>The kinds of <see cref="UsageNode"/>.</summary>
public enum UsageNodeKind
{
    /// <summary>Said to be null.</summary>
    Null,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text, which may hold a number.</summary>
    Text,

    /// <summary>An object of further nodes.</summary>
    Map,

    /// <summary>Anything else: it is never a count.</summary>
    Other,
}

/// <summary>
/// One entry of a usage or cost object as it came over the wire, whatever the wire: JSON fields and OTLP attributes
/// both become these, so that the rules of <see cref="UsageShapes"/> are written once.
/// </summary>
public readonly struct UsageNode
{
    private readonly decimal _number;
    private readonly object? _content;

    private UsageNode(string key, UsageNodeKind kind, decimal number, object? content)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
        Kind = kind;
        _number = number;
        _content = content;
    }

    /// <summary>The name of the entry.</summary>
    public string Key { get; }

    /// <summary>What the entry holds.</summary>
    public UsageNodeKind Kind { get; }

    /// <summary>The number; 0 for other kinds.</summary>
    public decimal Number => _number;

    /// <summary>The text; null for other kinds.</summary>
    public string? Text => _content as string;

    /// <summary>The entries of a map; empty for other kinds.</summary>
    public ReadOnlySpan<UsageNode> Children => _content as UsageNode[];

    /// <summary>An entry that is null.</summary>
    public static UsageNode OfNull(string key) => new(key, UsageNodeKind.Null, 0, null);

    /// <summary>An entry that is an integer.</summary>
    public static UsageNode Of(string key, long number) => Of(key, (decimal)number);

    /// <summary>An entry that is a number.</summary>
    public static UsageNode Of(string key, decimal number) => new(key, UsageNodeKind.Number, number, null);

    /// <summary>An entry that is a number; infinite, NaN and very large ones become <see cref="UsageNodeKind.Other"/>.</summary>
    public static UsageNode Of(string key, double number) =>
        Math.Abs(number) < 1e27 ? Of(key, (decimal)number) : OfOther(key);

    /// <summary>An entry that is a text.</summary>
    public static UsageNode Of(string key, string text) => new(key, UsageNodeKind.Text, 0, text);

    /// <summary>An entry that holds further entries.</summary>
    public static UsageNode Of(string key, UsageNode[] children) => new(key, UsageNodeKind.Map, 0, children);

    /// <summary>An entry that is never a count, for example a list or a boolean.</summary>
    public static UsageNode OfOther(string key) => new(key, UsageNodeKind.Other, 0, null);
}
