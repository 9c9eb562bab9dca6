using Actors.Live;
using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Grains.Tests.Live.Sketches;

/// <summary>What scores add up to, when they come in any order, from anywhere, and are taken back.</summary>
public class ScoreTalliesTests
{
    private static readonly Gen<(ScoreKind Kind, int Value, bool IsNumeric)> Score =
        from name in Gen.Elements("helpful", "tone")
        from source in Gen.Elements(ScoreSource.Api, ScoreSource.Eval)
        from value in Gen.Choose(-3, 3)
        from isNumeric in Gen.Elements(true, false)
        select (new ScoreKind(name, source), value, isNumeric);

    [Fact]
    public void Differences_of_several_silos_add_up_to_what_is_left() =>
        Check.One(SketchGen.Config, Prop.ForAll(Score.ArrayOf().ToArbitrary(), Score.ArrayOf().ToArbitrary(), (kept, gone) =>
        {
            var (first, second) = (Of(gone), Of(kept));
            foreach (var score in gone)
            {
                Add(second, score, sign: -1);
            }

            // One is added as it is, the other as it is sent.
            var sum = new ScoreTallies();
            sum.Add(second);
            sum.Add(first.ToSums());
            return sum.FindDifference(Of(kept)) is null && sum.ToStats().SequenceEqual(Of(kept.Reverse()).ToStats());
        }));

    [Fact]
    public void What_is_added_elsewhere_stays_as_it_was()
    {
        var given = Of([(new("helpful"), 1, true)]);
        var sum = new ScoreTallies();
        sum.Add(given);
        sum.Add(given);

        Assert.Equal(1, Assert.Single(given.ToSums()).Count);
        Assert.Equal([new SketchCount(SignedSketchMapping.IndexOf(1), 2)], Assert.Single(sum.ToSums()).Values);
    }

    [Fact]
    public void A_kind_without_scores_is_forgotten()
    {
        var tallies = Of([(new("helpful"), 2, true)]);
        Add(tallies, (new("helpful"), 2, true), sign: -1);

        Assert.Empty(tallies.ToSums());
    }

    [Fact]
    public void An_equal_mean_of_another_distribution_is_a_difference()
    {
        ScoreKind kind = new("helpful");

        var difference = Of([(kind, -1, true), (kind, 1, true)]).FindDifference(Of([(kind, 0, true), (kind, 0, true)]));

        Assert.Equal("score helpful Api: another distribution", difference);
    }

    [Fact]
    public void A_number_that_turns_out_to_be_a_yes_leaves_the_distribution()
    {
        var tallies = Of([(new("helpful"), 1, true), (new("helpful"), 3, true)]);
        Add(tallies, (new("helpful"), 1, true), sign: -1);
        Add(tallies, (new("helpful"), 1, false), sign: 1);

        var stats = Assert.Single(tallies.ToStats());
        Assert.Equal((2, 4), (stats.Count, stats.Sum));
        Assert.Equal(stats.P10, stats.P90);
        Assert.InRange(stats.P50!.Value, 2.97, 3.03);
    }

    private static ScoreTallies Of(IEnumerable<(ScoreKind Kind, int Value, bool IsNumeric)> scores)
    {
        var tallies = new ScoreTallies();
        foreach (var score in scores)
        {
            Add(tallies, score, sign: 1);
        }

        return tallies;
    }

    private static void Add(ScoreTallies tallies, (ScoreKind Kind, int Value, bool IsNumeric) score, int sign) =>
        tallies.Add(score.Kind, score.Value, score.IsNumeric ? SignedSketchMapping.IndexOf(score.Value) : null, sign);
}
