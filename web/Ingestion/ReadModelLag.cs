using System.Collections.Concurrent;
using Actors.Queries;
using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>
/// Slows a project down whose read model is further behind the log than it may be. At twice the bound half of its requests are
/// let in, at four times a quarter: so a flood finds the rate at which the read model keeps up, and nothing ever stops. It asks
/// beside the requests, decides by the last answer and never waits. A read model that builds itself anew, or that fails, is no
/// reason: waiting senders would not help it. Safe for concurrent use.
/// </summary>
internal sealed class ReadModelLag(IGrainFactory grains, IOptions<IngestionOptions> options, TimeProvider time)
{
    private const int MaxProjects = 10_000;

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    // What was seen before a project fell silent says nothing any more.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ProjectId, Look> _looks = new();

    /// <summary>Whether the next request of the project may come in.</summary>
    public bool Admits(ProjectId project)
    {
        var bound = options.Value.MaxReadModelLag;
        if (bound == TimeSpan.Zero)
        {
            return true;
        }

        if (_looks.Count >= MaxProjects)
        {
            _looks.Clear();
        }

        var look = _looks.GetOrAdd(project, static _ => new Look());
        lock (look)
        {
            if (!look.IsAsking && (look.AskedAt is not { } at || time.GetElapsedTime(at) >= AskEvery))
            {
                look.IsAsking = true;
                look.AskedAt = time.GetTimestamp();
                look.Asking = AskAsync(project, look);
            }

            return look.Admits(bound, time);
        }
    }

    /// <summary>Completes when the project's last question is answered.</summary>
    internal Task SettleAsync(ProjectId project) => _looks.TryGetValue(project, out var look) ? look.Asking : Task.CompletedTask;

    private async Task AskAsync(ProjectId project, Look look)
    {
        var lag = TimeSpan.Zero;
        try
        {
            var status = await grains.GetGrain<IAnalyticsGrain>(project.Value).GetStatusAsync();
            lag = status.State == AnalyticsState.Following ? status.Lag : TimeSpan.Zero;
        }
        catch (Exception)
        {
            // Who does not answer says nothing about the lag. The next question may tell.
        }
        finally
        {
            lock (look)
            {
                look.IsAsking = false;
                look.SeenAt = time.GetTimestamp();
                look.Lag = lag;
            }
        }
    }

    /// <summary>What is known of one project. Its fields belong to its own lock.</summary>
    private sealed class Look
    {
        private double _credit;

        public bool IsAsking { get; set; }

        public long? AskedAt { get; set; }

        public Task Asking { get; set; } = Task.CompletedTask;

        public long? SeenAt { get; set; }

        public TimeSpan Lag { get; set; }

        public bool Admits(TimeSpan bound, TimeProvider time)
        {
            if (Lag <= bound || SeenAt is not { } at || time.GetElapsedTime(at) >= Stale)
            {
                _credit = 0;
                return true;
            }

            // The share adds up to whole requests, so that exactly as many are let in, evenly.
            _credit += bound / Lag;
            if (_credit < 1)
            {
                return false;
            }

            _credit -= 1;
            return true;
        }
    }
}
