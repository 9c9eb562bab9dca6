namespace Actors.Storage.Postgres;

/// <summary>Many callers share few reads, and none of them gets an answer from before its call.</summary>
public sealed class HeadReaderTests : IDisposable
{
    private static readonly ProjectId Mine = new("mine");
    private static readonly ProjectId Other = new("other");

    private readonly List<(IReadOnlyCollection<ProjectId> Projects, TaskCompletionSource<Dictionary<ProjectId, long>> Answer)> _reads = [];
    private readonly SemaphoreSlim _read = new(0);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_while_a_read_is_under_way_shares_the_next_one()
    {
        var heads = new HeadReader(ReadAsync);
        var first = heads.GetAsync(Mine, Ct);
        await _read.WaitAsync(Ct);

        var later = new[] { heads.GetAsync(Mine, Ct), heads.GetAsync(Other, Ct), heads.GetAsync(Mine, Ct) };
        _reads[0].Answer.SetResult(new() { [Mine] = 1 });
        await _read.WaitAsync(Ct);
        _reads[1].Answer.SetResult(new() { [Mine] = 2 });

        Assert.Equal(1, await first);
        Assert.Equal(new long[] { 2, 0, 2 }, await Task.WhenAll(later));
        Assert.Equal([Mine], _reads[0].Projects);
        Assert.Equal([Mine, Other], _reads[1].Projects);
    }

    [Fact]
    public async Task A_failed_read_fails_its_own_callers_and_no_later_ones()
    {
        var heads = new HeadReader(ReadAsync);
        var first = heads.GetAsync(Mine, Ct);
        await _read.WaitAsync(Ct);
        var second = heads.GetAsync(Mine, Ct);

        _reads[0].Answer.SetException(new IOException("cut"));
        await _read.WaitAsync(Ct);
        _reads[1].Answer.SetResult(new() { [Mine] = 2 });

        await Assert.ThrowsAsync<IOException>(() => first);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task A_caller_who_leaves_takes_nobody_along()
    {
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var heads = new HeadReader(ReadAsync);
        var first = heads.GetAsync(Mine, Ct);
        await _read.WaitAsync(Ct);
        var goes = heads.GetAsync(Mine, leaves.Token);
        var stays = heads.GetAsync(Mine, Ct);

        await leaves.CancelAsync();
        _reads[0].Answer.SetResult(new() { [Mine] = 1 });
        await _read.WaitAsync(Ct);
        _reads[1].Answer.SetResult(new() { [Mine] = 2 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => goes);
        Assert.Equal(1, await first);
        Assert.Equal(2, await stays);
    }

    public void Dispose() => _read.Dispose();

    private Task<Dictionary<ProjectId, long>> ReadAsync(IReadOnlyCollection<ProjectId> projects)
    {
        var answer = new TaskCompletionSource<Dictionary<ProjectId, long>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _reads.Add((projects, answer));
        _read.Release();
        return answer.Task;
    }
}
