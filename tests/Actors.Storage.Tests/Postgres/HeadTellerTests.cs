using System.Threading.Channels;
using Actors.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Postgres;

/// <summary>What a node writes is told soon, in few statements, and never by an older position.</summary>
public sealed class HeadTellerTests
{
    private static readonly ProjectId Mine = new("mine");
    private static readonly ProjectId Other = new("other");

    private readonly Channel<IReadOnlyCollection<KeyValuePair<ProjectId, long>>> _told =
        Channel.CreateUnbounded<IReadOnlyCollection<KeyValuePair<ProjectId, long>>>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_news_are_told_at_once_and_those_that_come_meanwhile_together()
    {
        var answer = new TaskCompletionSource();
        await using var teller = Teller(_ => answer.Task);
        teller.Advance(Mine, 1);
        Assert.Equal([new(Mine, 1)], await _told.Reader.ReadAsync(Ct));

        teller.Advance(Mine, 3);
        teller.Advance(Other, 7);
        teller.Advance(Mine, 2);
        answer.SetResult();

        Assert.Equal([new(Mine, 3), new(Other, 7)], (await _told.Reader.ReadAsync(Ct)).OrderBy(h => h.Key.Value, StringComparer.Ordinal));
    }

    [Fact]
    public async Task News_that_could_not_be_told_do_not_keep_later_ones()
    {
        await using var teller = Teller(_ => throw new EventLogUnavailableException("away"));
        teller.Advance(Mine, 1);
        await _told.Reader.ReadAsync(Ct);

        teller.Advance(Mine, 2);

        Assert.Equal([new(Mine, 2)], await _told.Reader.ReadAsync(Ct));
    }

    [Fact]
    public async Task A_closed_teller_tells_nothing()
    {
        var teller = Teller(_ => Task.CompletedTask);
        await teller.DisposeAsync();

        teller.Advance(Mine, 1);

        Assert.False(_told.Reader.TryRead(out _));
    }

    [Fact]
    public void A_message_takes_as_many_projects_as_the_database_allows()
    {
        var heads = Enumerable.Range(0, 1_000).ToDictionary(i => new ProjectId($"{i:D100}"), i => long.MaxValue - i);

        var messages = HeadNews.Write(heads);

        Assert.All(messages, m => Assert.InRange(m.Length, 1, 7_999));
        Assert.Equal(heads, messages.SelectMany(HeadNews.Read).ToDictionary());
    }

    [Theory]
    [InlineData("")]
    [InlineData("mine")]
    [InlineData("mine -1")]
    [InlineData("../x 1")]
    public void A_message_that_says_nothing_is_left_out(string message) => Assert.Empty(HeadNews.Read(message));

    private HeadTeller Teller(Func<IReadOnlyCollection<KeyValuePair<ProjectId, long>>, Task> answer) => new(
        heads =>
        {
            _told.Writer.TryWrite(heads);
            return answer(heads);
        },
        TimeProvider.System,
        NullLogger.Instance);
}
