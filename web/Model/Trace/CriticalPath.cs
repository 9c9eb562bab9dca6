namespace Actors.Web.Model.Trace;

/// <summary>A stretch of time in which one span alone decided how long the trace took.</summary>
/// <param name="Line">The line of the span.</param>
/// <param name="Start">Milliseconds from the start of the trace.</param>
/// <param name="End">Milliseconds from the start of the trace.</param>
public readonly record struct CriticalPart(int Line, double Start, double End);

/// <summary>
/// The chain of work that made a trace as long as it is: making anything on it faster makes the trace faster, making anything
/// else faster does not.
/// </summary>
/// <remarks>
/// As CRISP defines it for nested spans (Zhang et al., "CRISP: Critical Path Analysis of Large-Scale Microservice
/// Architectures", USENIX ATC 2022): from the end of a span backwards, its child that ended last is on the path; before the
/// start of that child, the child that ended last before it; what lies between is the span's own time. A child that outlives
/// its parent is cut at the end of the parent. A child that was still running when the next one on the path began held
/// nothing up.
/// </remarks>
public sealed class CriticalPath
{
    private readonly ILookup<int, CriticalPart> _byLine;

    private CriticalPath(List<CriticalPart> parts)
    {
        Parts = parts;
        _byLine = parts.ToLookup(p => p.Line);
    }

    /// <summary>The path by time: without overlaps, and without holes from the start of the root to its end.</summary>
    public IReadOnlyList<CriticalPart> Parts { get; }

    /// <summary>The parts of one line, by time.</summary>
    public IReadOnlyList<CriticalPart> On(int line) => [.. _byLine[line]];

    /// <summary>Finds the path of a trace.</summary>
    /// <param name="tree">The trace.</param>
    /// <param name="now">Where what still runs ends.</param>
    public static CriticalPath Of(WaterfallTree tree, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var parts = new List<CriticalPart>();
        if (tree.Lines.Count == 0)
            return new(parts);

        // Explicit stack: a trace may nest deeper than the thread's stack. Found from the end to the start.
        var open = new Stack<Step>();
        var (start, end) = Span(0);
        open.Push(new Step(0, start, end, Candidates(0, start, end)));
        while (open.TryPeek(out var step))
        {
            if (step.TryNext(out var child))
            {
                if (child.End < step.At)
                    parts.Add(new(step.Line, child.End, step.At));
                step.At = child.Start;
                open.Push(new Step(child.Line, child.Start, child.End, Candidates(child.Line, child.Start, child.End)));
            }
            else
            {
                if (step.Floor < step.At)
                    parts.Add(new(step.Line, step.Floor, step.At));
                open.Pop();
            }
        }
        parts.Reverse();
        return new(parts);

        (double Start, double End) Span(int line)
        {
            var span = tree.Lines[line].Span;
            return ((span.Start - tree.Start).TotalMilliseconds, (span.EndAt(now) - tree.Start).TotalMilliseconds);
        }

        // Children inside the parent, the last to end first; of those that end together the longest counts.
        List<CriticalPart> Candidates(int line, double floor, double until)
        {
            var found = new List<CriticalPart>();
            foreach (var child in tree.Children(line))
            {
                var (from, to) = Span(child);
                (from, to) = (Math.Max(from, floor), Math.Min(to, until));
                if (from < to)
                    found.Add(new(child, from, to));
            }
            found.Sort(static (a, b) => b.End != a.End ? b.End.CompareTo(a.End)
                : a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Line.CompareTo(b.Line));
            return found;
        }
    }

    private sealed class Step(int line, double floor, double at, List<CriticalPart> children)
    {
        private int _next;

        public int Line => line;

        public double Floor => floor;

        public double At { get; set; } = at;

        public bool TryNext(out CriticalPart child)
        {
            while (_next < children.Count)
            {
                child = children[_next++];
                if (child.End <= At)
                    return true;
            }
            child = default;
            return false;
        }
    }
}
