namespace Actors.Web.Model.Trace;

/// <summary>One line of a waterfall before it is placed: the trace itself or one observation.</summary>
/// <param name="Id">Unique within the trace.</param>
/// <param name="ParentId">Null, or an id that may be missing: such an orphan hangs under the root.</param>
/// <param name="Name">What is written in the gutter.</param>
/// <param name="Kind">Lower case type: trace, span, generation, event, agent, tool, chain, retriever, evaluator, embedding, guardrail.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended; null while it runs, and always null for events.</param>
/// <param name="FirstToken">When the first token arrived, for streamed generations.</param>
/// <param name="Level">DEBUG, DEFAULT, WARNING or ERROR.</param>
/// <param name="Note">Short fact behind the duration, such as <c>1,930 tok</c>.</param>
/// <param name="Cost">What it cost by itself, in US dollars; null: unknown.</param>
/// <param name="Tokens">What it used by itself.</param>
public sealed record WaterfallSpan(
    string Id,
    string? ParentId,
    string Name,
    string Kind,
    DateTimeOffset Start,
    DateTimeOffset? End,
    DateTimeOffset? FirstToken = null,
    string Level = "DEFAULT",
    string? Note = null,
    decimal? Cost = null,
    long Tokens = 0)
{
    /// <summary>Events are moments and have no length.</summary>
    public bool IsPoint => Kind == "event";

    /// <summary>Has begun and has not ended.</summary>
    public bool IsRunning => End is null && !IsPoint;

    /// <summary>Ended badly.</summary>
    public bool Failed => Level == "ERROR";

    /// <summary>Where it ends as of <paramref name="now"/>, never before its start.</summary>
    public DateTimeOffset EndAt(DateTimeOffset now)
    {
        var end = IsPoint ? Start : End ?? now;
        return end < Start ? Start : end;
    }
}

/// <summary>A span where it stands in its tree.</summary>
/// <param name="Span">The span.</param>
/// <param name="Depth">0 for the root.</param>
/// <param name="Parent">The line of its parent; -1 for the root.</param>
/// <param name="Descendants">How many of the following lines are below it.</param>
/// <param name="Cost">What it and all below it cost; null: unknown.</param>
/// <param name="Tokens">What it and all below it used.</param>
public readonly record struct SpanLine(WaterfallSpan Span, int Depth, int Parent, int Descendants, decimal? Cost, long Tokens);

/// <summary>Where the words of a bar stand.</summary>
public enum LabelSide
{
    /// <summary>Right of the bar, the usual place.</summary>
    After,

    /// <summary>Left of the bar, where there is no room right of it.</summary>
    Before,

    /// <summary>On the bar, where there is no room on either side.</summary>
    Inside,
}

/// <summary>The bar of a span, placed. Percentages are of the visible part of the trace.</summary>
/// <param name="Left">Start of the bar.</param>
/// <param name="Width">Length of the bar.</param>
/// <param name="Ttft">The first token as a percentage of the bar, when known and inside it.</param>
/// <param name="Label">Duration and note.</param>
/// <param name="Side">Where the label stands.</param>
public sealed record WaterfallBar(double Left, double Width, double? Ttft, string Label, LabelSide Side);
