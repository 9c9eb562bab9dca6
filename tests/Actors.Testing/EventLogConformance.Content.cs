using System.Globalization;
using Actors.Tracing;
using Xunit;
using static Actors.Testing.LogSamples;

namespace Actors.Testing;

/// <summary>What the log promises for unusual content, and for any sequence of calls.</summary>
public abstract partial class EventLogConformance
{
    public static TheoryData<string> UnusualTexts =>
    [
        "", " ", "\0", "a\0b", "\r\n\t", "\"\\/", "ünïcödé", "日本語", "👩‍👩‍👧‍👦🏳️‍🌈", "e\u0301", "\uFEFF", "\uFFFE\uFFFF", "\u202Ertl", "'; DROP TABLE event_log; --",
    ];

    [Theory]
    [MemberData(nameof(UnusualTexts))]
    public async Task Unusual_text_comes_back_as_it_was(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var observation = Generation("id" + text, text, text) with { Name = text, Metadata = text, Model = text, StatusMessage = text };
        var score = Score("score" + text) with { StringValue = text, Comment = text };
        var append = Append(Trace(), 1, observation, score);
        await AppendAsync(append);

        Assert.Equal(EventEquality.Print(append.Events), EventEquality.Print((await ReadAsync(Trace()))[0].Events));
        Assert.Equal(Trace(), await Log.FindScoreAsync(Project, score.ScoreId, Ct));
        Assert.Null(await Log.FindScoreAsync(Project, score.ScoreId + "?", Ct));
    }

    [Fact]
    public async Task Stream_ids_differ_in_every_character()
    {
        string[] ids = ["a", "A", "ä", "a\u0308", " a", "a ", "a/b", "%", "_", "日", new('x', StreamId.MaxIdLength)];
        foreach (var id in ids)
        {
            Assert.False((await AppendAsync(Append(Trace(id), 1, Generation(id)))).IsConflict);
        }

        foreach (var id in ids)
        {
            var row = Assert.Single(await ReadAsync(Trace(id)));
            Assert.Equal(id, row.Stream.Id);
            Assert.Equal(id, ((ObservationEvent)row.Events[0]).ObservationId);
        }
    }

    [Fact]
    public async Task Huge_rows_are_stored_and_the_change_feed_returns_fewer_of_them_at_once()
    {
        const int Megabytes = 9;
        for (var version = 1; version <= 4; version++)
        {
            // Hardly compressible, so that it is large at rest too.
            await AppendAsync(Append(Trace(), version, Generation(Number(version), Noise(version, Megabytes << 20))));
        }

        var rows = new List<LogRow>();
        var reads = 0;
        while (await Log.ReadChangesAsync(Project, rows.Count > 0 ? rows[^1].Position : 0, 100, Ct) is { Count: > 0 } next)
        {
            rows.AddRange(next);
            reads++;
        }

        Assert.Equal([1, 2, 3, 4], rows.Select(r => r.Version));
        Assert.True(reads > 1, "All huge rows came in one read.");
        Assert.Equal(Noise(3, Megabytes << 20), ((ObservationEvent)rows[2].Events[0]).Input);
    }

    [Fact]
    public async Task A_row_of_many_events_keeps_their_order()
    {
        var events = Enumerable.Range(0, 3000)
            .Select(i => (StreamEvent)(i % 3 == 0 ? Score(Number(i)) : Generation(Number(i), i % 2 == 0 ? null : Number(i))))
            .ToArray();
        await AppendAsync(Append(Trace(), 1, events));

        Assert.Equal(EventEquality.Print(events), EventEquality.Print((await ReadAsync(Trace()))[0].Events));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9999)]
    public async Task Times_of_all_years_are_kept(int year)
    {
        var time = year == 0 ? DateTimeOffset.MinValue : new DateTimeOffset(year, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);
        await AppendAsync(Append(Trace(), 1, Generation() with { Timestamp = time, StartTime = time, EndTime = time }) with { ReceivedAt = time });

        var row = Assert.Single(await ReadAsync(Trace()));

        Assert.Equal(time, row.ReceivedAt);
        Assert.Equal(time, row.Events[0].Timestamp);
        Assert.Equal(time, ((ObservationEvent)row.Events[0]).EndTime);
    }

    /// <summary>
    /// Goal: no sequence of calls leads to another answer than that of a log that is a plain list. Method: seeded random
    /// sequences of appends (new, taken, beyond the end, repeated), reads and restarts, each answer compared with the list's.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20260301)]
    [InlineData(1938539183)]
    [InlineData(null)]
    public async Task Any_sequence_of_calls_answers_like_a_plain_list(int? fixedSeed)
    {
        var seed = fixedSeed ?? Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var sequence = new EventLogSequence(seed);
        try
        {
            for (var step = 0; step < 250; step++)
            {
                if (await sequence.StepAsync(Log, Ct))
                {
                    await ReopenAsync();
                }
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}, after {sequence.History}", e);
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Noise(int seed, int length)
    {
        var random = new Random(seed);
        return string.Create(length, random, (span, r) =>
        {
            foreach (ref var c in span)
            {
                c = (char)r.Next(33, 127);
            }
        });
    }
}
