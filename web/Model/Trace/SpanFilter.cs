namespace Actors.Web.Model.Trace;

/// <summary>Which spans of a trace are looked for.</summary>
/// <param name="Text">Part of a name, or an id; empty: any.</param>
/// <param name="Level">The lowest level, <c>WARNING</c> or <c>ERROR</c>; anything else: any.</param>
public readonly record struct SpanFilter(string? Text, string? Level)
{
    /// <summary>Whether it leaves anything out.</summary>
    public bool IsActive => !string.IsNullOrWhiteSpace(Text) || Rank(Level) > 1;

    /// <summary>Whether the span is looked for.</summary>
    public bool Matches(WaterfallSpan span) =>
        (Rank(Level) <= 1 || Rank(span.Level) >= Rank(Level))
        && (string.IsNullOrWhiteSpace(Text) || span.Name.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase) || span.Id == Text.Trim());

    private static int Rank(string? level) => level switch
    {
        "ERROR" => 3,
        "WARNING" => 2,
        "DEBUG" => 0,
        _ => 1,
    };
}
