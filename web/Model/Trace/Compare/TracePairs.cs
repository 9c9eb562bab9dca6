namespace Actors.Web.Model.Trace.Compare;

/// <summary>A span of one trace and its counterpart in another; at least one of them is there.</summary>
/// <param name="Depth">0 for the roots.</param>
/// <param name="Left">Its line in the first trace; null: it is only in the second.</param>
/// <param name="Right">Its line in the second trace; null: it is only in the first.</param>
public readonly record struct SpanPair(int Depth, SpanLine? Left, SpanLine? Right)
{
    /// <summary>Names the pair.</summary>
    public WaterfallSpan Either => (Left ?? Right)!.Value.Span;

    /// <summary>Whether both traces have it.</summary>
    public bool IsBoth => Left is not null && Right is not null;

    /// <summary>How much longer the second took; null unless both have it and have ended.</summary>
    public TimeSpan? Longer => IsBoth && Left!.Value.Span is { IsRunning: false, IsPoint: false } a && Right!.Value.Span is { IsRunning: false, IsPoint: false } b
        ? (b.EndAt(b.Start) - b.Start) - (a.EndAt(a.Start) - a.Start)
        : null;

    /// <summary>How many more tokens the second used with all below it; null unless both have it.</summary>
    public long? MoreTokens => IsBoth ? Right!.Value.Tokens - Left!.Value.Tokens : null;

    /// <summary>How much more the second cost with all below it; null unless both costs are known.</summary>
    public decimal? MoreCost => IsBoth ? Right!.Value.Cost - Left!.Value.Cost : null;

    /// <summary>Whether the levels differ.</summary>
    public bool IsOtherLevel => IsBoth && Left!.Value.Span.Level != Right!.Value.Span.Level;
}

/// <summary>
/// Two traces side by side. Below a pair the children of the same name and kind are paired in their order: the third
/// <c>search</c> of one agent with the third of the other, wherever it stands. The roots are always a pair.
/// </summary>
public static class TracePairs
{
    /// <summary>All spans of both, in the order of the first; what only the second has follows the pair it came after.</summary>
    public static IReadOnlyList<SpanPair> Of(WaterfallTree left, WaterfallTree right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var pairs = new List<SpanPair>();
        if (left.Lines.Count == 0 || right.Lines.Count == 0)
            return pairs;

        // Explicit stack: a trace may nest deeper than the thread's stack.
        var open = new Stack<(int Depth, int? Left, int? Right)>();
        open.Push((0, 0, 0));
        while (open.TryPop(out var next))
        {
            pairs.Add(new(next.Depth, next.Left is { } l ? left.Lines[l] : null, next.Right is { } r ? right.Lines[r] : null));
            foreach (var (a, b) in Enumerable.Reverse(Children(left, next.Left, right, next.Right)))
                open.Push((next.Depth + 1, a, b));
        }
        return pairs;
    }

    private static List<(int? Left, int? Right)> Children(WaterfallTree left, int? leftParent, WaterfallTree right, int? rightParent)
    {
        var ours = leftParent is { } l ? left.Children(l).ToList() : [];
        var theirs = rightParent is { } r ? right.Children(r).ToList() : [];
        var waiting = ours.GroupBy(c => Key(left, c)).ToDictionary(g => g.Key, g => new Queue<int>(g));
        var partner = new Dictionary<int, int>();

        // What only the second has stands behind the pair that it came after there.
        var alone = new Dictionary<int, List<int>>();
        var last = -1;
        foreach (var child in theirs)
        {
            if (waiting.TryGetValue(Key(right, child), out var same) && same.TryDequeue(out var found))
            {
                partner.Add(found, child);
                last = found;
            }
            else
            {
                (alone.TryGetValue(last, out var list) ? list : alone[last] = []).Add(child);
            }
        }

        var pairs = new List<(int?, int?)>(ours.Count + theirs.Count);
        AddAlone(-1);
        foreach (var child in ours)
        {
            pairs.Add((child, partner.TryGetValue(child, out var other) ? other : null));
            AddAlone(child);
        }
        return pairs;

        void AddAlone(int after)
        {
            foreach (var child in alone.GetValueOrDefault(after) ?? [])
                pairs.Add((null, child));
        }
    }

    private static (string, string) Key(WaterfallTree tree, int line) => (tree.Lines[line].Span.Name, tree.Lines[line].Span.Kind);
}
