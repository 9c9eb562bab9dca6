namespace Actors.Web.Model.Trace;

/// <summary>How much of a whole something is, in five steps, for the eye.</summary>
public static class Heat
{
    /// <summary>0, for next to nothing, to 4, for most of it.</summary>
    public static int Of(double share) => share switch
    {
        >= 0.75 => 4,
        >= 0.45 => 3,
        >= 0.2 => 2,
        >= 0.05 => 1,
        _ => 0,
    };

    /// <summary>The share of a line's time in that of its trace.</summary>
    public static int OfTime(WaterfallTree tree, SpanLine line, DateTimeOffset now) =>
        Of((line.Span.EndAt(now) - line.Span.Start) / tree.Total(now));

    /// <summary>The share of a line's cost in that of its trace.</summary>
    public static int OfCost(WaterfallTree tree, SpanLine line) => Of(CostShare(tree, line));

    /// <summary>What of the cost of the trace, or of its tokens when no cost is known, belongs to a line: 0 to 1.</summary>
    public static double CostShare(WaterfallTree tree, SpanLine line)
    {
        var root = tree.Lines[0];
        return tree.HasCosts
            ? root.Cost is > 0 and var all ? (double)((line.Cost ?? 0) / all) : 0
            : root.Tokens > 0 ? (double)line.Tokens / root.Tokens : 0;
    }
}
