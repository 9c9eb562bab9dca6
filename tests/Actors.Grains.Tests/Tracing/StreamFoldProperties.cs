using Actors.Testing;
using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Grains.Tests.Tracing;

/// <summary>
/// Goal: what the records say depends on what was said, never on how it arrived. Method: a random history is folded once in
/// the order it was made, and again as it may really arrive; the complete records are compared in print. A failing property
/// prints the seed with which it can be replayed.
/// </summary>
public class StreamFoldProperties
{
    private static readonly StreamId Stream = LogSamples.Trace();

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(150);

    [Fact]
    public void Any_order_batching_and_repetition_loads_the_same_records() =>
        ForAll(EventHistories.Arrivals, (expected, rows) => Same(expected, Folded.Of(rows)));

    [Fact]
    public void Any_order_batching_and_repetition_applies_to_the_same_records() =>
        ForAll(EventHistories.Arrivals, (expected, rows) => Same(expected, Folded.Incrementally(rows)));

    [Fact]
    public void Rows_in_order_of_time_apply_to_the_same_records() =>
        ForAll(EventHistories.ArrivalsInOrder, (expected, rows) => Same(expected, Folded.Incrementally(rows)));

    [Fact]
    public void A_fold_without_text_agrees_on_everything_but_text() =>
        ForAll(EventHistories.Arrivals, (expected, rows) =>
        {
            var bare = LogRows.WithoutText(rows);
            return Same(expected.WithoutText(), Folded.Of(bare, LogText.Without))
                && Same(expected.WithoutText(), Folded.Incrementally(bare, LogText.Without))
                && Same(expected.WithoutText(), Folded.Incrementally(rows, LogText.Without));
        });

    [Fact]
    public void What_is_repeated_under_a_later_price_book_keeps_the_cost_of_then() =>
        ForAll(history => EventHistories.Arrivals(history).Select(rows => rows.Concat(Repeated(history)).ToArray()), (expected, rows) =>
            Same(expected.WithoutUpdatedAt(), Folded.Of(rows).WithoutUpdatedAt())
            && Same(expected.WithoutUpdatedAt(), Folded.Incrementally(rows).WithoutUpdatedAt()));

    [Fact]
    public void A_deleted_stream_folds_to_what_came_after_whoever_reads_it_and_when()
    {
        var cases =
            from before in EventHistories.History
            from after in EventHistories.History
            from count in Gen.Choose(0, after.Length)
            from arrival in count == 0 ? Gen.Constant(Array.Empty<Delivery>()) : EventHistories.Arrivals([.. after.Take(count)])
            select (before, arrival);
        Check.One(Config, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var expected = c.arrival.Length == 0 ? new Folded(null, [], []) : Folded.Of(LogRows.Of(Stream, c.arrival));
            var witnessed = LogRows.OfReborn(Stream, c.before, c.arrival);
            var late = LogRows.WithoutDeleted(witnessed);
            Same(expected, Folded.Of(witnessed));
            Same(expected, Folded.Incrementally(witnessed));
            Same(expected, Folded.Of(late));
            return Same(expected, Folded.Incrementally(late));
        }));
    }

    [Fact]
    public void Changes_name_every_record_that_a_row_changed() =>
        ForAll(EventHistories.ArrivalsInOrder, (_, rows) =>
        {
            var fold = TestPrices.Start(Stream, LogText.With);
            var changes = new StreamChanges();
            foreach (var row in rows)
            {
                var before = Folded.Of(fold);
                changes.Clear();
                if (!fold.TryApply(row, changes))
                {
                    return true;
                }

                Assert.Equal(Named(before, row), Noted(changes));
                Assert.Subset(changes.Observations.Keys.Concat(changes.Scores.Keys).ToHashSet(), Changed(before, Folded.Of(fold)));
            }

            return true;
        });

    private static IEnumerable<Delivery> Repeated(Delivery[] history) =>
        history.Select(d => d with { PriceBook = 2, ReceivedAt = LogSamples.Noon.AddMinutes(9) });

    private static HashSet<string> Changed(Folded before, Folded after)
    {
        var was = before.Observations.Select(RecordText.Of).Concat(before.Scores.Select(RecordText.Of)).ToHashSet();
        return [.. after.Observations.Where(o => !was.Contains(RecordText.Of(o))).Select(o => o.Id),
            .. after.Scores.Where(s => !was.Contains(RecordText.Of(s))).Select(s => s.Id),
            .. before.Scores.Select(s => s.Id).Except(after.Scores.Select(s => s.Id))];
    }

    private static string Named(Folded before, LogRow row)
    {
        var known = before.Observations.Select(o => o.Id).Concat(before.Scores.Select(s => s.Id)).ToHashSet();
        var named = row.Events
            .Select(e => (e as ObservationEvent)?.ObservationId ?? (e as ScoreEvent)?.ScoreId ?? (e as ScoreDeletedEvent)?.ScoreId)
            .OfType<string>().Distinct();
        return string.Join(' ', named.Select(id => known.Contains(id) ? id : id + "(new)").Order(StringComparer.Ordinal));
    }

    private static string Noted(StreamChanges changes)
    {
        Assert.True(changes.Trace);
        return string.Join(' ', changes.Observations.Concat(changes.Scores).Select(c => c.Value ? c.Key + "(new)" : c.Key).Order(StringComparer.Ordinal));
    }

    private static void ForAll(Func<Delivery[], Gen<Delivery[]>> arrivals, Func<Folded, IReadOnlyList<LogRow>, bool> holds)
    {
        var cases =
            from history in EventHistories.History
            from arrival in arrivals(history)
            select (history, arrival);
        Check.One(Config, Prop.ForAll(cases.ToArbitrary(), c =>
            holds(Folded.Of(LogRows.Of(Stream, c.history)), LogRows.Of(Stream, c.arrival))));
    }

    private static bool Same(Folded expected, Folded actual)
    {
        Assert.Equal(expected.ToString(), actual.ToString());
        return true;
    }
}
