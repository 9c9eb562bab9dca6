using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>Counts the bytes of requests under way, so that a flood waits at the sender and not in our memory.</summary>
internal sealed class InFlightBudget(IOptions<IngestionOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ProjectId, long> _byProject = [];
    private long _all;

    /// <summary>The most bytes of one project.</summary>
    public long Limit => options.Value.MaxBytesUnderWayPerProject;

    /// <summary>The bytes that are taken now, of all projects.</summary>
    public long UnderWay
    {
        get
        {
            lock (_lock)
            {
                return _all;
            }
        }
    }

    /// <summary>Takes bytes for a request; null when there is no room. One request always fits an idle server.</summary>
    public Lease? TryTake(ProjectId project, int bytes)
    {
        lock (_lock)
        {
            var held = _byProject.GetValueOrDefault(project);
            if ((held > 0 && held + bytes > Limit) || (_all > 0 && _all + bytes > options.Value.MaxBytesUnderWay))
            {
                return null;
            }

            _byProject[project] = held + bytes;
            _all += bytes;
            return new Lease(this, project, bytes);
        }
    }

    private void Change(ProjectId project, long bytes)
    {
        lock (_lock)
        {
            _all += bytes;
            if ((_byProject[project] += bytes) == 0)
            {
                _byProject.Remove(project);
            }
        }
    }

    /// <summary>The bytes of one request. Given back on disposal.</summary>
    internal sealed class Lease(InFlightBudget budget, ProjectId project, int bytes) : IDisposable
    {
        private int _bytes = bytes;

        /// <summary>Corrects the count once the real size is known.</summary>
        public void Resize(int bytes)
        {
            bytes = Math.Max(1, bytes);
            budget.Change(project, bytes - _bytes);
            _bytes = bytes;
        }

        public void Dispose()
        {
            if (_bytes > 0)
            {
                budget.Change(project, -_bytes);
                _bytes = 0;
            }
        }
    }
}
