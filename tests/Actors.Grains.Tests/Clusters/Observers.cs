using System.Threading.Channels;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Grains.Tests.Clusters;

/// <summary>Keeps the ticks that it is told, in order of arrival.</summary>
internal sealed class LiveObserver : ILiveObserver
{
    private readonly Channel<LiveTick> _ticks = Channel.CreateUnbounded<LiveTick>();

    public Task OnTickAsync(LiveTick tick)
    {
        _ticks.Writer.TryWrite(tick);
        return Task.CompletedTask;
    }

    public async Task<LiveTick> NextAsync() => await _ticks.Reader.ReadAsync().AsTask().Bounded();

    /// <summary>The next tick; when none comes, the failure says what was waited for.</summary>
    public async Task NextAsync(string waitingFor)
    {
        try
        {
            await NextAsync();
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException("No tick came while waiting for: " + waitingFor, e);
        }
    }

    /// <summary>The first tick for which <paramref name="wanted"/> holds, after those before it.</summary>
    public async Task<LiveTick> NextAsync(Func<LiveTick, bool> wanted)
    {
        while (true)
        {
            var tick = await NextAsync();
            if (wanted(tick))
            {
                return tick;
            }
        }
    }
}

/// <summary>Keeps the versions that it is told, in order of arrival.</summary>
internal sealed class TraceObserver : ITraceObserver
{
    private readonly Channel<long> _versions = Channel.CreateUnbounded<long>();

    public Task OnChangedAsync(long version)
    {
        _versions.Writer.TryWrite(version);
        return Task.CompletedTask;
    }

    public async Task<long> NextAsync() => await _versions.Reader.ReadAsync().AsTask().Bounded();
}
