using Actors.Live;
using Actors.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Live;

/// <summary>
/// Gathers the facts of this silo's traces and sends each actor of live numbers one partial per interval, never one call per
/// event. What an actor has not taken yet is sent again unchanged, while new facts wait in the next partial.
/// </summary>
internal sealed partial class LiveAggregator(IGrainFactory grains, IEventLog log, TimeProvider time, ILogger<LiveAggregator> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly Guid _silo = Guid.NewGuid();
    private readonly Lock _lock = new();
    private readonly Dictionary<ProjectId, ProjectGatherings> _projects = [];
    private readonly SemaphoreSlim _hasFacts = new(0, 1);

    /// <summary>Takes the facts of one appended row, or such as repeat how things are. Never waits.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="row">The position of the row; null: there is none.</param>
    public void Publish(StreamFacts facts, long? row = null)
    {
        lock (_lock)
        {
            Of(facts.Project).Add(facts, row, time.GetUtcNow());
        }

        Signal();
    }

    /// <summary>Has everything that is counted of a project asked for again from a read model that has passed a position.</summary>
    public void Miss(ProjectId project, long upTo)
    {
        lock (_lock)
        {
            Of(project).Miss(upTo, time.GetUtcNow());
        }

        Signal();
    }

    /// <summary>Notes that the numbers of some seconds may be wrong, so that they are asked for again.</summary>
    /// <param name="project">The project.</param>
    /// <param name="doubtful">The seconds; repetitions are harmless.</param>
    /// <param name="erasedAt">Where their stream was deleted, perhaps without anybody having said so; null: nowhere.</param>
    public void Doubt(ProjectId project, IEnumerable<long> doubtful, long? erasedAt = null)
    {
        var seconds = doubtful.Distinct().ToList();
        lock (_lock)
        {
            Of(project).Doubt(seconds, erasedAt, time.GetUtcNow());
        }

        Signal();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _hasFacts.WaitAsync(stoppingToken);
            await Task.Delay(LiveWindowOptions.FlushInterval, time, stoppingToken);
            Flush();
        }
    }

    private ProjectGatherings Of(ProjectId project)
    {
        if (!_projects.TryGetValue(project, out var gatherings))
        {
            _projects.Add(project, gatherings = new ProjectGatherings(project, log.HasDensePositions));
        }

        return gatherings;
    }

    private void Signal()
    {
        if (_hasFacts.CurrentCount == 0)
        {
            try
            {
                _hasFacts.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another thread was first: one signal is enough.
            }
        }
    }

    // Each actor is sent to on its own: one that does not answer holds up no other.
    private void Flush()
    {
        List<Gathering> ready;
        lock (_lock)
        {
            ready = [.. _projects.Values.SelectMany(p => p.Take(_silo, time.GetUtcNow()))];
        }

        foreach (var gathering in ready)
        {
            _ = SendAsync(gathering);
        }
    }

    private async Task SendAsync(Gathering gathering)
    {
        LiveWatches? news = null;
        var isTaken = false;
        try
        {
            news = await gathering.Scope.GrainOf(grains).ApplyAsync(gathering.Unsent!);
            isTaken = true;
        }
        catch (Exception e)
        {
            // Once for each time that it is away: it is tried again until it is back.
            if (!gathering.HasFailed)
            {
                LogSendFailed(e, gathering.Scope);
            }

            await Task.Delay(RetryDelay, time);
        }

        bool hasMore;
        lock (_lock)
        {
            hasMore = gathering.Finish(isTaken);
            if (news is not null)
            {
                hasMore |= Of(gathering.Scope.Project).Watch(news, time.GetUtcNow());
            }
        }

        if (hasMore)
        {
            Signal();
        }
    }

    /// <summary>The seconds in which what these events say may count.</summary>
    public static IEnumerable<long> SecondsOf(IEnumerable<StreamEvent> events) => events.SelectMany(SecondsOf);

    private static IEnumerable<long> SecondsOf(StreamEvent e)
    {
        yield return e.Timestamp.ToUnixTimeSeconds();
        switch (e)
        {
            case TraceEvent { StartedAt: { } started }:
                yield return started.ToUnixTimeSeconds();
                break;
            case ObservationEvent o:
                if (o.StartTime is { } start)
                {
                    yield return start.ToUnixTimeSeconds();
                }

                if (o.EndTime is { } end)
                {
                    yield return end.ToUnixTimeSeconds();
                }

                break;
        }
    }

    [LoggerMessage(1100, LogLevel.Warning, "Live numbers of {Scope} could not be sent; they are sent again.")]
    private partial void LogSendFailed(Exception e, LiveScope scope);
}
