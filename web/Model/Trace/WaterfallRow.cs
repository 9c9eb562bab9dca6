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
public sealed record WaterfallSpan(
    string Id,
    string? ParentId,
    string Name,
    string Kind,
    DateTimeOffset Start,
    DateTimeOffset? End,
    DateTimeOffset? FirstToken = null,
    string Level = "DEFAULT",
    string? Note = null)
{
    /// <summary>Events are moments and have no length.</summary>
    public bool IsPoint => Kind == "event";

    /// <summary>Has begun and has not ended.</summary>
    public bool IsRunning => End is null && !IsPoint;

    /// <summary>Ended badly.</summary>
    public bool Failed => Level == "ERROR";
}

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

/// <summary>One line of a waterfall, placed. Percentages are of the visible part of the trace.</summary>
/// <param name="Span">What is drawn.</param>
/// <param name="Depth">0 for the root.</param>
/// <param name="HasChildren">Whether it can be folded.</param>
/// <param name="Collapsed">Whether it is folded.</param>
/// <param name="Left">Start of the bar.</param>
/// <param name="Width">Length of the bar.</param>
/// <param name="Ttft">The first token as a percentage of the bar, when known and inside it.</param>
/// <param name="Label">Duration and note.</param>
/// <param name="Side">Where the label stands.</param>
public sealed record WaterfallRow(
    WaterfallSpan Span,
    int Depth,
    bool HasChildren,
    bool Collapsed,
    double Left,
    double Width,
    double? Ttft,
    string Label,
    LabelSide Side);
