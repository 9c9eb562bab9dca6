using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>The read model follows the log: what is appended is listed, once, with its newest values.</summary>
public sealed class FollowingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_list_right_after_an_append_sees_it()
    {
        await using var log = new TestLog();
        await using var model = new TestReadModel(log);
        for (var i = 0; i < 20; i++)
        {
            var position = await log.AppendAsync(StreamId.ForTrace($"trace-{i}"), Noon, Named($"trace-{i}", "first", i));

            var page = await model.ListAsync();

            Assert.Equal(i + 1, page.TotalItems);
            Assert.Equal($"trace-{i}", page.Items[0].Id);
            Assert.True(page.Watermark >= position);
        }
    }

    private static TraceEvent Named(string id, string name, int second) => new()
    {
        EventId = $"{id}-{name}",
        Timestamp = Noon.AddSeconds(second),
        StartedAt = Noon.AddSeconds(second),
        Name = name,
    };
}
