namespace Actors.Web.Model.Trace.Graph;

/// <summary>A point of a drawing, in pixels.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
public readonly record struct Place(double X, double Y);

/// <summary>The way of an edge.</summary>
/// <param name="Points">From its beginning to its end; at least two.</param>
/// <param name="IsBack">Whether it closes a loop, against the direction of the drawing.</param>
public sealed record EdgeWay(IReadOnlyList<Place> Points, bool IsBack);

/// <summary>
/// Draws a directed graph from top to bottom in layers: loops are opened where a depth-first walk closes them, every node
/// stands below all that lead to it, and the nodes of a layer are ordered by the middle of their neighbours so that few edges
/// cross (Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981). The same
/// graph always gives the same drawing.
/// </summary>
public sealed class LayeredLayout
{
    /// <summary>The width of a node.</summary>
    public const double NodeWidth = 176;

    /// <summary>The height of a node.</summary>
    public const double NodeHeight = 44;

    private const double GapX = 28;
    private const double GapY = 40;
    private const double BendWidth = 14;
    private const int Sweeps = 6;

    // An edge over more layers than this goes straight: bends for it would cost more than they clear.
    private const int MaxBends = 10;

    private readonly List<List<int>> _layers = [];
    private readonly List<List<int>> _above = [];
    private readonly List<List<int>> _below = [];
    private readonly List<double> _x = [];
    private readonly int _nodes;

    private LayeredLayout(int nodes, IReadOnlyList<(int From, int To)> edges)
    {
        _nodes = nodes;
        var isBack = BackEdges(nodes, edges);
        var rank = Ranks(nodes, edges, isBack);
        for (var i = 0; i < nodes; i++)
            Add(rank[i]);

        var bends = new List<int>[edges.Count];
        for (var e = 0; e < edges.Count; e++)
        {
            bends[e] = [];
            var (from, to) = edges[e];
            if (isBack[e] || from == to)
                continue;
            var last = from;
            if (rank[to] - rank[from] - 1 <= MaxBends)
            {
                for (var r = rank[from] + 1; r < rank[to]; r++)
                {
                    bends[e].Add(Add(r));
                    Join(last, bends[e][^1]);
                    last = bends[e][^1];
                }
            }
            Join(last, to);
        }

        Order();
        Spread();
        Nodes = [.. Enumerable.Range(0, nodes).Select(i => new Place(_x[i], rank[i] * (NodeHeight + GapY) + NodeHeight / 2))];
        Edges = [.. edges.Select((e, i) => new EdgeWay(Way(e.From, e.To, isBack[i], bends[i], rank), isBack[i]))];
        Height = Math.Max(1, _layers.Count) * (NodeHeight + GapY) - GapY;
    }

    /// <summary>The middles of the nodes.</summary>
    public IReadOnlyList<Place> Nodes { get; }

    /// <summary>The ways of the edges, in their order.</summary>
    public IReadOnlyList<EdgeWay> Edges { get; }

    /// <summary>The width of the drawing.</summary>
    public double Width { get; private set; }

    /// <summary>The height of the drawing.</summary>
    public double Height { get; }

    /// <summary>Draws a graph.</summary>
    /// <param name="nodes">Its number of nodes.</param>
    /// <param name="edges">Pairs of nodes.</param>
    public static LayeredLayout Of(int nodes, IReadOnlyList<(int From, int To)> edges) => new(nodes, edges);

    private int Add(int rank)
    {
        while (_layers.Count <= rank)
            _layers.Add([]);
        _layers[rank].Add(_x.Count);
        _above.Add([]);
        _below.Add([]);
        _x.Add(0);
        return _x.Count - 1;
    }

    private void Join(int upper, int lower)
    {
        _below[upper].Add(lower);
        _above[lower].Add(upper);
    }

    private void Order()
    {
        var at = new double[_x.Count];
        foreach (var layer in _layers)
            Note(layer);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var down = sweep % 2 == 0;
            var neighbours = down ? _above : _below;
            for (var i = 0; i < _layers.Count; i++)
            {
                var layer = _layers[down ? i : _layers.Count - 1 - i];
                // OrderBy keeps the order of equals, so that what has no neighbours stays where it is.
                var sorted = layer.OrderBy(n => neighbours[n].Count == 0 ? at[n] : neighbours[n].Average(m => at[m])).ToList();
                layer.Clear();
                layer.AddRange(sorted);
                Note(layer);
            }
        }

        // Places are shares of the layer, so that layers of different sizes can be compared.
        void Note(List<int> layer)
        {
            for (var i = 0; i < layer.Count; i++)
                at[layer[i]] = (i + 0.5) / layer.Count;
        }
    }

    private void Spread()
    {
        var widths = _layers.ConvertAll(l => l.Sum(WidthOf) + GapX * Math.Max(0, l.Count - 1));
        Width = widths.Count == 0 ? NodeWidth : widths.Max();
        for (var i = 0; i < _layers.Count; i++)
        {
            var x = (Width - widths[i]) / 2;
            foreach (var node in _layers[i])
            {
                _x[node] = x + WidthOf(node) / 2;
                x += WidthOf(node) + GapX;
            }
        }
    }

    private double WidthOf(int node) => node < _nodes ? NodeWidth : BendWidth;

    private List<Place> Way(int from, int to, bool isBack, List<int> bends, int[] rank)
    {
        var (top, step) = (NodeHeight / 2, NodeHeight + GapY);
        double Y(int node) => rank[node] * step + top;
        if (from == to)
            return [new(_x[from] + NodeWidth / 2, Y(from) - 8), new(_x[from] + NodeWidth / 2, Y(from) + 8)];
        if (isBack)
            return [new(_x[from] + NodeWidth / 2, Y(from)), new(_x[to] + NodeWidth / 2, Y(to))];

        var way = new List<Place> { new(_x[from], Y(from) + top) };
        for (var i = 0; i < bends.Count; i++)
            way.Add(new(_x[bends[i]], (rank[from] + 1 + i) * step + top));
        way.Add(new(_x[to], Y(to) - top));
        return way;
    }

    private static bool[] BackEdges(int nodes, IReadOnlyList<(int From, int To)> edges)
    {
        var leaving = Leaving(nodes, edges);
        var isBack = new bool[edges.Count];
        var state = new byte[nodes];
        for (var root = 0; root < nodes; root++)
        {
            if (state[root] != 0)
                continue;
            var path = new Stack<(int Node, int Next)>();
            path.Push((root, 0));
            state[root] = 1;
            while (path.TryPop(out var step))
            {
                if (step.Next == leaving[step.Node].Count)
                {
                    state[step.Node] = 2;
                    continue;
                }
                path.Push((step.Node, step.Next + 1));
                var edge = leaving[step.Node][step.Next];
                var to = edges[edge].To;
                if (state[to] == 1)
                {
                    isBack[edge] = true;
                }
                else if (state[to] == 0)
                {
                    state[to] = 1;
                    path.Push((to, 0));
                }
            }
        }
        return isBack;
    }

    private static int[] Ranks(int nodes, IReadOnlyList<(int From, int To)> edges, bool[] isBack)
    {
        var leaving = Leaving(nodes, edges);
        var waiting = new int[nodes];
        for (var e = 0; e < edges.Count; e++)
            waiting[edges[e].To] += isBack[e] ? 0 : 1;

        var rank = new int[nodes];
        var ready = new Queue<int>(Enumerable.Range(0, nodes).Where(n => waiting[n] == 0));
        while (ready.TryDequeue(out var node))
        {
            foreach (var edge in leaving[node].Where(e => !isBack[e]))
            {
                var to = edges[edge].To;
                rank[to] = Math.Max(rank[to], rank[node] + 1);
                if (--waiting[to] == 0)
                    ready.Enqueue(to);
            }
        }
        return rank;
    }

    private static List<int>[] Leaving(int nodes, IReadOnlyList<(int From, int To)> edges)
    {
        var leaving = new List<int>[nodes];
        for (var i = 0; i < nodes; i++)
            leaving[i] = [];
        for (var e = 0; e < edges.Count; e++)
            leaving[edges[e].From].Add(e);
        return leaving;
    }
}
