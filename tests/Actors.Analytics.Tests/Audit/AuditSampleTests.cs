using Actors.Tracing;

namespace Actors.Analytics.Audit;

public sealed class AuditSampleTests
{
    private const int Size = 4;

    [Fact]
    public async Task Without_new_rows_nobody_is_woken()
    {
        var sample = new AuditSample(Size, new Random(1));
        var before = sample.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(before.IsCompleted);

        sample.Tell([Row(1)]);
        await before;
        Assert.Equal([StreamId.ForTrace("1")], sample.Take());
        Assert.False(sample.WaitAsync(TestContext.Current.CancellationToken).IsCompleted);
        Assert.Empty(sample.Take());
    }

    [Fact]
    public void However_many_rows_come_a_few_are_drawn_and_each_is_as_likely()
    {
        const int Rows = 20;
        const int Draws = 20_000;
        var sample = new AuditSample(Size, new Random(7));
        var drawn = new Dictionary<StreamId, int>();
        for (var i = 0; i < Draws; i++)
        {
            for (var from = 0; from < Rows; from += 5)
            {
                sample.Tell([.. Enumerable.Range(from, 5).Select(Row)]);
            }

            var taken = sample.Take();
            Assert.Equal(Size, taken.Count);
            foreach (var stream in taken)
            {
                drawn[stream] = drawn.GetValueOrDefault(stream) + 1;
            }
        }

        Assert.Equal(Rows, drawn.Count);
        Assert.All(drawn.Values, count => Assert.InRange(count, Draws * Size / Rows * 0.95, Draws * Size / Rows * 1.05));
    }

    [Fact]
    public void A_stream_that_is_drawn_twice_is_taken_once()
    {
        var sample = new AuditSample(Size, new Random(1));
        sample.Tell([Row(1), Row(1), Row(2)]);
        Assert.Equal([StreamId.ForTrace("1"), StreamId.ForTrace("2")], sample.Take());
    }

    private static LogRow Row(int stream) => new()
    {
        Stream = StreamId.ForTrace($"{stream}"),
        Version = 1,
        Position = stream + 1,
        PriceBook = 1,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Events = [],
    };
}
