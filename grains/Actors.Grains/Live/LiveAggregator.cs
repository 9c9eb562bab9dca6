using Actors.Live;
using Actors.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Live;

/// <summary>
/// Gathers the facts of this silo's traces and sends each project's metrics actor one partial per interval, never one call
/// per event. What an actor has not taken yet is sent again unchanged, while new facts wait in the next partial.
/// </summary>
internal sealed partial class LiveAggregator(IGrainFactory grains, TimeProvider time, ILogger<LiveAggregator> logger) : BackgroundService
{
    private readonly Guid _silo = Guid.NewGuid();
    private readonly Lock _lock = new();
    private readonly Dictionary<ProjectId, Gathering> _projects = [];
    private readonly SemaphoreSlim _hasFacts = new(0, 1);

    /// <summary>Takes the facts of one appended row. Never waits.</summary>
    public void Publish(StreamFacts facts) =>
        Gather(facts.Project, deltas => deltas.Add(facts, time.GetUtcNow()));

    /// <summary>Notes that the numbers of some seconds may be wrong, so that they are asked for again.</summary>
    /// <param name="project">The project.</param>
    /// <param name="doubtful">The seconds; repetitions are harmless.</param>
    /// <param name="erasedAt">Where their stream was deleted, perhaps without anybody having said so; null: nowhere.</param>
    public void Doubt(ProjectId project, IEnumerable<long> doubtful, long? erasedAt = null)
    {
        var seconds = doubtful.Distinct().ToList();
        Gather(project, deltas =>
        {
            seconds.ForEach(s => deltas.Doubt(s, time.GetUtcNow()));
            if (erasedAt is { } position)
            {
                deltas.NoteErasure(position, time.GetUtcNow());
            }
        });
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

    private void Gather(ProjectId project, Action<ProjectDeltas> add)
    {
        lock (_lock)
        {
            if (!_projects.TryGetValue(project, out var gathering))
            {
                gathering = new Gathering();
                _projects.Add(project, gathering);
            }

            add(gathering.Deltas);
        }

        Signal();
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

    // Each project is sent on its own: one whose actor does not answer holds up no other.
    private void Flush()
    {
        List<(ProjectId Project, Gathering Gathering)> ready;
        lock (_lock)
        {
            ready = [];
            foreach (var (project, gathering) in _projects)
            {
                if (gathering.TryTake(_silo, time.GetUtcNow()))
                {
                    ready.Add((project, gathering));
                }
            }
        }

        foreach (var (project, gathering) in ready)
        {
            _ = SendAsync(project, gathering);
        }
    }

    private async Task SendAsync(ProjectId project, Gathering gathering)
    {
        try
        {
            await grains.GetGrain<IMetricsGrain>(project.Value).ApplyAsync(gathering.Unsent!);
            Finish(gathering, isTaken: true);
        }
        catch (Exception e)
        {
            LogSendFailed(e, project);
            Finish(gathering, isTaken: false);
        }
    }

    private void Finish(Gathering gathering, bool isTaken)
    {
        bool hasMore;
        lock (_lock)
        {
            hasMore = gathering.Finish(isTaken);
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

    [LoggerMessage(1100, LogLevel.Warning, "The live numbers of project {Project} could not be sent; they are sent again.")]
    private partial void LogSendFailed(Exception e, ProjectId project);

    private sealed class Gathering
    {
        private long _sequence;
        private bool _isSending;

        public ProjectDeltas Deltas { get; } = new();

        /// <summary>What was taken and not acknowledged yet.</summary>
        public SiloPartial? Unsent { get; private set; }

        public bool TryTake(Guid silo, DateTimeOffset now)
        {
            if (_isSending)
            {
                return false;
            }

            if (Unsent is null && !Deltas.IsEmpty)
            {
                Unsent = Deltas.Take(silo, ++_sequence, now);
            }

            return _isSending = Unsent is not null;
        }

        /// <summary>Ends a sending.</summary>
        /// <returns>Whether there is more to send.</returns>
        public bool Finish(bool isTaken)
        {
            _isSending = false;
            if (isTaken)
            {
                Unsent = null;
            }

            return Unsent is not null || !Deltas.IsEmpty;
        }
    }
}
