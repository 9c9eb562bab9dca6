namespace Actors.Web.Model.Trace.Graph;

/// <summary>A step of an agent: one call, or all calls of one name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The kind of its spans.</param>
/// <param name="SpanIds">The calls, by start; not empty.</param>
/// <param name="Time">How long all of them took; what still runs is left out.</param>
/// <param name="Cost">What all of them cost by themselves; null: unknown.</param>
/// <param name="Failed">How many of them failed.</param>
public sealed record StepNode(string Name, string Kind, IReadOnlyList<string> SpanIds, TimeSpan Time, decimal? Cost, int Failed);

/// <summary>That one step led to another.</summary>
/// <param name="From">The place of the first in the list of nodes.</param>
/// <param name="To">The place of the second.</param>
/// <param name="Count">How often.</param>
public readonly record struct StepEdge(int From, int To, int Count);

/// <summary>
/// What an agent did as a graph. A step leads to those of its children that waited for no brother, and to those of its
/// brothers that began when it had ended, with nothing in between.
/// </summary>
/// <param name="Nodes">By their first start.</param>
/// <param name="Edges">By their first appearance.</param>
/// <param name="LeftOut">Calls that are not in the graph because it would be too large to read.</param>
public sealed record StepGraph(IReadOnlyList<StepNode> Nodes, IReadOnlyList<StepEdge> Edges, int LeftOut)
{
    /// <summary>The most nodes of a graph.</summary>
    public const int MaxNodes = 200;

    // Where dozens of brothers end before dozens of others begin, a few edges say as much as hundreds.
    private const int MaxBefore = 6;

    /// <summary>Makes the graph of a trace. Moments are no steps.</summary>
    /// <param name="tree">The trace.</param>
    /// <param name="calls">One node for each call; else one for all calls of a name and kind.</param>
    public static StepGraph Of(WaterfallTree tree, bool calls)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var groups = new List<List<int>>();
        var places = new Dictionary<(string, string, int), int>();
        var nodeOf = new int[tree.Lines.Count];
        var leftOut = 0;
        for (var line = 0; line < tree.Lines.Count; line++)
        {
            nodeOf[line] = -1;
            var span = tree.Lines[line].Span;
            if (span.IsPoint)
                continue;
            var key = (span.Name, span.Kind, calls || line == 0 ? line : -1);
            if (!places.TryGetValue(key, out var place))
            {
                if (groups.Count == MaxNodes)
                {
                    leftOut++;
                    continue;
                }
                places.Add(key, place = groups.Count);
                groups.Add([]);
            }
            groups[place].Add(line);
            nodeOf[line] = place;
        }

        return new([.. groups.Select(g => Node(tree, g))], Join(tree, nodeOf), leftOut);
    }

    private static StepNode Node(WaterfallTree tree, List<int> lines)
    {
        var spans = lines.ConvertAll(l => tree.Lines[l].Span);
        spans.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return new(
            spans[0].Name,
            spans[0].Kind,
            spans.ConvertAll(s => s.Id),
            spans.Aggregate(TimeSpan.Zero, (sum, s) => sum + (s.End is { } end && end > s.Start ? end - s.Start : TimeSpan.Zero)),
            spans.Exists(s => s.Cost is not null) ? spans.Sum(s => s.Cost ?? 0) : null,
            spans.Count(s => s.Failed));
    }

    private static List<StepEdge> Join(WaterfallTree tree, int[] nodeOf)
    {
        var edges = new List<StepEdge>();
        var places = new Dictionary<(int, int), int>();
        for (var line = 0; line < nodeOf.Length; line++)
        {
            if (nodeOf[line] < 0)
                continue;
            var children = tree.Children(line).Where(c => nodeOf[c] >= 0).ToList();
            foreach (var (from, to) in Order(tree, line, children))
            {
                var key = (nodeOf[from], nodeOf[to]);
                if (places.TryGetValue(key, out var place))
                {
                    edges[place] = edges[place] with { Count = edges[place].Count + 1 };
                }
                else
                {
                    places.Add(key, edges.Count);
                    edges.Add(new(key.Item1, key.Item2, 1));
                }
            }
        }
        return edges;
    }

    // Of all brothers that had ended when a child began, those count that ended after the last of them to begin had begun.
    private static IEnumerable<(int From, int To)> Order(WaterfallTree tree, int parent, List<int> children)
    {
        var byEnd = children.OrderBy(End).ThenBy(c => c).ToList();
        var (ended, latest) = (0, DateTimeOffset.MinValue);
        foreach (var child in children)
        {
            var start = tree.Lines[child].Span.Start;
            for (; ended < byEnd.Count && End(byEnd[ended]) <= start && tree.Lines[byEnd[ended]].Span.Start < start; ended++)
                latest = tree.Lines[byEnd[ended]].Span.Start > latest ? tree.Lines[byEnd[ended]].Span.Start : latest;
            if (ended == 0)
            {
                yield return (parent, child);
                continue;
            }
            for (var i = ended - 1; i >= 0 && ended - i <= MaxBefore && (i == ended - 1 || End(byEnd[i]) > latest); i--)
                yield return (byEnd[i], child);
        }

        DateTimeOffset End(int line) => tree.Lines[line].Span.EndAt(DateTimeOffset.MaxValue);
    }
}
