using FsCheck;
using FsCheck.Fluent;

namespace Actors.Components;

public sealed class TimeAxisTests
{
    private static readonly DateTimeOffset T0 = RandomTraces.T0;

    private static TimeAxis AxisOf(int end, params (int Start, int End)[] spans) => TimeAxis.WithShortGaps(
        WaterfallTree.Build(
            new WaterfallSpan("", null, "root", "trace", T0, T0.AddMilliseconds(end)),
            [.. spans.Select((s, i) => new WaterfallSpan($"s{i}", null, "", "span", T0.AddMilliseconds(s.Start), T0.AddMilliseconds(s.End)))]),
        T0);

    [Fact]
    public void A_long_wait_is_drawn_short_and_says_how_long_it_was()
    {
        var axis = AxisOf(10_000, (0, 500), (9_500, 10_000));

        var gap = Assert.Single(axis.Gaps);
        Assert.Equal((500, 9_000, 500, 30), (gap.Start, gap.Length, gap.Place, gap.Width));
        Assert.Equal(1_030, axis.Length);
        Assert.Equal(780, axis.At(9_750));
        Assert.Equal(9_750, axis.Back(780));
    }

    [Fact]
    public void Short_waits_and_busy_traces_are_left_alone()
    {
        Assert.Empty(AxisOf(1_000, (0, 500), (510, 1_000)).Gaps);
        Assert.Equal(1_000, AxisOf(1_000, (0, 500), (510, 1_000)).Length);
    }

    [Fact]
    public void Many_gaps_together_stay_smaller_than_the_work()
    {
        var axis = AxisOf(100_000, [.. Enumerable.Range(0, 100).Select(i => (i * 1_000, i * 1_000 + 10))]);

        Assert.InRange(axis.Length, 1_000, 1_000 * 1.3 + 1);
    }

    [Fact]
    public void Time_never_runs_backwards_and_every_place_has_its_moment()
    {
        Prop.ForAll(RandomTraces.Trees, tree =>
        {
            var axis = TimeAxis.WithShortGaps(tree, T0);
            var total = tree.Total(T0).TotalMilliseconds;
            var last = -1.0;
            for (var ms = 0.0; ms <= total; ms += Math.Max(1, total / 97))
            {
                var place = axis.At(ms);
                if (place <= last || place > axis.Length + 1e-9 || Math.Abs(axis.Back(place) - ms) > 1e-6)
                    return false;
                last = place;
            }
            return Math.Abs(axis.At(total) - axis.Length) < 1e-9;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Spans_that_work_keep_their_lengths()
    {
        Prop.ForAll(RandomTraces.Trees, tree =>
        {
            var axis = TimeAxis.WithShortGaps(tree, T0);
            return tree.Lines.Where(l => l.Descendants == 0).All(l =>
            {
                var (start, end) = ((l.Span.Start - tree.Start).TotalMilliseconds, (l.Span.EndAt(T0) - tree.Start).TotalMilliseconds);
                return Math.Abs(axis.At(end) - axis.At(start) - (end - start)) < 1e-6;
            });
        }).QuickCheckThrowOnFailure();
    }
}
