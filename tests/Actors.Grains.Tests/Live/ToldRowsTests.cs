using Actors.Grains.Live;
using Actors.Live;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Grains.Tests.Live;

public class ToldRowsTests
{
    private const int Last = 40;

    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_missing_is_what_was_neither_settled_nor_told()
    {
        var range = from first in Gen.Choose(1, Last) from length in Gen.Choose(1, 6) select new PositionRange(first, Math.Min(Last, first + length - 1));
        var step = from settles in Gen.Choose(0, 9) from ranges in Gen.ListOf(range) select (Settles: settles == 0, Ranges: ranges.Take(4).ToList());
        Prop.ForAll(Gen.ListOf(step).ToArbitrary(), steps =>
        {
            var rows = new ToldRows();
            var known = new HashSet<long>();
            foreach (var (settles, ranges) in steps)
            {
                if (settles && ranges.Count > 0)
                {
                    rows.Settle(ranges[0].Last);
                    known.UnionWith(Positions(new PositionRange(1, ranges[0].Last)));
                }
                else
                {
                    rows.Add(ranges);
                    known.UnionWith(ranges.SelectMany(Positions));
                }
            }

            return rows.Missing(Last).SelectMany(Positions).SequenceEqual(Positions(new PositionRange(1, Last)).Except(known));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Rows_are_overdue_when_others_came_and_they_did_not_for_a_while()
    {
        var rows = new ToldRows();
        rows.Settle(10);
        Assert.Null(rows.Overdue(12, Noon));
        rows.Add([new PositionRange(12, 14)]);

        Assert.Null(rows.Overdue(14, Noon + ToldRows.Patience - TimeSpan.FromSeconds(1)));
        Assert.Equal(12, rows.Overdue(14, Noon + ToldRows.Patience));
        Assert.Equal([new PositionRange(11, 11)], rows.Missing(12));

        rows.Settle(12);
        Assert.Null(rows.Overdue(14, Noon + ToldRows.Patience));
        Assert.Empty(rows.Missing(14));
    }

    [Fact]
    public void Rows_that_come_in_time_are_never_overdue_however_long_the_traffic_lasts()
    {
        var rows = new ToldRows();
        for (var second = 0; second < 60; second++)
        {
            Assert.Null(rows.Overdue((second + 1) * 100, Noon.AddSeconds(second)));
            rows.Add([new PositionRange((second * 100) + 1, (second + 1) * 100)]);
        }
    }

    [Fact]
    public void More_holes_than_are_kept_count_as_not_told()
    {
        var rows = new ToldRows();
        rows.Add([.. Enumerable.Range(1, ToldRows.MaxRanges + 1).Select(i => new PositionRange(2 * i, 2 * i))]);

        var missing = rows.Missing(2L * (ToldRows.MaxRanges + 1));
        Assert.Equal(ToldRows.MaxRanges + 1, missing.Count);
        Assert.Equal(new PositionRange((2 * ToldRows.MaxRanges) + 1, 2L * (ToldRows.MaxRanges + 1)), missing[^1]);
    }

    private static IEnumerable<long> Positions(PositionRange range)
    {
        for (var at = range.First; at <= range.Last; at++)
        {
            yield return at;
        }
    }
}
