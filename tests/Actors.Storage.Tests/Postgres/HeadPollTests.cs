using System.Threading.Channels;
using Actors.Storage.Log;
using Actors.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Postgres;

/// <summary>Heads are asked for while somebody waits, for all who wait together, and never otherwise.</summary>
public sealed class HeadPollTests
{
    private static readonly ProjectId Mine = new("mine");
    private static readonly ProjectId Other = new("other");

    private readonly ProjectHeads _heads = new();
    private readonly Channel<(IReadOnlyCollection<ProjectId> Projects, TaskCompletionSource Answer)> _reads =
        Channel.CreateUnbounded<(IReadOnlyCollection<ProjectId>, TaskCompletionSource)>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_who_wait_share_one_question_and_it_ends_with_them()
    {
        var poll = Poll();
        var mine = poll.WaitAsync(Mine, 4, Ct);
        var first = await _reads.Reader.ReadAsync(Ct);
        var other = poll.WaitAsync(Other, 0, Ct);
        first.Answer.SetResult();

        var second = await _reads.Reader.ReadAsync(Ct);
        _heads.Advance(Mine, 5);
        _heads.Advance(Other, 1);
        await Task.WhenAll(mine, other);
        second.Answer.SetResult();
        await poll.DisposeAsync();

        Assert.Equal([Mine], first.Projects);
        Assert.Equal([Mine, Other], second.Projects.OrderBy(p => p.Value, StringComparer.Ordinal));
        Assert.False(_reads.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Who_waits_after_the_others_have_left_is_asked_for_again()
    {
        await using var poll = Poll();
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var gone = poll.WaitAsync(Mine, 0, leaves.Token);
        var first = await _reads.Reader.ReadAsync(Ct);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        first.Answer.SetResult();

        var later = poll.WaitAsync(Other, 0, Ct);
        var second = await _reads.Reader.ReadAsync(Ct);
        _heads.Advance(Other, 1);
        second.Answer.SetResult();

        await later;
        Assert.Equal([Other], second.Projects);
    }

    [Fact]
    public async Task A_closed_poll_asks_for_nothing()
    {
        var poll = Poll();
        await poll.DisposeAsync();
        _heads.Close();

        await Assert.ThrowsAsync<EventLogUnavailableException>(() => poll.WaitAsync(Mine, 0, Ct));
        Assert.False(_reads.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Who_waits_while_messages_were_not_heard_is_asked_for_without_a_pause()
    {
        await using var poll = Poll(TimeSpan.FromDays(1));
        var wait = poll.WaitAsync(Mine, 0, Ct);

        poll.AskSoon();
        var read = await _reads.Reader.ReadAsync(Ct);
        _heads.Advance(Mine, 1);
        read.Answer.SetResult();

        await wait;
        Assert.Equal([Mine], read.Projects);
    }

    private HeadPoll Poll(TimeSpan? interval = null) =>
        new(_heads, RaiseAsync, interval ?? TimeSpan.FromMilliseconds(1), TimeProvider.System, NullLogger.Instance);

    private Task RaiseAsync(IReadOnlyCollection<ProjectId> projects)
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reads.Writer.TryWrite((projects, answer));
        return answer.Task;
    }
}
