namespace Actors.Web.Model.Trace;

/// <summary>The spans of one trace in reading order: children under parents, brothers by start.</summary>
public sealed class WaterfallTree
{
    private readonly List<SpanLine> _lines;
    private readonly Dictionary<string, int> _places;

    private WaterfallTree(List<SpanLine> lines)
    {
        _lines = lines;
        _places = new(lines.Count);
        foreach (var line in lines)
        {
            _places[line.Span.Id] = _places.Count;
            Start = _places.Count == 1 || line.Span.Start < Start ? line.Span.Start : Start;
            HasCosts |= line.Span.Cost is > 0;
        }
        End = lines.Count == 0 || lines.Exists(l => l.Span.IsRunning) ? null : lines.Max(l => l.Span.EndAt(l.Span.Start));
    }

    /// <summary>Nothing to show.</summary>
    public static WaterfallTree Empty { get; } = new([]);

    /// <summary>The earliest start.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The latest end; null while anything runs.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>Whether the cost of anything is known and not zero.</summary>
    public bool HasCosts { get; }

    /// <summary>Every span in reading order, the root first.</summary>
    public IReadOnlyList<SpanLine> Lines => _lines;

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

        var lines = new List<SpanLine>(known.Count + 1);
        var seen = new HashSet<string>(known.Count + 1);
        Walk(root, 0, -1);
        // Spans in a ring of parents are reachable from nowhere; each ring is cut at its earliest member.
        if (seen.Count <= known.Count)
        {
            foreach (var span in known.Values.OrderBy(s => s.Start).ThenBy(s => s.Id, StringComparer.Ordinal))
            {
                if (!seen.Contains(span.Id))
                    Walk(span, 1, 0);
            }
        }
        AddUp(lines);
        return new(lines);

        // Explicit stack: agents that call themselves make trees deeper than the thread's stack.
        void Walk(WaterfallSpan top, int depth, int parent)
        {
            var path = new Stack<(WaterfallSpan Span, int Depth, int Parent)>();
            path.Push((top, depth, parent));
            while (path.TryPop(out var next))
            {
                if (!seen.Add(next.Span.Id))
                    continue;
                var line = lines.Count;
                lines.Add(new(next.Span, next.Depth, next.Parent, 0, next.Span.Cost, next.Span.Tokens));
                if (children.TryGetValue(next.Span.Id, out var below))
                {
                    for (var i = below.Count - 1; i >= 0; i--)
                        path.Push((below[i], next.Depth + 1, line));
                }
            }
        }
    }

    /// <summary>The line of a span; -1 when there is no such span.</summary>
    public int Find(string? id) => id is not null && _places.TryGetValue(id, out var line) ? line : -1;

    /// <summary>The lines directly below a line, by start.</summary>
    public IEnumerable<int> Children(int line)
    {
        var end = line + _lines[line].Descendants;
        for (var i = line + 1; i <= end; i += _lines[i].Descendants + 1)
            yield return i;
    }

    /// <summary>
    /// The lines that are shown: those that are not folded away, or while something is looked for, what was found and all above
    /// it, folded or not.
    /// </summary>
    public List<int> Visible(IReadOnlySet<string> collapsed, SpanFilter filter)
    {
        var shown = new List<int>(_lines.Count);
        if (filter.IsActive)
        {
            var kept = new bool[_lines.Count];
            for (var i = _lines.Count - 1; i >= 0; i--)
            {
                kept[i] |= i == 0 || filter.Matches(_lines[i].Span);
                if (kept[i] && i > 0)
                    kept[_lines[i].Parent] = true;
            }
            shown.AddRange(Enumerable.Range(0, kept.Length).Where(i => kept[i]));
            return shown;
        }

        for (var i = 0; i < _lines.Count; i++)
        {
            shown.Add(i);
            if (_lines[i].Descendants > 0 && collapsed.Contains(_lines[i].Span.Id))
                i += _lines[i].Descendants;
        }
        return shown;
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
        for (var i = Find(id); i > 0;)
        {
            i = _lines[i].Parent;
            yield return _lines[i].Span.Id;
        }
    }

    // Lines follow their parents, so from the end every line is whole before it is added to its parent.
    private static void AddUp(List<SpanLine> lines)
    {
        for (var i = lines.Count - 1; i > 0; i--)
        {
            var (line, parent) = (lines[i], lines[lines[i].Parent]);
            lines[line.Parent] = parent with
            {
                Descendants = parent.Descendants + line.Descendants + 1,
                Cost = line.Cost is { } cost ? (parent.Cost ?? 0) + cost : parent.Cost,
                Tokens = parent.Tokens + line.Tokens,
            };
        }
    }
}
