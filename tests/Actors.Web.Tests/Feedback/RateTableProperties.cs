using Actors.Testing;
using Actors.Web.Feedback;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Web.Tests.Feedback;

/// <summary>The promises of the buckets, over generated histories. A property that fails prints the seed that replays it.</summary>
public sealed class RateTableProperties
{
    private const int OneSet = RateTable<int>.Ways;

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500);

    // A try after a pause, in milliseconds: mostly short, now and then longer than it takes to fill a bucket.
    private static readonly Gen<(int Pause, int Count)[]> Tries =
        (from pause in Gen.Frequency((6, Gen.Choose(0, 300)), (2, Gen.Choose(0, 20_000)), (1, Gen.Constant(61_000)))
         from count in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Choose(1, 30)))
         select (pause, count)).ArrayOf();

    [Fact]
    public void A_bucket_takes_what_a_count_of_tokens_takes() => Check.One(Config, Prop.ForAll(
        Gen.Elements(30, 60, 600, 6000).ToArbitrary(), Tries.ToArbitrary(), (perMinute, tries) =>
        {
            var clock = new SteppedClock();
            var table = new RateTable<int>(OneSet, clock);
            var tokens = (decimal)perMinute;
            return Array.TrueForAll(tries, t =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(t.Pause));
                tokens = Math.Min(perMinute, tokens + ((decimal)perMinute * t.Pause / 60_000));
                var fits = tokens >= t.Count;
                tokens -= fits ? t.Count : 0;
                return table.Take(1, t.Count, perMinute) == TimeSpan.Zero == fits;
            });
        }));

    [Fact]
    public void No_span_of_time_sees_more_than_a_full_bucket_and_what_flows_in_meanwhile() => Check.One(Config, Prop.ForAll(
        Gen.Choose(30, 1_000_000).ToArbitrary(), Tries.ToArbitrary(), (perMinute, tries) =>
        {
            var clock = new SteppedClock();
            var table = new RateTable<int>(OneSet, clock);
            var taken = new List<(DateTimeOffset At, int Count)>();
            foreach (var (pause, count) in tries)
            {
                clock.Advance(TimeSpan.FromMilliseconds(pause));
                if (table.Take(1, count, perMinute) == TimeSpan.Zero)
                {
                    taken.Add((clock.GetUtcNow(), count));
                }
            }

            return Enumerable.Range(0, taken.Count).All(from => Enumerable.Range(from, taken.Count - from).All(to =>
                taken[from..(to + 1)].Sum(t => t.Count) <= perMinute + ((taken[to].At - taken[from].At).TotalMinutes * perMinute) + 1e-6));
        }));

    [Fact]
    public void Whoever_waits_as_long_as_told_is_let_in_and_not_before() => Check.One(Config, Prop.ForAll(
        Gen.Choose(30, 1_000_000).ToArbitrary(), Gen.Choose(1, 30).ToArbitrary(), (perMinute, count) =>
        {
            var clock = new SteppedClock();
            var table = new RateTable<int>(OneSet, clock);
            table.Take(1, perMinute, perMinute);
            var wait = table.Take(1, count, perMinute);
            clock.Advance(wait - TimeSpan.FromTicks(1));
            var early = table.Take(1, count, perMinute);
            clock.Advance(TimeSpan.FromTicks(1));
            return wait > TimeSpan.Zero && early == TimeSpan.FromTicks(1) && table.Take(1, count, perMinute) == TimeSpan.Zero;
        }));

    [Fact]
    public void An_empty_bucket_is_full_after_a_minute_and_not_before() => Check.One(Config, Prop.ForAll(
        Gen.Choose(1, 1_000_000).ToArbitrary(), perMinute =>
        {
            var clock = new SteppedClock();
            var table = new RateTable<int>(OneSet, clock);
            table.Take(1, perMinute, perMinute);
            clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
            var early = table.Take(1, perMinute, perMinute);

            // A tick for each token is what rounding may cost.
            return early > TimeSpan.Zero && early <= TimeSpan.FromTicks(1 + perMinute);
        }));

    [Fact]
    public void A_bucket_that_was_emptied_outlives_any_number_of_others_that_were_not() => Check.One(Config, Prop.ForAll(
        Gen.Choose(1, 59).ArrayOf().ToArbitrary(), others =>
        {
            var table = new RateTable<int>(2 * OneSet, new SteppedClock());
            var key = 0;
            table.Take(key, 60, 60);
            foreach (var count in others)
            {
                table.Take(++key, count, 60);
            }

            return table.Take(0, 1, 60) > TimeSpan.Zero;
        }));

    [Fact]
    public void A_bucket_is_only_forgotten_when_every_neighbour_is_emptied_as_far()
    {
        var table = new RateTable<int>(OneSet, new SteppedClock());
        table.Take(0, 60, 60);
        for (var key = 1; key < OneSet; key++)
        {
            table.Take(key, 60, 60);
            Assert.True(table.Take(0, 1, 60) > TimeSpan.Zero, $"forgotten after {key} neighbours");
        }

        table.Take(OneSet, 60, 60);
        Assert.Equal(TimeSpan.Zero, table.Take(0, 1, 60));
    }

    [Fact]
    public void A_key_that_nobody_has_seen_is_never_refused() => Check.One(Config, Prop.ForAll(
        (from pause in Gen.Choose(0, 2000) from count in Gen.Choose(1, 60) select (pause, count)).ArrayOf().ToArbitrary(), tries =>
        {
            var clock = new SteppedClock();
            var table = new RateTable<int>(OneSet, clock);
            var key = 0;
            return Array.TrueForAll(tries, t =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(t.pause));
                return table.Take(++key, t.count, 60) == TimeSpan.Zero;
            });
        }));

    [Fact]
    public void What_is_put_back_was_never_taken() => Check.One(Config, Prop.ForAll(Tries.ToArbitrary(), tries =>
    {
        var clock = new SteppedClock();
        var (one, other) = (new RateTable<int>(OneSet, clock), new RateTable<int>(OneSet, clock));
        return Array.TrueForAll(tries, t =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(t.Pause));
            if (other.Take(1, 7, 60) == TimeSpan.Zero)
            {
                other.PutBack(1, 7, 60);
            }

            return one.Take(1, t.Count, 60) == other.Take(1, t.Count, 60);
        });
    }));

    [Fact]
    public void Callers_at_once_get_no_more_than_one_after_another()
    {
        var table = new RateTable<int>(OneSet, new SteppedClock());
        var taken = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (table.Take(1, 1, 600) == TimeSpan.Zero)
            {
                Interlocked.Increment(ref taken);
            }
        });
        Assert.Equal(600, taken);
    }
}
