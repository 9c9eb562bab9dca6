using System.Text;

namespace Actors.Web.Model.Trace.Graph;

/// <summary>The curves of edges, for SVG.</summary>
public static class GraphPath
{
    private const double LoopReach = 44;

    /// <summary>The path of an edge: down in gentle curves, or out to the right and back for a loop.</summary>
    public static string Of(EdgeWay way)
    {
        ArgumentNullException.ThrowIfNull(way);
        var (first, last) = (way.Points[0], way.Points[^1]);
        var path = new StringBuilder("M").Append(Pair(first));
        if (way.IsBack)
        {
            var reach = Math.Max(first.X, last.X) + LoopReach;
            return path.Append(" C").Append(Pair(new(reach, first.Y))).Append(' ').Append(Pair(new(reach, last.Y))).Append(' ').Append(Pair(last)).ToString();
        }

        for (var i = 1; i < way.Points.Count; i++)
        {
            var (from, to) = (way.Points[i - 1], way.Points[i]);
            var middle = (from.Y + to.Y) / 2;
            path.Append(" C").Append(Pair(new(from.X, middle))).Append(' ').Append(Pair(new(to.X, middle))).Append(' ').Append(Pair(to));
        }
        return path.ToString();
    }

    /// <summary>Where the number of an edge stands.</summary>
    public static Place Label(EdgeWay way)
    {
        ArgumentNullException.ThrowIfNull(way);
        var (first, last) = (way.Points[0], way.Points[^1]);
        return way.IsBack
            ? new(Math.Max(first.X, last.X) + LoopReach * 0.75, (first.Y + last.Y) / 2)
            : new((first.X + way.Points[1].X) / 2, (first.Y + way.Points[1].Y) / 2);
    }

    private static string Pair(Place place) => $"{Format.Css(place.X)} {Format.Css(place.Y)}";
}
