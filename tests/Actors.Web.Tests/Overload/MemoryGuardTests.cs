using Actors.Web.Ingestion;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Web.Tests.Overload;

public sealed class MemoryGuardTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryGuard _guard;
    private MemoryUse _use = Of(0.5);
    private int _measured;
    private int _collected;

    public MemoryGuardTests() => _guard = new MemoryGuard(
        () =>
        {
            _measured++;
            return _use;
        },
        () => _collected++,
        _time);

    [Fact]
    public void Requests_wait_from_the_limit_on_until_there_is_some_room_again()
    {
        Assert.Equal([false, true, true, false, false], new[] { 0.99, 1.0, 0.96, 0.94, 0.96 }.Select(IsShortAt));
    }

    [Fact]
    public void It_measures_a_few_times_a_second_however_many_ask()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _ = _guard.IsShort;
        }

        Assert.InRange(_measured, 1, 6);
    }

    [Fact]
    public void While_it_is_short_the_heap_gives_memory_back_now_and_then()
    {
        IsShortAt(0.9);
        Assert.Equal(0, _collected);
        for (var i = 0; i < 60; i++)
        {
            IsShortAt(1.2);
        }

        Assert.Equal(6, _collected);
    }

    [Theory]
    [InlineData(90, 100, 0, 0, 0.9)]
    [InlineData(10, 100, 45, 100, 0.5)]
    [InlineData(10, 0, 0, 0, 0)]
    [InlineData(10, 0, 90, 100, 1)]
    public void The_nearer_of_the_two_limits_counts(long process, long processLimit, long heap, long heapLimit, double share) =>
        Assert.Equal(share, new MemoryUse(process, processLimit, heap, heapLimit).Share, 9);

    [Fact]
    public void This_process_has_limits_and_a_smaller_one_may_be_set()
    {
        var own = MemoryUse.OfThisProcess(0);
        Assert.InRange(own.ProcessBytes, 10L << 20, own.ProcessLimit);
        Assert.InRange(own.HeapLimit, 1L << 20, long.MaxValue);
        Assert.True(MemoryUse.OfThisProcess(1 << 20).Share > 1);
    }

    private bool IsShortAt(double share)
    {
        _use = Of(share);
        _time.Advance(TimeSpan.FromSeconds(1));
        return _guard.IsShort;
    }

    private static MemoryUse Of(double share) => new((long)(share * 1_000), 1_000, 0, 0);
}
