namespace Actors.Web.Model.Trace;

/// <summary>The spans of one trace in reading order: children under parents, brothers by start.</summary>
public sealed class WaterfallTree
{
    private readonly List<(WaterfallSpan Span, int Depth, int Descendants)> _lines;

    private WaterfallTree(List<(WaterfallSpan, int, int)> lines, DateTimeOffset start, DateTimeOffset? end)
    {
        _lines = lines;
        Start = start;
        End = end;
    }

    /// <summary>Nothing to show.</summary>
    public static WaterfallTree Empty { get; } = new([], default, null);

    /// <summary>The earliest start.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The latest end; null while anything runs.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>Number of lines, the root included.</summary>
    public int Count => _lines.Count;

    /// <summary>Every span in reading order.</summary>
    public IEnumerable<WaterfallSpan> Spans => _lines.Select(l => l.Span);

    /// <summary>
    /// Orders <paramref name="spans"/> under <paramref name="root"/>. Spans whose parent is missing, or that are their own
    /// ancestor, hang under the root, so nothing that was sent is ever left out.
    /// </summary>
    public static WaterfallTree Build(WaterfallSpan root, IReadOnlyCollection<WaterfallSpan> spans)
    {
        var known = spans.DistinctBy(s => s.Id).Where(s => s.Id != root.Id).ToDictionary(s => s.Id);
        var children = known.Values
            .GroupBy(s => s.ParentId is { } p && p != s.Id && known.ContainsKey(p) ? p : root.Id)
            .ToDictionary(g => g.Key, g => g.OrderBy(s => s.Start).ThenBy(s => s.Id, StringComparer.Ordinal).ToList());

        var lines = new List<(WaterfallSpan Span, int Depth, int Descendants)>(known.Count + 1);
        var seen = new HashSet<string>();
        Walk(root, 0);
        // Spans in a ring of parents are reachable from nowhere; each ring is cut at its earliest member.
        foreach (var span in known.Values.OrderBy(s => s.Start).ThenBy(s => s.Id, StringComparer.Ordinal))
        {
            if (!seen.Contains(span.Id))
                Walk(span, 1);
        }
        lines[0] = lines[0] with { Descendants = lines.Count - 1 };

        var start = lines.Min(l => l.Span.Start);
        DateTimeOffset? end = lines.Exists(l => l.Span.IsRunning)
            ? null
            : lines.Max(l => l.Span.End ?? l.Span.Start);
        return new(lines, start, end);

        // Explicit stack: agents that call themselves make trees deeper than the thread's stack.
        void Walk(WaterfallSpan top, int depth)
        {
            var path = new Stack<(WaterfallSpan Span, int Depth, int Line)>();
            path.Push((top, depth, -1));
            while (path.TryPop(out var next))
            {
                if (next.Line >= 0)
                {
                    lines[next.Line] = lines[next.Line] with { Descendants = lines.Count - 1 - next.Line };
                    continue;
                }
                if (!seen.Add(next.Span.Id))
                    continue;
                path.Push(next with { Line = lines.Count });
                lines.Add((next.Span, next.Depth, 0));
                if (children.TryGetValue(next.Span.Id, out var below))
                {
                    for (var i = below.Count - 1; i >= 0; i--)
                        path.Push((below[i], next.Depth + 1, -1));
                }
            }
        }
    }

    /// <summary>Places the lines that are not folded away.</summary>
    /// <param name="now">The end of what still runs.</param>
    /// <param name="collapsed">Ids of folded spans.</param>
    /// <param name="view">The visible part of the trace.</param>
    public List<WaterfallRow> Place(DateTimeOffset now, IReadOnlySet<string> collapsed, WaterfallView view)
    {
        var rows = new List<WaterfallRow>(_lines.Count);
        var total = Total(now).TotalMilliseconds;
        for (var i = 0; i < _lines.Count; i++)
        {
            var (span, depth, descendants) = _lines[i];
            var folded = descendants > 0 && collapsed.Contains(span.Id);
            rows.Add(view.Place(span, depth, descendants > 0, folded, Start, total, now));
            if (folded)
                i += descendants;
        }
        return rows;
    }

    /// <summary>Length of the time axis, never zero.</summary>
    public TimeSpan Total(DateTimeOffset now)
    {
        var total = (End ?? now) - Start;
        return total > TimeSpan.FromMilliseconds(1) ? total : TimeSpan.FromMilliseconds(1);
    }

    /// <summary>Ids above <paramref name="id"/>, so that a chosen span can be made visible.</summary>
    public IEnumerable<string> Ancestors(string id)
    {
        var at = _lines.FindIndex(l => l.Span.Id == id);
        for (var (i, depth) = (at - 1, at < 0 ? 0 : _lines[at].Depth); i >= 0 && depth > 0; i--)
        {
            if (_lines[i].Depth < depth)
            {
                depth = _lines[i].Depth;
                yield return _lines[i].Span.Id;
            }
        }
    }
}
